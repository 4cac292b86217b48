/// The templates behind runs.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
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
using saddle::get;
using saddle::select;

template <class Rule, class Z> auto parameters_of(const rule_steps<typename Z::lane_type>& steps) {
  using L = typename Z::lane_type;
  saddle::parameters_t<Rule, Z> p;
  std::size_t k = 0;
  saddle::walk([&](L& x) { x = (k < Z::players ? steps.eta : steps.gamma)[k % Z::players], ++k; }, p);
  return p;
}

/// Calls f.template operator()<Rule>() for the rule of that name.
template <class F> void with_rule(std::string_view name, F f) {
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if (name == entry.name) f.template operator()<Rule>();
  });
}

/// Throws std::invalid_argument where there are too few or too many.
template <class Z> Z point_of(const std::vector<double>& coordinates) {
  using L = typename Z::lane_type;
  if (coordinates.size() != Z::size)
    throw std::invalid_argument(fmt::format("the start has {} coordinates, the game {}", coordinates.size(),
                                            static_cast<std::size_t>(Z::size)));
  Z z;
  std::size_t k = 0;
  saddle::walk([&](L& x) { x = saddle::broadcast<L>(static_cast<saddle::scalar_t<L>>(coordinates[k++])); }, z);
  return z;
}

template <class Z> std::vector<double> coordinates(const Z& z) {
  std::vector<double> r;
  saddle::walk([&](const auto& x) { r.push_back(static_cast<double>(x)); }, z);
  return r;
}

template <class Rule, class Z> void outcomes_of(const game_view<Z>& game, const rule_steps<wide>& steps, const Z& z0,
                                                std::uint64_t count, look how, const outcomes& out) {
  constexpr std::size_t width = saddle::width<wide>;
  const auto p = parameters_of<Rule, Z>(steps);
  auto state = saddle::start(Rule{}, game, z0);
  solved_lanes solved;
  solved.fill(true);
  const auto advance = [&](std::uint64_t more) {
    const auto r = saddle::run(Rule{}, game, p, state, more);
    state = r.next;
    for (std::size_t i = 0; i < width; ++i) solved[i] = solved[i] && r.status[i] != saddle::status::unsolved;
  };
  const auto residual = [&] {
    const Z f = game.field(state.z);
    return dot(f, f);
  };
  if (how == look::at_end) {
    const wide first = residual();
    advance(count);
    const wide last = residual();
    judge_end({&first, 1}, {&last, 1}, count, {&solved, 1}, out);
    return;
  }
  onlooker watch;
  std::uint64_t time = 0;
  for (const std::uint64_t next : look_times(count)) {
    if (next > 0 && !watch.running(solved)) break;
    if (next > time) advance(next - time);
    time = next;
    watch.look(time, residual(), place_of(state.z));
  }
  watch.judge(solved, out);
}

/// ‖F‖, or the distance to a point.
template <class Z> struct residual_of_run {
  const Z* target = nullptr;
  template <class G> typename Z::lane_type operator()(const G& game, const Z& z) const noexcept {
    return target != nullptr ? saddle::norm(z - *target) : saddle::norm(game.field(z));
  }
};

/// What `run` and `arrive` have in common is compiled once for both.
template <class Z> using record_of_run = std::function<void(std::uint64_t, const Z&)>;
template <class Rule, class Z> auto tracked(const game_view<Z>& game, const rule_steps<typename Z::lane_type>& steps,
                                            const Z& z0, const saddle::limits<typename Z::lane_type>& stop,
                                            const residual_of_run<Z>& residual, const record_of_run<Z>& record) {
  const auto keep = [&](std::uint64_t k, const Z& z) {
    if (record) record(k, z);
  };
  return saddle::run_until(Rule{}, game, parameters_of<Rule, Z>(steps), z0, stop, residual, keep);
}

