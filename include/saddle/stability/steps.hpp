/// Which step sizes converge, and which converges fastest.
#pragma once

#include <cstddef>
#include <limits>
#include <type_traits>

#include <saddle/stability/rate.hpp>

namespace saddle::inline SADDLE_ISA {

/// The parameters of a rule as functions of one number: all equal to it. `predictive` becomes extragradient.
struct tied {
  template <class P, class L> constexpr P at(const L& eta) const noexcept {
    P p{};
    walk([&](L& x) { x = eta; }, p);
    return p;
  }
};

/// The step size varies, γ stays.
template <class T> struct fixed_gamma {
  T gamma;
  template <class P, class L> constexpr P at(const L& eta) const noexcept {
    return {.eta = eta, .gamma = detail::widened<L>(gamma)};
  }
};

template <class T> fixed_gamma(T) -> fixed_gamma<T>;

/// γ = ratio·η.
template <class T> struct gamma_ratio {
  T ratio;
  template <class P, class L> constexpr P at(const L& eta) const noexcept {
    return {.eta = eta, .gamma = detail::widened<L>(ratio) * eta};
  }
};

template <class T> gamma_ratio(T) -> gamma_ratio<T>;

/// An interval of step sizes (from, to) that converge.
template <class L> struct step_interval {
  L from; ///< 0, or what the game needs at least: an unstable equilibrium that large steps of a rule stabilise
  L to;   ///< the largest step at which convergence was seen; 0 if none converges, ∞ if all do
};

/// A step size and what it does.
template <class L> struct chosen_step {
  L eta;
  contraction<L> result;
};

namespace detail {

/// What is stored about a game for searches over the step size of a rule: modes where they say all, else its Jacobian.
template <class Rule, class L, std::size_t P, std::size_t Q>
constexpr auto model_for(Rule, const games::bilinear<L, P, Q>& game) noexcept {
  return modes(game);
}
template <class Rule, class Z> constexpr auto model_for(Rule, const linearised<Z>& game) noexcept {
  if constexpr (is_spectral<Rule>) return modes(game.J);
  else return game;
}
template <class Rule, class L, std::size_t N> constexpr auto model_for(Rule, const game_modes<L, N>& m) noexcept {
  return m;
}
template <class Rule, class L, std::size_t K> constexpr auto model_for(Rule, const singular_modes<L, K>& m) noexcept {
  return m;
}
template <class Rule, class G>
  requires requires(const G& g) { g.equilibrium(); }
constexpr auto model_for(Rule rule, const G& game) noexcept {
  using Z = typename G::point_type;
  return model_for(rule, linearised<Z>{saddle::jacobian(game, game.equilibrium().z)});
}

/// The parameters that `rate` wants of a model when all players take the same step.
template <class Rule, class Model> struct parameters_on;
template <class Rule, class L, std::size_t N> struct parameters_on<Rule, game_modes<L, N>> {
  using type = parameters_t<Rule, mode<L>>;
  static constexpr L size(const game_modes<L, N>& m) noexcept { return m.size; }
};
template <class Rule, class L, std::size_t K> struct parameters_on<Rule, singular_modes<L, K>> {
  using type = parameters_t<Rule, std::conditional_t<is_spectral<Rule>, mode<L>, point<L, 1, 1>>>;
  static constexpr L size(const singular_modes<L, K>& m) noexcept { return m.size; }
};
template <class Rule, class Z> struct parameters_on<Rule, linearised<Z>> {
  using type = parameters_t<Rule, Z>;
  static constexpr auto size(const linearised<Z>& g) noexcept {
    auto s = broadcast<typename Z::lane_type>(0);
    for (const auto& x : g.J.v) s = fma(x, x, s);
    return sqrt(s);
  }
};

/// η ↦ rate, for searches.
template <class Rule, class Model, class Line> struct rate_along {
  using P = typename parameters_on<Rule, Model>::type;
  using L = typename P::lane_type;
  Model model;
  Line line;

  constexpr contraction<L> operator()(const L& eta) const noexcept {
    return rate(Rule{}, model, line.template at<P>(eta));
  }
  /// A step of the order of the game's own: 1/‖J‖. 1 for a game that is zero.
  constexpr L unit() const noexcept {
    const L size = parameters_on<Rule, Model>::size(model), one = broadcast<L>(1);
    const mask_t<L> positive = size > broadcast<L>(0);
    return one / select(positive, size, one);
  }
};

/// Steps looked at: 2^(k/2) of the game's own step, from 2⁻²⁰ to 2²⁰.
inline constexpr int half_octaves = 80;
template <class T> inline constexpr T half_octave = T(1.4142135623730951);

/// Rounding leaves no more of a rate below 1 than this.
template <class T> inline constexpr T surely_below_one = T(1) - T(32) * epsilon<T>;

template <class Along> constexpr auto stable_steps(const Along& along) noexcept {
  using L = typename Along::L;
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), below = broadcast<L>(surely_below_one<T>),
          infinity = broadcast<L>(std::numeric_limits<T>::infinity());
  L eta = along.unit() * broadcast<L>(T(1) / 1048576);
  // The last step seen to diverge before the first that converges; the last of the stable ones, the first behind them.
  L from = zero, to = zero, beyond = infinity;
  mask_t<L> entered(false), left(false);
  for (int k = 0; k <= half_octaves && !all(left); ++k) {
    const L r = along(eta).rate;
    const mask_t<L> stable = r<below, unstable = r> broadcast<L>(2) - below;
    const mask_t<L> before = !entered, inside = stable & !left;
    from = select(before & unstable, eta, from);
    entered = entered | stable;
    to = select(inside, eta, to);
    const mask_t<L> leaves = entered & !stable;
    const mask_t<L> newly = leaves & !left;
    beyond = select(newly, eta, beyond);
    left = left | leaves;
    eta *= broadcast<L>(half_octave<T>);
  }
  // Both ends by bisection: as many halvings as a half octave has digits.
  L stable_end = select(entered, to, zero), low = from, first = to;
  const mask_t<L> lower_end = from > zero, ended = left;
  if (any(lower_end)) {
    // The first stable step lies a half octave above.
    first = from * broadcast<L>(half_octave<T>);
    first = select(lower_end, first, zero);
  }
  for (int k = 0; k < std::numeric_limits<T>::digits; ++k) {
    const L middle = broadcast<L>(T(0.5)) * (stable_end + beyond);
    const mask_t<L> stable = along(middle).rate < below;
    const mask_t<L> up = stable & ended, down = ended & !stable;
    stable_end = select(up, middle, stable_end);
    beyond = select(down, middle, beyond);
    if (!any(lower_end)) continue;
    const L lower_middle = broadcast<L>(T(0.5)) * (low + first);
    const mask_t<L> converges = along(lower_middle).rate < below;
    low = select(lower_end & !converges, lower_middle, low);
    first = select(lower_end & converges, lower_middle, first);
  }
  const mask_t<L> endless = entered & !left;
  step_interval<L> r{select(entered, low, zero), select(endless, infinity, stable_end)};
  return r;
}

template <class Along> constexpr auto fastest_step(const Along& along) noexcept {
  using L = typename Along::L;
  using T = scalar_t<L>;
  const auto range = stable_steps(along);
  const L largest = along.unit() * broadcast<L>(T(1048576));
  const mask_t<L> endless = !finite(range.to);
  const L end = select(endless, largest, range.to);
  // 2⁻⁸ to 1 of the largest step, in eighths of an octave. All rates known fall to one minimum and rise again.
  constexpr T eighth = T(1.0905077326652577);
  L eta = end, best = end, least = broadcast<L>(std::numeric_limits<T>::infinity());
  for (int k = 0; k <= 64; ++k) {
    const L r = along(eta).rate;
    const mask_t<L> better = r < least;
    least = select(better, r, least);
    best = select(better, eta, best);
    eta *= broadcast<L>(1 / eighth);
  }
  // Golden section between the neighbours.
  constexpr T golden = T(0.6180339887498949);
  L a = best * broadcast<L>(1 / eighth), b = min(best * broadcast<L>(eighth), end);
  L x = b - broadcast<L>(golden) * (b - a), y = a + broadcast<L>(golden) * (b - a);
  L at_x = along(x).rate, at_y = along(y).rate;
  for (int k = 0; k < std::numeric_limits<T>::digits * 3 / 2; ++k) {
    const mask_t<L> left = at_x <= at_y;
    const L kept = select(left, x, y), at_kept = select(left, at_x, at_y);
    b = select(left, y, b);
    a = select(left, a, x);
    const L probe = select(left, b - broadcast<L>(golden) * (b - a), a + broadcast<L>(golden) * (b - a));
    const L at_probe = along(probe).rate;
    x = select(left, probe, kept);
    at_x = select(left, at_probe, at_kept);
    y = select(left, kept, probe);
    at_y = select(left, at_kept, at_probe);
    const mask_t<L> x_better = at_x < least;
    least = select(x_better, at_x, least);
    best = select(x_better, x, best);
    const mask_t<L> y_better = at_y < least;
    least = select(y_better, at_y, least);
    best = select(y_better, y, best);
  }
  const mask_t<L> none = range.to == broadcast<L>(0);
  best = select(none, broadcast<L>(0), best);
  return chosen_step<L>{best, along(best)};
}

} // namespace detail

