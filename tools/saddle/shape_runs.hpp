/// The templates behind runs.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include <saddle/engine/run.hpp>
#include <saddle/registry.hpp>

#include "runs.hpp"

namespace tool {
namespace running {

// Of scalars; vectors bring their own.
using saddle::abs;
using saddle::extract;
using saddle::fma;
using saddle::select;

template <class Rule, class Z> auto parameters_of(const rule_steps<typename Z::lane_type>& steps) {
  using L = typename Z::lane_type;
  saddle::parameters_t<Rule, Z> p;
  std::size_t k = 0;
  saddle::walk([&](L& x) { x = (k < Z::players ? steps.eta : steps.gamma)[k % Z::players], ++k; }, p);
  return p;
}

// What a run looks like from outside: ‖F‖ at times that grow by a thirty-second, and how often the iterate turned round.
// Everything is kept for each lane apart, so the end of one says nothing about its neighbours.
struct sight {
  double time, residual, turns;
};

/// Below this share of the first ‖F‖ rounding may be all there is; above this multiple a run has left.
inline constexpr double arrived = 1e-10, left_behind = 1e2;
/// ‖F‖ that changes by less than this over the second half of a run neither falls nor grows.
inline constexpr double standstill = 0.05;

inline outcome judged(std::span<const sight> seen, bool solved) {
  using enum saddle::regime;
  const double first = seen.front().residual;
  if (!solved || !(first > 0) || !std::isfinite(first)) return {undefined, std::numeric_limits<double>::quiet_NaN()};
  const auto over = [&](const sight& s) {
    return !(s.residual > arrived * first) || !(s.residual < left_behind * first);
  };
  const std::size_t end = std::min<std::size_t>(
      static_cast<std::size_t>(std::find_if(seen.begin() + 1, seen.end(), over) - seen.begin()), seen.size() - 1);
  const sight& last = seen[end];

  // The slope of log ‖F‖ over the second half.
  double n = 0, sum_t = 0, sum_y = 0, sum_tt = 0, sum_ty = 0, earliest = last.time, turns = 0;
  for (std::size_t k = 0; k <= end; ++k) {
    const sight& s = seen[k];
    if (2 * s.time < last.time && k + 2 <= end) continue;
    if (!(s.residual > 0) || !std::isfinite(s.residual)) continue;
    if (n == 0) earliest = s.time, turns = last.turns - s.turns;
    const double t = s.time - last.time, y = std::log(s.residual);
    n += 1, sum_t += t, sum_y += y, sum_tt += t * t, sum_ty += t * y;
  }
  const double spread = n * sum_tt - sum_t * sum_t;
  const double slope =
      spread > 0 ? (n * sum_ty - sum_t * sum_y) / spread : std::log(std::numeric_limits<double>::min()) / last.time;
  outcome r{marginal, std::exp(slope)};
  if (last.residual == 0) r.rate = spread > 0 ? r.rate : 0;
  // On a cycle ‖F‖ goes up and down, and a few looks at it seem to have a slope: it counts if it is more than four times
  // its standard error.
  const double covered = last.time - earliest, middle = sum_t / n, level = sum_y / n;
  double scatter = 0;
  for (std::size_t k = 0; k <= end; ++k) {
    const sight& s = seen[k];
    if (s.time < earliest || !(s.residual > 0) || !std::isfinite(s.residual)) continue;
    const double off = std::log(s.residual) - level - slope * (s.time - last.time - middle);
    scatter += off * off;
  }
  const double doubt = n > 2 ? 4 * covered * std::sqrt(scatter / (n - 2) * n / spread) : 0;
  const double change = slope * covered, certain = std::max(standstill, doubt);
  if (!(last.residual < left_behind * first)) r.regime = diverges;
  else if (last.residual <= arrived * first || change < -certain) r.regime = turns > 0 ? oscillates : converges;
  else if (change > certain) r.regime = diverges;
  return r;
}

/// A direction that no game prefers: what moves along the iterate is seen along it.
template <class Z> typename Z::lane_type along(const Z& z) {
  using L = typename Z::lane_type;
  double weight = 1;
  L r = saddle::broadcast<L>(0);
  saddle::walk(
      [&](const L& x) {
        r = fma(saddle::broadcast<L>(weight), x, r);
        weight *= -0.6180339887498949;
      },
      z);
  return r;
}

template <class Rule, class Z> void outcomes_of(const game_view<Z>& game,
                                                const rule_steps<typename Z::lane_type>& steps, const Z& z0,
                                                std::uint64_t count, std::span<outcome> out) {
  using L = typename Z::lane_type;
  constexpr std::size_t width = saddle::width<L>;
  const auto p = parameters_of<Rule, Z>(steps);
  auto state = saddle::start(Rule{}, game, z0);
  const L zero = saddle::broadcast<L>(0), one = saddle::broadcast<L>(1),
          rounding = saddle::broadcast<L>(4 * std::numeric_limits<double>::epsilon());
  L place = along(z0), move = zero, turns = zero;
  const auto watch = [&](std::uint64_t, const Z& z) {
    const L now = along(z), step = now - place;
    const saddle::mask_t<L> real = abs(step) > rounding * abs(now), opposite = step * move < zero;
    const saddle::mask_t<L> turned = real & opposite;
    turns = select(turned, turns + one, turns);
    move = select(real, step, move);
    place = now;
  };

  std::array<std::vector<sight>, width> seen;
  std::array<bool, width> solved;
  solved.fill(true);
  std::array<double, width> first{};
  const auto look = [&](std::uint64_t time) {
    const L residual = saddle::norm(game.field(state.z));
    bool running = false;
    for (std::size_t i = 0; i < width; ++i) {
      const double r = extract(residual, i);
      if (time == 0) first[i] = r;
      seen[i].push_back({static_cast<double>(time), r, extract(turns, i)});
      running = running || (solved[i] && r > arrived * first[i] && r < left_behind * first[i]);
    }
    return running;
  };
  bool running = look(0);
  for (std::uint64_t time = 0; running && time < count;) {
    const std::uint64_t next = std::min(count, time + std::max<std::uint64_t>(1, time / 32));
    const auto r = saddle::run(Rule{}, game, p, state, next - time, watch);
    state = r.next;
    time = next;
    for (std::size_t i = 0; i < width; ++i) solved[i] = solved[i] && r.status[i] != saddle::status::unsolved;
    running = look(time);
  }
  for (std::size_t i = 0; i < width; ++i) out[i] = judged(seen[i], solved[i]);
}

/// Calls f.template operator()<Rule>() for the rule of that name.
template <class F> void with_rule(std::string_view name, F f) {
  saddle::registry::each_dynamics([&]<class Rule>(int, const char* known) {
    if (name == known) f.template operator()<Rule>();
  });
}

template <class Z> std::vector<double> coordinates(const Z& z) {
  std::vector<double> r;
  saddle::walk([&](const double& x) { r.push_back(x); }, z);
  return r;
}

} // namespace running

template <class Z> void simulate_on(std::string_view rule, const any_game<Z>& game, const rule_steps<wide>& steps,
                                    std::uint64_t count, std::span<outcome> out) {
  running::with_rule(rule,
                     [&]<class Rule>() { running::outcomes_of<Rule, Z>({game}, steps, game.start(), count, out); });
}

template <class Z> run_result run_on(std::string_view rule, const any_game<Z>& any, const rule_steps<double>& steps,
                                     const run_request& request) {
  using namespace running;
  const game_view<Z> game{any};
  Z z0 = any.start();
  if (!request.start.empty()) {
    if (request.start.size() != Z::size)
      throw std::invalid_argument(fmt::format("the start has {} coordinates, the game {}", request.start.size(),
                                              static_cast<std::size_t>(Z::size)));
    std::size_t k = 0;
    saddle::walk([&](double& x) { x = request.start[k++]; }, z0);
  }
  run_result r;
  if constexpr (requires { Z::p; }) r.sizes = {Z::p, Z::q};
  else r.sizes.assign(std::begin(Z::sizes), std::end(Z::sizes));
  with_rule(rule, [&]<class Rule>() {
    const auto p = parameters_of<Rule, Z>(steps);
    const saddle::limits<double> stop{.tolerance = request.tolerance, .cap = request.steps};
    const auto record = [&](std::uint64_t k, const Z& z) {
      if (k % request.stride == 0) r.rows.push_back({k, saddle::norm(game.field(z)), coordinates(z)});
    };
    const auto end = saddle::run_until(Rule{}, game, p, z0, stop, saddle::field_norm{}, record);
    const saddle::status how = end.status;
    r.status = to_string(how);
    r.converged = how == saddle::status::converged;
    r.steps = end.steps;
    r.residual = end.residual;
    if (r.rows.back().step != r.steps) r.rows.push_back({r.steps, r.residual, coordinates(end.z())});
    outcomes_of<Rule, Z>(game, steps, z0, std::max<std::uint64_t>(r.steps, 1), {&r.seen, 1});
  });
  return r;
}

template <class Z>
forecast predict_on(std::string_view rule, const linear_game& game, const rule_steps<double>& steps) {
  saddle::linearised<Z> near{saddle::zero_matrix<double, Z::size, Z::size>()};
  const auto place = [&](std::size_t i) {
    if constexpr (requires { Z::p; }) return i < game.sizes[0] ? i : Z::p + (i - game.sizes[0]);
    else return i;
  };
  const std::size_t n = game.rows();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k) near.J(place(i), place(k)) = game.jacobian[i * n + k];
  forecast r;
  running::with_rule(rule, [&]<class Rule>() {
    const auto c = saddle::rate(Rule{}, near, running::parameters_of<Rule, Z>(steps));
    r = {saddle::classify(c, std::sqrt(std::numeric_limits<double>::epsilon())), c.rate};
  });
  return r;
}

} // namespace tool