/// The factor of one step, as the slope of log ‖z‖ over the second half of a long run of the game with its equilibrium
/// at zero. That game is linear, so after every few steps the state is scaled back by a power of two, which changes no
/// bit of its direction: the run can be as long as it likes without reaching zero or infinity. Rounding errors along
/// directions that do not move would stay while all else shrinks, so they are projected away.
template <class Rule, class Z> std::optional<double> measured_rate(const game_view<Z>& homogeneous,
                                                                   const rule_steps<typename Z::lane_type>& steps,
                                                                   const Z& start, const std::vector<double>& moving) {
  using T = typename Z::lane_type;
  constexpr int chunks = 4000, steps_a_chunk = 8, first = chunks * steps_a_chunk / 2;
  const auto project = [&](Z& z) {
    const std::vector<double> from = coordinates(z);
    for (std::size_t i = 0; i < Z::size; ++i) {
      double s = 0;
      for (std::size_t j = 0; j < Z::size; ++j) s += moving[i * Z::size + j] * from[j];
      z[i] = static_cast<T>(s);
    }
  };

  const auto p = parameters_of<Rule, Z>(steps);
  auto state = saddle::start(Rule{}, homogeneous, start);
  double scaled_away = 0; // log₂ of what has been divided out
  double n = 0, sum_k = 0, sum_y = 0, sum_kk = 0, sum_ky = 0;
  for (int chunk = 0; chunk < chunks; ++chunk) {
    const auto fit = [&](std::uint64_t step, const Z& z) {
      const int k = chunk * steps_a_chunk + static_cast<int>(step);
      if (step == 0 || k <= first) return;
      const double x = k - 1.5 * first, y = scaled_away + std::log2(static_cast<double>(saddle::norm(z)));
      n += 1, sum_k += x, sum_y += y, sum_kk += x * x, sum_ky += x * y;
    };
    const auto r = saddle::run(Rule{}, homogeneous, p, state, steps_a_chunk, fit);
    if (r.status[0] != saddle::status::ok) return {};
    state = r.next;
    T largest = 0;
    saddle::walk([&](const T& x) { largest = std::max(largest, std::abs(x)); }, state);
    if (largest == 0) return 0.0;
    int exponent = 0;
    std::frexp(largest, &exponent);
    saddle::walk([&](T& x) { x = std::ldexp(x, -exponent); }, state);
    scaled_away += exponent;
    if (!moving.empty()) {
      project(state.z);
      if constexpr (Rule::about.memory > 0) project(state.memory);
    }
  }
  return std::exp2((n * sum_ky - sum_k * sum_y) / (n * sum_kk - sum_k * sum_k));
}

} // namespace running

template <class Z> void simulate_on(std::string_view rule, const any_game<Z>& game, const rule_steps<wide>& steps,
                                    std::uint64_t count, look how, const outcomes& out,
                                    const std::vector<double>& start) {
  using namespace running;
  const Z z0 = start.empty() ? game.start() : point_of<Z>(start);
  with_rule(rule, [&]<class Rule>() { outcomes_of<Rule, Z>({game}, steps, z0, count, how, out); });
}

template <class Z> run_result run_on(std::string_view rule, const any_game<Z>& any, const rule_steps<double>& steps,
                                     const run_request& request) {
  using namespace running;
  const game_view<Z> game{any};
  const Z z0 = request.start.empty() ? any.start() : point_of<Z>(request.start);
  run_result r;
  if constexpr (requires { Z::p; }) r.sizes = {Z::p, Z::q};
  else r.sizes.assign(std::begin(Z::sizes), std::end(Z::sizes));
  with_rule(rule, [&]<class Rule>() {
    const auto end = tracked<Rule, Z>(game, steps, z0, {.tolerance = request.tolerance, .cap = request.steps}, {},
                                      [&](std::uint64_t k, const Z& z) {
                                        if (k % request.stride == 0)
                                          r.rows.push_back({k, saddle::norm(game.field(z)), coordinates(z)});
                                      });
    const saddle::status how = end.status;
    r.status = to_string(how);
    r.converged = how == saddle::status::converged;
    r.steps = end.steps;
    r.residual = end.residual;
    if (r.rows.back().step != r.steps) r.rows.push_back({r.steps, r.residual, coordinates(end.z())});
  });
  return r;
}

template <class Z> arrival arrive_on(std::string_view rule, const any_game<Z>& game, const any_game<Z>& homogeneous,
                                     const rule_steps<typename Z::lane_type>& steps, const arrival_request& request) {
  using namespace running;
  using T = typename Z::lane_type;
  const Z z0 = point_of<Z>(request.start), target = point_of<Z>(request.target);
  arrival r;
  with_rule(rule, [&]<class Rule>() {
    r.rate = measured_rate<Rule, Z>({homogeneous}, steps, z0 - target, request.moving);
    const auto end = tracked<Rule, Z>(
        {game}, steps, z0, {.tolerance = static_cast<T>(request.tolerance), .cap = request.steps, .divergence = T(1e6)},
        {&target}, {});
    r.status = end.status;
    r.steps = end.steps;
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
