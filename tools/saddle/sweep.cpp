#include "sweep.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "shipped.hpp"
#include "threads.hpp"

namespace tool {
namespace {

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

// The step sizes of all players: `quantity(k)` is what quantity k is in numbers of type X.
template <class X, class F> rule_steps<X> steps_from(const sweep_plan& p, F quantity) {
  const auto players = [&](const std::string& name) -> std::array<X, most_players> {
    const auto find_step = [&](const std::string& wanted) -> std::optional<X> {
      for (std::size_t k = 0; k < p.quantities.size(); ++k)
        if (p.quantities[k].name == wanted) return quantity(k);
      return {};
    };
    const std::optional<X> common = find_step(name), theta = find_step(name + "_theta"),
                           omega = find_step(name + "_omega"), first = theta ? theta : common;
    if (!first) return {};
    return {*first, omega ? *omega : *common, common ? *common : *first};
  };
  return {players("eta"), players("gamma")};
}

// The parameters of the game: those of the plan, and the defaults as `constant` makes them.
template <class X, class F, class Constant>
settings<X> settings_from(const sweep_plan& p, F quantity, Constant constant) {
  settings<X> s{p.game.what, {}, p.game.loss, p.game.described.get()};
  if (s.what == nullptr) return s;
  for (const parameter& known : s.what->parameters) {
    s.values.push_back(constant(known.value));
    for (std::size_t k = 0; k < p.quantities.size(); ++k)
      if (p.quantities[k].name == known.name) s.values.back() = quantity(k);
  }
  return s;
}

// What quantity k is along a row.
auto quantities_of_row(const sweep_plan& p, std::size_t row) {
  return [&p, fixed = values_at(p, 0, row)](std::size_t k) {
    return k == p.x ? along_row{p.quantities[k].values.data(), 0} : along_row{nullptr, fixed[k]};
  };
}

settings<along_row> games_of_row(const sweep_plan& p, std::size_t row) {
  return settings_from<along_row>(p, quantities_of_row(p, row), [](double x) { return along_row{nullptr, x}; });
}

// Null where there are no kernels for its games.
std::unique_ptr<row_player> player_for(const sweep_plan& p) {
  const auto native = native_form(games_of_row(p, 0));
  return native ? choose_player(p.rule, *native, p.steps, p.how) : nullptr;
}

// An instruction set that was asked for is used or refused, never passed over.
void require_isa_for(const sweep_plan& p) {
  if (p.method == sweep_method::prediction) return require_own_isa("predictions");
  if (player_for(p) == nullptr) require_own_isa(fmt::format("{} on {}", p.rule, p.game.label()));
}

// The cells of a row behind virtual calls, a vector of them at a time.
void simulate_cells(const sweep_plan& p, const settings<along_row>& game, const rule_steps<along_row>& steps,
                    const outcomes& out) {
  constexpr std::size_t width = saddle::width<wide>;
  for (std::size_t first = 0; first < out.size(); first += width) {
    const auto lanes = [&](const along_row& x) { return lanes_of<wide>(x, first, out.size()); };
    settings<wide> games{game.what, {}, game.loss, game.described};
    for (const along_row& x : game.values) games.values.push_back(lanes(x));
    rule_steps<wide> own;
    for (std::size_t k = 0; k < most_players; ++k) {
      own.eta[k] = lanes(steps.eta[k]);
      own.gamma[k] = lanes(steps.gamma[k]);
    }
    simulate(p.rule, build(games), own, p.steps, p.how, out.part(first, width));
  }
}

} // namespace

sweep_plan plan_sweep(const chosen_game& game, const std::string& rule, const rule_options& steps, sweep_method method,
                      std::uint64_t count, look how) {
  sweep_plan p;
  p.game = game;
  p.rule = rule;
  p.method = method;
  p.steps = count;
  p.how = how;
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
  require_isa_for(p);
  return p;
}

std::string identity(const sweep_plan& p) {
  std::string r =
      fmt::format("{} on {}, method {}, {} steps", p.rule, p.game.label(), static_cast<int>(p.method), p.steps);
  if (p.how == look::at_end) r += ", seen at the end";
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
  return steps_from<double>(p, [&](std::size_t k) { return values[k]; });
}

forecast forecast_at(const sweep_plan& p, const std::vector<double>& values) {
  const auto game = settings_from<double>(
      p, [&](std::size_t k) { return values[k]; }, [](double x) { return x; });
  return predict(p.rule, linearised(build(game)), steps_at(p, values));
}

row_maker::row_maker(const sweep_plan& p) : plan_(p), cells_(p) {
  if (p.method != sweep_method::prediction && p.kernels) player_ = player_for(p);
}

const sweep_row& row_maker::make(std::size_t row) {
  if (plan_.method != sweep_method::simulation)
    for (std::size_t k = 0; k < cells_.size(); ++k)
      cells_.set_predicted(k, forecast_at(plan_, values_at(plan_, k, row)));
  if (plan_.method != sweep_method::prediction) {
    const auto game = games_of_row(plan_, row);
    const auto steps = steps_from<along_row>(plan_, quantities_of_row(plan_, row));
    if (player_ != nullptr) player_->play(*native_form(game), steps, cells_.place_of_simulated());
    else simulate_cells(plan_, game, steps, cells_.place_of_simulated());
  }
  return cells_;
}

std::vector<sweep_row> compute_sweep(const sweep_plan& p, std::vector<sweep_row> known, unsigned threads,
                                     const std::function<void(std::size_t, const sweep_row&)>& finished,
                                     std::size_t part, std::size_t parts) {
  known.resize(p.rows());
  std::mutex one_at_a_time;
  on_threads(threads, known.size(), [&] {
    return [&, maker = row_maker(p)](std::size_t row) mutable {
      if (row % parts != part || !known[row].empty()) return;
      known[row] = maker.make(row);
      const std::lock_guard lock(one_at_a_time);
      finished(row, known[row]);
    };
  });
  return known;
}

std::size_t disagreements(const std::vector<sweep_row>& rows) {
  std::size_t n = 0;
  for (const sweep_row& row : rows)
    for (std::size_t k = 0; k < row.size(); ++k) n += row[k].predicted.regime != row[k].simulated.regime ? 1 : 0;
  return n;
}

} // namespace tool