/// The steps of `rule` on a game that converge: the first interval of them, in steps of 2^(1/2) from 2⁻²⁰ to 2²⁰ times
/// 1/‖J‖, its ends by bisection to the last digits. At `to` convergence was seen; what lies behind it by more than
/// rounding was seen to fail.
///
/// `game` is bilinear, has `equilibrium()`, is a `linearised` one, or is the modes of one. `line` says what the other
/// parameters do: `tied` (default), `fixed_gamma{γ}`, `gamma_ratio{r}`. A rate closer to 1 than 32 ε counts as 1, so `to`
/// lies that much inside, and a rule that converges that slowly counts as one that does not.
/// Cost: at the most 81 + 2·digits rates.
///
///     const double limit = saddle::stable_steps(saddle::dynamics::optimistic{}, game).to;   // 1/(√3 σ₁)
template <class Rule, class G, class Line = tied>
constexpr auto stable_steps(Rule rule, const G& game, const Line& line = {}) noexcept {
  const auto model = detail::model_for(rule, game);
  return detail::stable_steps(detail::rate_along<Rule, std::remove_cvref_t<decltype(model)>, Line>{model, line});
}

/// The largest stable step: the upper end of `stable_steps`. 0 where none converges, ∞ where every step does.
template <class Rule, class G, class Line = tied>
constexpr auto max_stable_step(Rule rule, const G& game, const Line& line = {}) noexcept {
  return stable_steps(rule, game, line).to;
}

/// The step with the smallest rate among the stable ones, found on a grid of eighths of octaves and by golden section
/// around the best point of it: exact to √ε of η where the rate is smooth, to ε where it has a kink. For a rule that every
/// step improves (`implicit`) the largest step looked at. η = 0 where no step converges.
///
///     const auto best = saddle::best_step(saddle::dynamics::predictive{}, game);   // best.eta, best.result.rate
template <class Rule, class G, class Line = tied>
constexpr auto best_step(Rule rule, const G& game, const Line& line = {}) noexcept {
  const auto model = detail::model_for(rule, game);
  return detail::fastest_step(detail::rate_along<Rule, std::remove_cvref_t<decltype(model)>, Line>{model, line});
}

} // namespace saddle::inline SADDLE_ISA
