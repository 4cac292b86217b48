/// The templates behind runs.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include <saddle/engine/run.hpp>
#include <saddle/registry.hpp>

#include "runs.hpp"

namespace tool {
namespace running {

// Of scalars; vectors bring their own.
using saddle::abs;
using saddle::extract;
using saddle::finite;
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

/// The most points that a registered rule remembers.
inline constexpr std::size_t most_memory = [] {
  std::size_t r = 0;
  saddle::registry::all_dynamics::each(
      [&]<class Rule>(saddle::registry::rule<Rule>) { r = std::max(r, Rule::about.memory); });
  return r;
}();

/// The state of any rule: what one does not remember is zero.
template <class Z> using any_state = saddle::state<Z, most_memory>;

template <std::size_t Memory, class Z> saddle::state<Z, Memory> narrowed(const any_state<Z>& s) {
  static_assert(Memory == 0 || Memory == most_memory,
                "tool: rules remember nothing, one point or more: say here which points their states share");
  if constexpr (Memory == most_memory) return s;
  else return {s.z};
}

template <class Z, std::size_t Memory> any_state<Z> widened(const saddle::state<Z, Memory>& s) {
  if constexpr (Memory == most_memory) {
    return s;
  } else {
    any_state<Z> r;
    saddle::walk([](auto& x) { x = saddle::broadcast<typename Z::lane_type>(0); }, r);
    r.z = s.z;
    return r;
  }
}

/// A rule with its parameters, on a game. What is done with rules is compiled once for all of them, and of a rule only how
/// it moves: a rule more costs little.
template <class Z> class any_rule {
public:
  using state = any_state<Z>;
  using mask = saddle::mask_t<typename Z::lane_type>;
  virtual ~any_rule() = default;
  /// The state at z, with the memory of a rule that has not moved yet.
  virtual state start(const Z& z) const noexcept = 0;
  /// Takes that many steps: false for lanes of which one was unsolved.
  virtual mask move(state& s, std::uint64_t steps) const noexcept = 0;
  /// A step, the same as one of those; of one game with less around it.
  virtual mask step(state& s) const noexcept = 0;

  std::size_t memory = 0; ///< points that it remembers
  bool solves = false;    ///< steps may be unsolved
};

template <class Rule, class Z> class rule_on_game final : public any_rule<Z> {
  using L = typename Z::lane_type;
  using state = any_state<Z>;
  using mask = saddle::mask_t<L>;
  static constexpr bool may_fail = Rule::about.solves > 0;

public:
  rule_on_game(const any_game<Z>& game, const rule_steps<L>& steps)
      : game_{game}, parameters_(parameters_of<Rule, Z>(steps)) {
    this->memory = Rule::about.memory;
    this->solves = may_fail;
  }
  state start(const Z& z) const noexcept override { return widened(saddle::start(Rule{}, game_, z)); }
  mask move(state& s, std::uint64_t steps) const noexcept override {
    const auto r = saddle::run(Rule{}, game_, parameters_, narrowed<Rule::about.memory, Z>(s), steps);
    s = widened(r.next);
    mask solved(true);
    if constexpr (may_fail) {
      using saddle::set; // of scalars; vectors bring their own
      for (std::size_t i = 0; i < saddle::width<L>; ++i) set(solved, i, r.status[i] != saddle::status::unsolved);
    }
    return solved;
  }
  mask step(state& s) const noexcept override {
    if constexpr (may_fail || saddle::width < L >> 1) {
      return move(s, 1);
    } else {
      const auto next = saddle::step(Rule{}, game_, parameters_, narrowed<Rule::about.memory, Z>(s));
      if constexpr (Rule::about.memory == 0) s.z = next.z;
      else s = widened(next);
      return true;
    }
  }

private:
  game_view<Z> game_;
  saddle::parameters_t<Rule, Z> parameters_;
};

/// The rule of that name, which is there.
template <class Z> std::unique_ptr<any_rule<Z>> rule_named(std::string_view name, const any_game<Z>& game,
                                                           const rule_steps<typename Z::lane_type>& steps) {
  std::unique_ptr<any_rule<Z>> r;
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if (name == entry.name) r = std::make_unique<rule_on_game<Rule, Z>>(game, steps);
  });
  return r;
}

