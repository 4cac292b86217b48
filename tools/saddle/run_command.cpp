// saddle run: one rule on one game.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "block_kernels.hpp"
#include "command_files.hpp"
#include "commands.hpp"
#include "game_choice.hpp"
#include "json.hpp"
#include "run_plot.hpp"
#include "runs.hpp"
#include "shipped.hpp"

namespace tool {
namespace {

std::string pair_text(const std::array<double, most_players>& v, std::size_t players) {
  bool same = true;
  for (std::size_t k = 1; k < players; ++k) same = same && v[k] == v[0];
  std::string r = fmt::format("{:.6g}", v[0]);
  for (std::size_t k = 1; k < players && !same; ++k) r += fmt::format(", {:.6g}", v[k]);
  return r;
}

// Games of a file are embedded in a larger shape: its first coordinates of each player are those of the game.
void embed(std::vector<double>& start, const game_description& d) {
  if (start.size() != d.p + d.q)
    throw usage_error{fmt::format("the start has {} coordinates, the game {}", start.size(), d.p + d.q)};
  start = embedded(start, d);
}

void cut(run_result& r, const game_description& d) {
  for (run_row& row : r.rows) {
    std::vector<double> own(row.coordinates.begin(), row.coordinates.begin() + static_cast<std::ptrdiff_t>(d.p));
    const auto omega = row.coordinates.begin() + static_cast<std::ptrdiff_t>(r.sizes[0]);
    own.insert(own.end(), omega, omega + static_cast<std::ptrdiff_t>(d.q));
    row.coordinates = own;
  }
  r.sizes = {d.p, d.q};
}

// What the run showed, from as many steps as it took: a vector of the same run.
outcome watched(const run_options& o, const settings<double>& s, const rule_steps<double>& steps,
                const std::vector<double>& start, std::uint64_t count) {
  settings<wide> same{s.what, {}, s.loss, s.described};
  for (const double x : s.values) same.values.push_back(saddle::broadcast<wide>(x));
  rule_steps<wide> same_steps;
  for (std::size_t k = 0; k < most_players; ++k) {
    same_steps.eta[k] = saddle::broadcast<wide>(steps.eta[k]);
    same_steps.gamma[k] = saddle::broadcast<wide>(steps.gamma[k]);
  }
  outcome r;
  simulate(o.rule, build(same), same_steps, std::max<std::uint64_t>(count, 1), look::closely,
           {{&r.regime, 1}, {&r.rate, 1}}, start);
  return r;
}

} // namespace

int run(const run_options& o) {
  require_own_isa("single runs");
  require_dynamics(o.rule);
  rule_options written = o.steps;
  const chosen_game game = choose_game(o.game, written);
  for (const values_of& v : game.given)
    if (v.values.size() != 1)
      throw usage_error{
          fmt::format("{}: a run takes one value for each parameter; 'saddle sweep' takes ranges", v.name)};
  if (o.count == 0 && o.tolerance < 0) throw usage_error{"a run ends somewhere: give --steps N, --tol T or both"};
  command_files files;
  if (!game.file.empty()) files.reads("--game", game.file);
  files.writes("--trajectory", o.trajectory);
  std::optional<picture> drawn;
  if (!o.plot.empty()) files.writes("--plot", drawn.emplace(o.plot), o.trajectory);
  // A picture's data are the table of the iterates: under one name it is written once.
  const bool written_as_data = drawn && std::exchange(drawn->data_in_script, false);
  files.require_writable();
  const settings<double> s = game.fixed();
  const rule_steps<double> steps = steps_of(o.rule, written);

  run_request request{o.start, o.count > 0 ? static_cast<std::uint64_t>(o.count) : 1'000'000,
                      std::max(o.tolerance, 0.0), static_cast<std::uint64_t>(o.stride)};
  if (game.described && !request.start.empty()) embed(request.start, *game.described);
  const auto built = build(s);
  run_result r;
  try {
    r = run_rule(o.rule, built, steps, request);
  } catch (const std::invalid_argument& e) { throw usage_error{e.what()}; }
  const outcome seen = watched(o, s, steps, request.start, r.steps);
  if (game.described) cut(r, *game.described);
  const forecast f = predict(o.rule, linearised(built), steps);
  const std::vector<std::string> names = coordinate_names(game, r.sizes);
  const std::string table = trajectory_csv(r, names);

  if (drawn) plot_run(*drawn, fmt::format("{} on {}", o.rule, game.label()), r, names, f.rate);
  if (!o.trajectory.empty() && o.trajectory != "-" && !written_as_data) {
    output_file out(o.trajectory);
    out.write(table);
    out.commit();
  }
  const auto& last = r.rows.back().coordinates;
  if (o.trajectory == "-") {
    fmt::print("{}", table);
  } else if (o.json) {
    const json j = json::object({{"game", game.label()},
                                 {"dynamics", o.rule},
                                 {"status", r.status},
                                 {"steps", r.steps},
                                 {"residual", r.residual},
                                 {"measured_rate", seen.rate},
                                 {"measured_regime", to_string(seen.regime)},
                                 {"predicted_rate", f.rate},
                                 {"predicted_regime", to_string(f.regime)},
                                 {"end", json::array_of(last)}});
    fmt::print("{}\n", j.text(true));
  } else {
    fmt::print("game        {}\ndynamics    {}, eta {}{}\n", game.label(), o.rule, pair_text(steps.eta, r.sizes.size()),
               has_gamma(o.rule) ? ", gamma " + pair_text(steps.gamma, r.sizes.size()) : "");
    fmt::print("status      {} after {} steps, |F| = {:.3g}\n", r.status, r.steps, r.residual);
    fmt::print("measured    {:.8f} a step, {}\n", seen.rate, to_string(seen.regime));
    fmt::print("predicted   {:.8f} a step, {} (near the equilibrium)\nend        ", f.rate, to_string(f.regime));
    for (std::size_t k = 0; k < last.size(); ++k) fmt::print(" {} = {:.6g}", names[k], last[k]);
    fmt::print("\n");
  }
  return o.tolerance >= 0 && !r.converged ? check_failed : good;
}

} // namespace tool
