#include "measurement.hpp"

#include <cmath>
#include <span>

#include <fmt/format.h>
#include <saddle/registry.hpp>

#include "native.hpp"
#include "shipped.hpp"

namespace tool {
namespace {

template <class T> void require_finite(std::span<const double> numbers) {
  for (const double x : numbers)
    if (!std::isfinite(static_cast<T>(x))) throw not_comparable{"a number is too large for float"};
}

template <class T> void require_representable(const char* what, std::span<const double> numbers) {
  require_finite<T>(numbers);
  for (const double x : numbers)
    if (static_cast<T>(x) == 0 && x != 0) throw not_comparable{fmt::format("{}: {} is too small for float", what, x)};
}

/// Slopes of a cycle are not exactly zero: a fit that ends in the middle of a turn is off by about 2·period/steps².
constexpr double cycle_band = 1e-6;

std::string verdict_of(saddle::status how, const std::optional<double>& rate) {
  using enum saddle::status;
  switch (how) {
  case converged: return "converges";
  case diverged:
  case non_finite: return "diverges";
  case unsolved: return "unsolved";
  default: break;
  }
  if (!rate) return "undecided";
  if (std::abs(*rate - 1) <= cycle_band) return "cycles";
  return *rate < 1 ? "converges" : "diverges";
}

/// Of all rules, in coordinates of the shape that the game is embedded in.
arrival_request towards_target(const game_description& d, const analysis& facts, double tolerance) {
  arrival_request r{embedded(d.start, d), embedded(facts.target, d), {}, tolerance * facts.distance, step_cap};
  if (facts.null_directions == 0) return r;
  const std::size_t own = d.p + d.q, size = r.start.size();
  r.moving.resize(size * size);
  const auto place = [&](std::size_t i) { return i < d.p ? i : size / 2 + i - d.p; };
  for (std::size_t i = 0; i < own; ++i)
    for (std::size_t k = 0; k < own; ++k) r.moving[place(i) * size + place(k)] = facts.moving[i * own + k];
  return r;
}

template <class T> rule_steps<T> in_type(const step_choice& s) {
  const auto pair = [](const std::array<double, 2>& x) {
    return std::array<T, most_players>{static_cast<T>(x[0]), static_cast<T>(x[1])};
  };
  return {pair(s.eta), pair(s.gamma)};
}

linear_game linear_part(const game_description& d) {
  settings<double> s;
  s.described = &d;
  return std::visit([](const auto& g) { return g->linearised(); }, build(s));
}

} // namespace

template <class T>
std::vector<measurement> measure(const game_description& game, const analysis& facts, const measurement_options& o) {
  require_representable<T>("A", game.A);
  require_representable<T>("B", game.B);
  require_representable<T>("C", game.C);
  require_representable<T>("a", game.a);
  require_representable<T>("b", game.b);
  require_representable<T>("start", game.start);
  require_finite<T>(facts.target);
  game_description homogeneous = game;
  homogeneous.a.assign(game.p, 0);
  homogeneous.b.assign(game.q, 0);
  const any_shape<T> played = build<T>(game), centred = build<T>(homogeneous);
  const linear_game linear = linear_part(game);
  const arrival_request request = towards_target(game, facts, o.tolerance);
  const native_game native = native_form(game);

  std::vector<measurement> rows;
  for (const std::string_view rule : dynamics_names()) {
    measurement row;
    row.rule = rule;
    row.has_gamma = has_gamma(rule);
    row.steps = choose_steps(rule, game, facts, o.tolerance, o.which);
    require_representable<T>("eta", row.steps.eta);
    if (row.has_gamma) require_representable<T>("gamma", row.steps.gamma);
    // In double whatever is measured: what the steps as chosen promise.
    row.predicted = predict(rule, linear, in_type<double>(row.steps)).rate;
    const arrival end = arrive<T>(rule, played, centred, in_type<T>(row.steps), request);
    row.measured = end.rate;
    if (end.status == saddle::status::converged) row.iterations = end.steps;
    row.verdict = verdict_of(end.status, row.measured);
    if (o.timing)
      if (const auto times = native_times<T>(rule, native, 0x1p-16 / facts.lipschitz)) {
        row.verified = times->verified;
        if (row.verified) row.alone = times->alone, row.batch = times->batch;
      }
    rows.push_back(row);
  }
  return rows;
}

template std::vector<measurement> measure<float>(const game_description&, const analysis&, const measurement_options&);
template std::vector<measurement> measure<double>(const game_description&, const analysis&, const measurement_options&);

} // namespace tool