/// A rule of the library that moves as another one does, which is its parameter and has its game.
template <class Z, std::size_t Memory, bool Solves> struct as_told {
  static constexpr saddle::facts about{.solves = Solves ? 1 : 0, .memory = Memory};
  template <class Step> using parameters = const any_rule<Z>*;
  using state = saddle::state<Z, Memory>;

  template <class G> static auto step(const G&, const any_rule<Z>* rule, const state& s) noexcept {
    any_state<Z> next = widened(s);
    const auto solved = rule->step(next);
    if constexpr (Solves) return saddle::attempt<state, typename any_rule<Z>::mask>{narrowed<Memory, Z>(next), solved};
    else return narrowed<Memory, Z>(next);
  }
};

/// Calls f with the rule of the library that stands for this one: no more of them than rules differ in what they remember
/// and in whether they solve.
template <class Z, class F> void with_likeness(const any_rule<Z>& rule, F f) {
  const auto if_it_is = [&]<std::size_t Memory, bool Solves>() {
    constexpr bool there = [] {
      bool r = false;
      saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule>) {
        r = r || (Rule::about.memory == Memory && (Rule::about.solves > 0) == Solves);
      });
      return r;
    }();
    if constexpr (there)
      if (rule.memory == Memory && rule.solves == Solves) f(as_told<Z, Memory, Solves>{});
  };
  [&]<std::size_t... M>(std::index_sequence<M...>) {
    ((if_it_is.template operator()<M, false>(), if_it_is.template operator()<M, true>()), ...);
  }
  (std::make_index_sequence<most_memory + 1>{});
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

