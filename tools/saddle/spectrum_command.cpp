// saddle spectrum FILE: eigenvalues of matrices, and the dynamics on games that they are the Jacobians of.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "block_kernels.hpp"
#include "command_files.hpp"
#include "commands.hpp"
#include "input_text.hpp"
#include "json.hpp"
#include "nearest.hpp"
#include "number.hpp"
#include "shipped.hpp"
#include "spectrum.hpp"
#include "spectrum_plot.hpp"

namespace tool {
namespace {

/// What is known of one matrix of the file.
struct analysed {
  matrix m; ///< of a payoff: the Jacobian
  spectrum s;
  std::vector<rule_advice> advice;
};

players_sizes sizes_of(const spectrum_options& o, const std::string& name, const matrix& m) {
  if (o.payoff) {
    if (std::max(m.rows, m.columns) > largest_player)
      throw file_error{
          name, m.where,
          fmt::format("a payoff of {} x {}: players have at most {} coordinates", m.rows, m.columns, largest_player)};
    return {m.rows, m.columns};
  }
  const players_sizes s{o.game[0], o.game[1]};
  if (s.p + s.q != m.rows)
    throw file_error{name, m.where,
                     fmt::format("a matrix of {0} x {0} is no Jacobian of a game of {1} + {2} "
                                 "coordinates",
                                 m.rows, s.p, s.q)};
  return s;
}

std::vector<analysed> analyse_all(const spectrum_options& o, std::vector<matrix> all) {
  const std::string name = display_name(o.file);
  std::vector<analysed> r;
  for (matrix& m : all) {
    analysed one;
    const bool is_game = o.payoff || !o.game.empty();
    const players_sizes sizes = is_game ? sizes_of(o, name, m) : players_sizes{};
    try {
      if (o.single) require_representable<float>(m);
      one.m = o.payoff ? jacobian_of_payoff(m) : std::move(m);
      one.s = o.single ? spectrum_of<float>(one.m) : spectrum_of<double>(one.m);
    } catch (file_error& e) {
      e.file = name;
      throw;
    }
    if (is_game) one.advice = advise(one.m, sizes);
    r.push_back(std::move(one));
  }
  return r;
}

// As many digits as the number needs to be read back exactly.
std::string exact(double x, bool single) {
  if (std::isinf(x)) return x > 0 ? "inf" : "-inf";
  return single ? fmt::format("{}", static_cast<float>(x)) : fmt::format("{}", x);
}

std::string interval_text(const rule_advice& a) {
  if (a.to == 0) return "none";
  return fmt::format("{:.6g} to {:.6g}", a.from, a.to);
}

std::string advice_table(const std::vector<rule_advice>& advice) {
  constexpr std::string_view row = "#   {:<17} {:<24} {:>11} {:>11} {:>10} {:>10}\n";
  std::string r = fmt::format(fmt::runtime(row), "dynamics", "stable eta", "best eta", "gamma", "rate", "per field");
  for (const auto& a : advice)
    r += fmt::format(fmt::runtime(row), a.rule, interval_text(a), a.eta > 0 ? fmt::format("{:.6g}", a.eta) : "none",
                     a.has_gamma && a.eta > 0 ? fmt::format("{:.6g}", a.gamma) : "",
                     a.eta > 0 ? fmt::format("{:.6f}", a.rate) : "", a.eta > 0 ? fmt::format("{:.4g}", a.decay) : "");
  const auto& best = advice.front();
  r += best.eta > 0 ? fmt::format("#   recommended: {} with eta {:.6g}{}\n", best.rule, best.eta,
                                  best.has_gamma ? fmt::format(", gamma {:.6g}", best.gamma) : "")
                    : std::string("#   recommended: none, no step size of any rule converges\n");
  return r;
}

std::string as_text(const std::vector<analysed>& all, bool single) {
  std::string r;
  for (std::size_t k = 0; k < all.size(); ++k) {
    const spectrum& s = all[k].s;
    r += fmt::format("{0}# matrix {1}: {2} x {2}, radius {3}, abscissa {4}, largest |Im/Re| {5}, status {6}\n",
                     k == 0 ? "" : "\n", k + 1, all[k].m.rows, exact(s.radius, single), exact(s.abscissa, single),
                     exact(s.turning, single), s.status);
    for (const auto& x : s.values) r += fmt::format("{} {}\n", exact(x.real(), single), exact(x.imag(), single));
    if (!all[k].advice.empty()) r += advice_table(all[k].advice);
  }
  return r;
}

std::string as_json(const std::vector<analysed>& all) {
  json r = json::array();
  for (const auto& one : all) {
    json values = json::array();
    for (const auto& x : one.s.values) values.push_back(json::array_of(std::array{x.real(), x.imag()}));
    json m = json::object({{"size", one.m.rows},
                           {"eigenvalues", values},
                           {"radius", one.s.radius},
                           {"abscissa", one.s.abscissa},
                           {"largest_im_over_re", one.s.turning},
                           {"status", one.s.status}});
    json rules = json::array();
    for (const auto& a : one.advice)
      rules.push_back(json::object({{"name", a.rule},
                                    {"stable_from", a.from},
                                    {"stable_to", a.to},
                                    {"converges", a.eta > 0},
                                    {"best_eta", a.eta},
                                    {"best_gamma", a.has_gamma ? json(a.gamma) : json()},
                                    {"rate", a.rate},
                                    {"decay_per_field", a.decay}}));
    if (!one.advice.empty()) {
      m.add("dynamics", rules);
      m.add("recommended", one.advice.front().eta > 0 ? json(one.advice.front().rule) : json());
    }
    r.push_back(m);
  }
  return r.text(true) + "\n";
}

void check(const spectrum_options& o) {
  if (o.payoff && !o.game.empty()) throw usage_error{"--game and --payoff exclude each other"};
  if (!o.game.empty())
    for (const std::size_t size : o.game)
      if (size < 1 || size > largest_player)
        throw usage_error{fmt::format("--game: players have 1 to {} coordinates", largest_player)};
  if (o.dynamics.empty() && (o.eta != 0 || o.gamma >= 0)) throw usage_error{"--eta and --gamma need --dynamics"};
  if (o.dynamics.empty()) return;
  const auto& known = dynamics_names();
  if (std::find(known.begin(), known.end(), o.dynamics) == known.end())
    throw usage_error{fmt::format("unknown dynamics {}{}", quoted_text(o.dynamics), did_you_mean(o.dynamics, known))};
  if (o.plot.empty()) throw usage_error{"--dynamics draws a stable region: it needs --plot"};
  if (!(o.eta > 0)) throw usage_error{"--dynamics needs --eta, a positive step size"};
  if (o.gamma >= 0 && !has_gamma(o.dynamics)) throw usage_error{fmt::format("{} has no gamma", o.dynamics)};
}

} // namespace

int spectra(const spectrum_options& o) {
  require_own_isa("spectra");
  check(o);
  command_files files;
  files.reads("FILE", o.file);
  std::optional<picture> drawn;
  if (!o.plot.empty()) files.writes("--plot", drawn.emplace(o.plot));
  files.require_writable();
  std::vector<matrix> matrices = read_matrices(o.file);
  if (!o.payoff) require_square(matrices, display_name(o.file));
  const std::vector<analysed> all = analyse_all(o, std::move(matrices));
  if (drawn) {
    std::vector<std::vector<std::complex<double>>> values;
    values.reserve(all.size());
    for (const auto& one : all) values.push_back(one.s.values);
    try {
      plot_spectra(*drawn, values, {o.dynamics, o.eta, o.gamma >= 0 ? o.gamma : o.eta});
    } catch (const std::invalid_argument& e) { throw usage_error{e.what()}; }
  }
  fmt::print("{}", o.json ? as_json(all) : as_text(all, o.single));
  const bool complete = std::all_of(all.begin(), all.end(), [](const auto& one) { return one.s.complete; });
  return complete ? good : check_failed;
}

} // namespace tool
