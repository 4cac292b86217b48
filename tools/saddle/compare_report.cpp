#include "compare_report.hpp"

#include <fmt/format.h>

#include "json.hpp"
#include "shipped.hpp"

namespace tool {
namespace {

constexpr std::string_view none = "—";

std::string_view kind_name(game_kind k) { return k == game_kind::bilinear ? "bilinear" : "quadratic"; }

std::string steps_text(const std::array<double, 2>& s) {
  return s[0] == s[1] ? fmt::format("{:.4g}", s[0]) : fmt::format("{:.3g},{:.3g}", s[0], s[1]);
}

std::string rate_text(const std::optional<double>& rate) {
  return rate ? fmt::format("{:.6f}", *rate) : std::string(none);
}

std::string count_text(const std::optional<std::uint64_t>& n) { return n ? fmt::format("{}", *n) : std::string(none); }

std::string time_text(const std::optional<double>& ns) { return ns ? fmt::format("{:.3g}", *ns) : std::string(none); }

std::string bound_text(const step_choice& s) {
  return count_text(s.iterations) + (s.iterations && s.derived ? "*" : "");
}

// 1e-8 and not 1e-08: as people write it.
std::string tolerance_text(double t) {
  std::string r = fmt::format("{:.3g}", t);
  if (const auto at = r.find("e-0"); at != r.npos) r.erase(at + 2, 1);
  return r;
}

std::string headline(const compared_game& g) {
  std::string r = fmt::format("{}: {} {}x{}", g.game.name, kind_name(g.game.kind), g.game.p, g.game.q);
  if (g.facts.largest > 0)
    r += fmt::format(", singular values of C {:.4g} to {:.4g}", g.facts.largest, g.facts.smallest);
  if (g.game.kind == game_kind::quadratic) r += fmt::format(", mu {:.4g}, L {:.4g}", g.facts.mu, g.facts.lipschitz);
  if (g.facts.null_directions > 0) r += fmt::format(", {} directions never move", g.facts.null_directions);
  return r;
}

} // namespace

std::string as_table(const comparison& c) {
  constexpr std::string_view row = "  {:<16} {:>11} {:>9} {:>10} {:>10} {:>8} {:>9}  {:<10} {:>8} {:>8}\n";
  const std::string arrival = "to " + tolerance_text(c.options.tolerance);
  std::string r;
  for (const auto& g : c.games) {
    r += headline(g) + "\n";
    r += fmt::format(fmt::runtime(row), "dynamics", "eta", "gamma", "predicted", "measured", arrival, "bound",
                     "verdict", "ns alone", "ns batch");
    for (const auto& m : g.rows)
      r += fmt::format(fmt::runtime(row), m.rule, steps_text(m.steps.eta),
                       m.has_gamma ? steps_text(m.steps.gamma) : std::string(none), rate_text(m.predicted),
                       rate_text(m.measured), count_text(m.iterations), bound_text(m.steps), m.verdict,
                       time_text(m.alone), time_text(m.batch));
    r += "\n";
  }
  r += fmt::format(
      "predicted, measured: factor of the distance to the equilibrium each step; {}: steps until that share of it is "
      "left;\nbound: steps that the paper's theorem allows for (* a sharper or wider form of it, {} none);\nns: a step "
      "of one game, by itself and in a batch of 256, for the sizes this program was built to time.\n",
      arrival, none);
  r += fmt::format("{}, {}, {} games a vector; the timed runs gave the same bits alone and in the batch.\n", isa(),
                   c.type, c.lane_width);
  return r;
}

std::string as_json(const comparison& c) {
  json games = json::array();
  for (const auto& g : c.games) {
    json rows = json::array();
    for (const auto& m : g.rows)
      rows.push_back(json::object({{"name", m.rule},
                                   {"eta", json::array_of(m.steps.eta)},
                                   {"gamma", m.has_gamma ? json::array_of(m.steps.gamma) : json()},
                                   {"predicted_rate", m.predicted},
                                   {"measured_rate", m.measured},
                                   {"iterations", m.iterations},
                                   {"bound", m.steps.iterations},
                                   {"bound_is_published", m.steps.iterations && !m.steps.derived},
                                   {"verdict", m.verdict},
                                   {"ns_per_step_alone", m.alone},
                                   {"ns_per_step_batch", m.batch}}));
    games.push_back(json::object({{"name", g.game.name},
                                  {"kind", kind_name(g.game.kind)},
                                  {"p", g.game.p},
                                  {"q", g.game.q},
                                  {"largest_singular_value", g.facts.largest},
                                  {"smallest_singular_value", g.facts.smallest},
                                  {"mu", g.facts.mu},
                                  {"lipschitz", g.facts.lipschitz},
                                  {"null_directions", g.facts.null_directions},
                                  {"target", json::array_of(g.facts.target)},
                                  {"dynamics", rows}}));
  }
  return json::object({{"file", c.file},
                       {"type", c.type},
                       {"isa", isa()},
                       {"lane_width", c.lane_width},
                       {"tolerance", c.options.tolerance},
                       {"games", games}})
             .text() +
         "\n";
}

} // namespace tool