template <class Z> void outcomes_of(const any_rule<Z>& rule, const any_game<Z>& game, const Z& z0, std::uint64_t count,
                                    look how, const outcomes& out) {
  any_state<Z> state = rule.start(z0);
  solved_lanes solved;
  solved.fill(true);
  const auto advance = [&](std::uint64_t more) {
    const auto moved = rule.move(state, more);
    for (std::size_t i = 0; i < solved.size(); ++i) solved[i] = solved[i] && get(moved, i);
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
template <class Z> struct end_of_run {
  saddle::status status{};
  std::uint64_t steps = 0;
  typename Z::lane_type residual{};
  Z z{};
};
template <class Z> end_of_run<Z> tracked(const any_rule<Z>& rule, const any_game<Z>& game, const Z& z0,
                                         const saddle::limits<typename Z::lane_type>& stop,
                                         const residual_of_run<Z>& residual, const record_of_run<Z>& record) {
  const auto keep = [&](std::uint64_t k, const Z& z) {
    if (record) record(k, z);
  };
  end_of_run<Z> r;
  with_likeness(rule, [&]<std::size_t M, bool S>(as_told<Z, M, S> likeness) {
    const auto end =
        saddle::run_until(likeness, game_view<Z>{game}, &rule, narrowed<M, Z>(rule.start(z0)), stop, residual, keep);
    r = {end.status, end.steps, end.residual, end.z()};
  });
  return r;
}

/// The factor of one step, as the slope of log ‖z‖ over the second half of a long run of the game with its equilibrium
/// at zero. That game is linear, so after every few steps the state is scaled back by a power of two, which changes no
/// bit of its direction: the run can be as long as it likes without reaching zero or infinity. Rounding errors along
/// directions that do not move would stay while all else shrinks, so they are projected away.
template <class Z>
std::optional<double> measured_rate(const any_rule<Z>& rule, const Z& start, const std::vector<double>& moving) {
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

  any_state<Z> state = rule.start(start);
  double scaled_away = 0; // log₂ of what has been divided out
  double n = 0, sum_k = 0, sum_y = 0, sum_kk = 0, sum_ky = 0;
  const auto fit = [&](int k) {
    const double x = k - 1.5 * first, y = scaled_away + std::log2(static_cast<double>(saddle::norm(state.z)));
    n += 1, sum_k += x, sum_y += y, sum_kk += x * x, sum_ky += x * y;
  };
  for (int k = 0; k < chunks * steps_a_chunk; k += steps_a_chunk) {
    bool good = true;
    if (k < first) {
      good = rule.move(state, steps_a_chunk);
    } else {
      for (int step = 1; step <= steps_a_chunk && good; ++step) {
        good = rule.step(state);
        fit(k + step);
      }
    }
    saddle::walk([&](const T& x) { good = good && finite(x); }, state.z);
    if (!good) return {};
    T largest = 0;
    saddle::walk([&](const T& x) { largest = std::max(largest, std::abs(x)); }, state);
    if (largest == 0) return 0.0;
    int exponent = 0;
    std::frexp(largest, &exponent);
    saddle::walk([&](T& x) { x = std::ldexp(x, -exponent); }, state);
    scaled_away += exponent;
    if (!moving.empty()) {
      project(state.z);
      if constexpr (most_memory > 0) project(state.memory);
    }
  }
  return std::exp2((n * sum_ky - sum_k * sum_y) / (n * sum_kk - sum_k * sum_k));
}

/// A game near its equilibrium. What an implicit step solves with is factored once: one of these is for one rule.
template <class Z> class linear_on final : public any_game<Z> {
  using linear = saddle::linearised<Z>;

public:
  explicit linear_on(const linear& near) : near_(near) {}
  Z field(const Z& z) const noexcept override { return near_.field(z); }
  Z jvp(const Z& z, const Z& v) const noexcept override { return near_.jvp(z, v); }
  Z vjp(const Z& z, const Z& v) const noexcept override { return near_.vjp(z, v); }
  saddle::jacobian_t<Z> jacobian(const Z& z) const noexcept override { return near_.jacobian(z); }
  bool has_resolvent() const noexcept override { return true; }
  saddle::solution<Z> resolve(const typename Z::step& eta, const Z& z) const noexcept override {
    if (!factored_) factored_.emplace(near_.template resolvent<Z>(eta));
    return (*factored_)(z);
  }
  Z start() const noexcept override { return Z{}; }
  linear_game linearised() const override { return {}; }

private:
  const linear& near_;
  mutable std::optional<decltype(std::declval<const linear&>().template resolvent<Z>(typename Z::step{}))> factored_;
};

} // namespace running

template <class Z> void simulate_on(std::string_view rule, const any_game<Z>& game, const rule_steps<wide>& steps,
                                    std::uint64_t count, look how, const outcomes& out,
                                    const std::vector<double>& start) {
  using namespace running;
  const Z z0 = start.empty() ? game.start() : point_of<Z>(start);
  outcomes_of(*rule_named(rule, game, steps), game, z0, count, how, out);
}

template <class Z> run_result run_on(std::string_view rule, const any_game<Z>& game, const rule_steps<double>& steps,
                                     const run_request& request) {
  using namespace running;
  const Z z0 = request.start.empty() ? game.start() : point_of<Z>(request.start);
  run_result r;
  if constexpr (requires { Z::p; }) r.sizes = {Z::p, Z::q};
  else r.sizes.assign(std::begin(Z::sizes), std::end(Z::sizes));
  const auto end =
      tracked<Z>(*rule_named(rule, game, steps), game, z0, {.tolerance = request.tolerance, .cap = request.steps}, {},
                 [&](std::uint64_t k, const Z& z) {
                   if (k % request.stride == 0) r.rows.push_back({k, saddle::norm(game.field(z)), coordinates(z)});
                 });
  r.status = to_string(end.status);
  r.converged = end.status == saddle::status::converged;
  r.steps = end.steps;
  r.residual = end.residual;
  if (r.rows.back().step != r.steps) r.rows.push_back({r.steps, r.residual, coordinates(end.z)});
  return r;
}

template <class Z> arrival arrive_on(std::string_view rule, const any_game<Z>& game, const any_game<Z>& homogeneous,
                                     const rule_steps<typename Z::lane_type>& steps, const arrival_request& request) {
  using namespace running;
  using T = typename Z::lane_type;
  const Z z0 = point_of<Z>(request.start), target = point_of<Z>(request.target);
  arrival r;
  r.rate = measured_rate<Z>(*rule_named(rule, homogeneous, steps), z0 - target, request.moving);
  const auto end = tracked<Z>(
      *rule_named(rule, game, steps), game, z0,
      {.tolerance = static_cast<T>(request.tolerance), .cap = request.steps, .divergence = T(1e6)}, {&target}, {});
  r.status = end.status;
  r.steps = end.steps;
  return r;
}

template <class Z>
forecast predict_on(std::string_view rule, const linear_game& game, const rule_steps<double>& steps) {
  using namespace running;
  saddle::linearised<Z> near{saddle::zero_matrix<double, Z::size, Z::size>()};
  const auto place = [&](std::size_t i) {
    if constexpr (requires { Z::p; }) return i < game.sizes[0] ? i : Z::p + (i - game.sizes[0]);
    else return i;
  };
  const std::size_t n = game.rows();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k) near.J(place(i), place(k)) = game.jacobian[i * n + k];
  const linear_on<Z> known(near);
  const auto moves = rule_named<Z>(rule, known, steps);
  forecast r;
  with_likeness(*moves, [&](auto likeness) {
    const auto c = saddle::rate(likeness, near, moves.get());
    r = {saddle::classify(c, std::sqrt(std::numeric_limits<double>::epsilon())), c.rate};
  });
  return r;
}

} // namespace tool
