#include "sweep.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "commands.hpp"

namespace tool {
namespace {

using saddle::insert; // into scalars; vectors bring their own

void add_step(std::vector<values_of>& to, const char* name, const std::string& text) {
  if (text.empty()) return;
  to.push_back(parse_values(name, text));
  for (const double x : to.back().values)
    if (!(x > 0)) throw usage_error{fmt::format("{} must be positive, not {:g}", name, x)};
}

const values_of* find(const sweep_plan& p, std::string_view name) {
  for (const values_of& v : p.quantities)
    if (v.name == name) return &v;
  return nullptr;
}

settings<double> settings_at(const sweep_plan& p, const std::vector<double>& values) {
  settings<double> s = p.game.fixed();
  if (s.what == nullptr) return s;
  for (std::size_t k = 0; k < s.what->parameters.size(); ++k)
    s.values[k] = value_named(p, values, s.what->parameters[k].name);
  return s;
}

void simulate_row(const sweep_plan& p, std::size_t row, sweep_row& cells) {
  constexpr std::size_t width = saddle::width<wide>;
  for (std::size_t first = 0; first < cells.size(); first += width) {
    settings<wide> games;
    rule_steps<wide> steps{};
    for (std::size_t i = 0; i < width; ++i) {
      // Lanes that are too many repeat the last cell.
      const auto values = values_at(p, std::min(first + i, cells.size() - 1), row);
      const settings<double> game = settings_at(p, values);
      const rule_steps<double> own = steps_at(p, values);
      games.what = game.what;
      games.loss = game.loss;
      games.described = game.described;
      games.values.resize(game.values.size());
      for (std::size_t k = 0; k < game.values.size(); ++k) insert(games.values[k], i, game.values[k]);
      for (std::size_t k = 0; k < most_players; ++k) {
        insert(steps.eta[k], i, own.eta[k]);
        insert(steps.gamma[k], i, own.gamma[k]);
      }
    }
    std::array<outcome, width> seen;
    simulate(p.rule, build(games), steps, p.steps, seen);
    for (std::size_t i = 0; i < width && first + i < cells.size(); ++i) cells[first + i].simulated = seen[i];
  }
}

} // namespace

sweep_plan plan_sweep(const chosen_game& game, const std::string& rule, const rule_options& steps, sweep_method method,
                      std::uint64_t count) {
  sweep_plan p;
  p.game = game;
  p.rule = rule;
  p.method = method;
  p.steps = count;
  p.quantities = game.given;
  add_step(p.quantities, "eta", steps.eta);
  add_step(p.quantities, "eta_theta", steps.eta_theta);
  add_step(p.quantities, "eta_omega", steps.eta_omega);
  const std::size_t without_gamma = p.quantities.size();
  add_step(p.quantities, "gamma", steps.gamma);
  add_step(p.quantities, "gamma_theta", steps.gamma_theta);
  add_step(p.quantities, "gamma_omega", steps.gamma_omega);
  if (p.quantities.size() > without_gamma && !has_gamma(rule)) throw usage_error{fmt::format("{} has no gamma", rule)};
  const auto covers = [&](const std::string& name) {
    return find(p, name) != nullptr || (find(p, name + "_theta") != nullptr && find(p, name + "_omega") != nullptr);
  };
  if (!covers("eta")) throw usage_error{"--eta is missing"};
  if (has_gamma(rule) && !covers("gamma")) throw usage_error{"--gamma is missing"};

  p.x = p.y = p.panel = p.quantities.size();
  for (std::size_t k = 0; k < p.quantities.size(); ++k) {
    const values_of& v = p.quantities[k];
    if (v.range) {
      if (p.x == p.quantities.size()) p.x = k;
      else if (!p.has_y()) p.y = k;
      else throw usage_error{fmt::format("a third range, of {}: a diagram has two axes", v.name)};
    } else if (v.values.size() > 1) {
      if (p.has_panels()) throw usage_error{fmt::format("a second list, of {}: one makes the panels", v.name)};
      if (v.values.size() > 6) throw usage_error{fmt::format("{}: a diagram has at most six panels", v.name)};
      p.panel = k;
    }
  }
  if (p.x == p.quantities.size()) throw usage_error{"nothing varies: give a range, such as --eta 0.01:1:100:log"};
  return p;
}

std::string identity(const sweep_plan& p) {
  std::string r =
      fmt::format("{} on {}, method {}, {} steps", p.rule, p.game.label(), static_cast<int>(p.method), p.steps);
  for (const values_of& v : p.quantities) r += fmt::format(" {}={}", v.name, v.text);
  if (p.game.described) {
    const game_description& d = *p.game.described;
    r += fmt::format(" {}x{}:", d.p, d.q);
    for (const auto* numbers : {&d.A, &d.B, &d.C, &d.a, &d.b, &d.start})
      for (const double x : *numbers) r += fmt::format(" {}", x);
  }
  return r;
}

std::vector<double> values_at(const sweep_plan& p, std::size_t column, std::size_t row) {
  std::vector<double> r;
  for (std::size_t k = 0; k < p.quantities.size(); ++k) {
    const auto& values = p.quantities[k].values;
    r.push_back(k == p.x       ? values[column]
                : k == p.y     ? values[row % p.rows_a_panel()]
                : k == p.panel ? values[row / p.rows_a_panel()]
                               : values[0]);
  }
  return r;
}

double value_named(const sweep_plan& p, const std::vector<double>& values, std::string_view name) {
  for (std::size_t k = 0; k < p.quantities.size(); ++k)
    if (p.quantities[k].name == name) return values[k];
  for (const parameter& known : p.game.what->parameters)
    if (known.name == name) return known.value;
  throw usage_error{fmt::format("there is no quantity '{}'", name)};
}

rule_steps<double> steps_at(const sweep_plan& p, const std::vector<double>& values) {
  const auto pair = [&](const std::string& name) {
    double common = 0, theta = 0, omega = 0;
    for (std::size_t k = 0; k < p.quantities.size(); ++k) {
      if (p.quantities[k].name == name) common = values[k];
      if (p.quantities[k].name == name + "_theta") theta = values[k];
      if (p.quantities[k].name == name + "_omega") omega = values[k];
    }
    const double first = theta > 0 ? theta : common;
    return std::array<double, most_players>{first, omega > 0 ? omega : common, common > 0 ? common : first};
  };
  return {pair("eta"), pair("gamma")};
}

forecast forecast_at(const sweep_plan& p, const std::vector<double>& values) {
  return predict(p.rule, linearised(build(settings_at(p, values))), steps_at(p, values));
}

sweep_row compute_row(const sweep_plan& p, std::size_t row) {
  sweep_row cells(p.columns());
  if (p.method != sweep_method::simulation)
    for (std::size_t k = 0; k < cells.size(); ++k) cells[k].predicted = forecast_at(p, values_at(p, k, row));
  if (p.method != sweep_method::prediction) simulate_row(p, row, cells);
  return cells;
}

std::vector<sweep_row> compute_sweep(const sweep_plan& p, std::vector<sweep_row> known, unsigned threads,
                                     const std::function<void(std::size_t, const sweep_row&)>& finished) {
  known.resize(p.rows());
  std::atomic<std::size_t> next{0};
  std::mutex one_at_a_time;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t row = next++; row < known.size(); row = next++) {
        if (!known[row].empty()) continue;
        known[row] = compute_row(p, row);
        const std::lock_guard lock(one_at_a_time);
        finished(row, known[row]);
      }
    } catch (...) {
      const std::lock_guard lock(one_at_a_time);
      failure = std::current_exception();
      next = known.size();
    }
  };
  std::vector<std::thread> others;
  for (unsigned k = 1; k < threads; ++k) others.emplace_back(work);
  work();
  for (std::thread& t : others) t.join();
  if (failure) std::rethrow_exception(failure);
  return known;
}

