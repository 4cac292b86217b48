// saddle run: one rule on one game.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "game_choice.hpp"
#include "output_file.hpp"
#include "run_plot.hpp"
#include "runs.hpp"

namespace tool {
namespace {

struct options {
  std::vector<std::string> game;
  std::string rule, trajectory, plot;
  rule_options steps;
  std::vector<double> start;
  std::int64_t count = 0, stride = 1;
  double tolerance = -1;
  bool json = false;
};

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
  const std::size_t larger = std::max(d.p, d.q), size = larger <= 2 ? larger : larger <= 4 ? 4 : 8;
  std::vector<double> r(2 * size);
  std::copy_n(start.begin(), d.p, r.begin());
  std::copy_n(start.begin() + static_cast<std::ptrdiff_t>(d.p), d.q, r.begin() + static_cast<std::ptrdiff_t>(size));
  start = r;
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

nlohmann::json number_or_null(double x) { return std::isfinite(x) ? nlohmann::json(x) : nlohmann::json(); }

int run(const options& o) {
  require_dynamics(o.rule);
  rule_options written = o.steps;
  const chosen_game game = choose_game(o.game, written);
  for (const values_of& v : game.given)
    if (v.values.size() != 1)
      throw usage_error{
          fmt::format("{}: a run takes one value for each parameter; 'saddle sweep' takes ranges", v.name)};
  if (o.count < 0 || o.stride < 1) throw usage_error{"--steps and --stride are positive whole numbers"};
  if (o.count == 0 && o.tolerance < 0) throw usage_error{"a run ends somewhere: give --steps N, --tol T or both"};
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
  if (game.described) cut(r, *game.described);
  const forecast f = predict(o.rule, linearised(built), steps);
  const std::vector<std::string> names = coordinate_names(game, r.sizes);
  const std::string table = trajectory_csv(r, names);

  if (!o.plot.empty()) plot_run(o.plot, fmt::format("{} on {}", o.rule, game.label()), r, names, f.rate);
  if (!o.trajectory.empty() && o.trajectory != "-") {
    output_file out(o.trajectory);
    out.write(table);
    out.commit();
  }
  const auto& last = r.rows.back().coordinates;
  if (o.trajectory == "-") {
    fmt::print("{}", table);
  } else if (o.json) {
    nlohmann::json j{{"game", game.label()},
                     {"dynamics", o.rule},
                     {"status", r.status},
                     {"steps", r.steps},
                     {"residual", number_or_null(r.residual)},
                     {"measured_rate", number_or_null(r.seen.rate)},
                     {"measured_regime", to_string(r.seen.regime)},
                     {"predicted_rate", number_or_null(f.rate)},
                     {"predicted_regime", to_string(f.regime)}};
    for (const double x : last) j["end"].push_back(number_or_null(x));
    fmt::print("{}\n", j.dump(2));
  } else {
    fmt::print("game        {}\ndynamics    {}, eta {}{}\n", game.label(), o.rule, pair_text(steps.eta, r.sizes.size()),
               has_gamma(o.rule) ? ", gamma " + pair_text(steps.gamma, r.sizes.size()) : "");
    fmt::print("status      {} after {} steps, |F| = {:.3g}\n", r.status, r.steps, r.residual);
    fmt::print("measured    {:.8f} a step, {}\n", r.seen.rate, to_string(r.seen.regime));
    fmt::print("predicted   {:.8f} a step, {} (near the equilibrium)\nend        ", f.rate, to_string(f.regime));
    for (std::size_t k = 0; k < last.size(); ++k) fmt::print(" {} = {:.6g}", names[k], last[k]);
    fmt::print("\n");
  }
  return o.tolerance >= 0 && !r.converged ? check_failed : good;
}

} // namespace

void add_run(CLI::App& app, int& exit_status) {
  auto o = std::make_shared<options>();
  CLI::App* command = app.add_subcommand("run", "Run one of the dynamics on a game and watch it");
  add_game_option(*command, o->game);
  command->add_option("--dynamics", o->rule, "the rule, from 'saddle list dynamics'")->required();
  add_step_options(*command, o->steps);
  command->add_option("--steps", o->count, "steps to take, at the most");
  command->add_option("--tol", o->tolerance, "|F| at which the run has arrived; exit status 1 if it does not")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--start", o->start, "coordinates to begin at, theta first")->delimiter(',');
  command->add_option("--trajectory", o->trajectory, "write the iterates as CSV to this file, or - for here");
  command->add_option("--stride", o->stride, "write every n-th iterate");
  command->add_option("--plot", o->plot, "draw the run: a file that ends in .png or .svg");
  command->add_flag("--json", o->json, "print JSON");
  command->footer("Examples:\n  saddle run --game bilinear sigma=2 --dynamics optimistic --eta 0.1 --tol 1e-8\n"
                  "  saddle run --game dirac_gan r1=0.5 --dynamics alternating --eta 0.1 --steps 500 --plot run.png\n"
                  "  saddle run --game examples/games.txt:well-conditioned --dynamics predictive --eta 0.2 --gamma 0.2 "
                  "--steps 100");
  command->callback([o, &exit_status] { exit_status = guarded("run", [&] { return run(*o); }); });
}

} // namespace tool