std::string sweep_csv(const sweep_plan& p, const std::vector<sweep_row>& rows) {
  std::string r = fmt::format("# saddle sweep: {}\n", identity(p));
  if (p.has_panels()) r += p.quantities[p.panel].name + ",";
  r += p.quantities[p.x].name + ",";
  if (p.has_y()) r += p.quantities[p.y].name + ",";
  r += "predicted,predicted_rate,simulated,simulated_rate\n";
  const auto result = [&](bool there, saddle::regime regime, double rate) {
    return there ? fmt::format("{},{}", to_string(regime), rate) : std::string(",");
  };
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t k = 0; k < rows[row].size(); ++k) {
      const auto values = values_at(p, k, row);
      if (p.has_panels()) r += fmt::format("{},", values[p.panel]);
      r += fmt::format("{},", values[p.x]);
      if (p.has_y()) r += fmt::format("{},", values[p.y]);
      const cell& c = rows[row][k];
      r += result(p.method != sweep_method::simulation, c.predicted.regime, c.predicted.rate) + "," +
           result(p.method != sweep_method::prediction, c.simulated.regime, c.simulated.rate) + "\n";
    }
  return r;
}

std::size_t disagreements(const std::vector<sweep_row>& rows) {
  std::size_t n = 0;
  for (const sweep_row& row : rows)
    for (const cell& c : row) n += c.predicted.regime != c.simulated.regime ? 1 : 0;
  return n;
}

} // namespace tool
