/// What a rule does to one eigendirection of a linear game: a complex number, multiplied step after step.
///
/// On F(z) = Mz a rule that uses nothing but the field and the resolvent, for all players at once and with one step size,
/// is a function of M. On an eigenvector of M with eigenvalue μ it is the same function of the number μ, which is found by
/// running the rule itself on the game F(z) = μz whose point z is one complex number: nothing is written down twice.
#pragma once

#include <cstddef>

#include <saddle/dynamics/detail/advance.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {

/// Whether the rule on F(z) = Mz is a function of M alone, given one step size for all players.
template <class Rule> inline constexpr bool is_spectral = !Rule::about.sequential && !Rule::about.transposed;

/// The coordinate along an eigenvector as a joint point: one complex number, one step size.
template <class L> struct mode {
  using lane_type = L;
  using step = step_sizes<L, 1>;
  static constexpr std::size_t players = 1;
  template <class M> using rebind = mode<M>;
  L re, im;

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.re...);
    walk(f, x.im...);
  }
  SADDLE_INLINE friend constexpr mode operator+(const mode& a, const mode& b) noexcept {
    return {a.re + b.re, a.im + b.im};
  }
  SADDLE_INLINE friend constexpr mode operator-(const mode& a, const mode& b) noexcept {
    return {a.re - b.re, a.im - b.im};
  }
  SADDLE_INLINE friend constexpr mode operator-(const mode& a) noexcept { return {-a.re, -a.im}; }
  /// The product of two complex numbers.
  SADDLE_INLINE friend constexpr mode operator*(const mode& a, const mode& b) noexcept {
    return {fnma(a.im, b.im, a.re * b.re), fma(a.im, b.re, a.re * b.im)};
  }
  SADDLE_INLINE friend constexpr mode operator*(const step& s, const mode& a) noexcept {
    return {s[0] * a.re, s[0] * a.im};
  }
  SADDLE_INLINE friend constexpr mode fma(const step& s, const mode& a, const mode& b) noexcept {
    return {fma(s[0], a.re, b.re), fma(s[0], a.im, b.im)};
  }
  SADDLE_INLINE friend constexpr mode fnma(const step& s, const mode& a, const mode& b) noexcept {
    return {fnma(s[0], a.re, b.re), fnma(s[0], a.im, b.im)};
  }
  SADDLE_INLINE friend constexpr L dot(const mode& a, const mode& b) noexcept { return fma(a.re, b.re, a.im * b.im); }
};

/// The game F(z) = μz on one eigendirection.
template <class L> struct modal_game {
  mode<L> mu;

  SADDLE_INLINE constexpr mode<L> field(const mode<L>& z) const noexcept { return mu * z; }
  SADDLE_INLINE constexpr mode<L> jvp(const mode<L>&, const mode<L>& v) const noexcept { return mu * v; }

  /// (1 + ημ)⁻¹, a multiplication by a number computed once.
  template <class Z> constexpr auto resolvent(const typename Z::step& eta) const noexcept {
    const L one = broadcast<L>(1), re = fma(eta[0], mu.re, one), im = eta[0] * mu.im;
    const L square = fma(re, re, im * im), inverse = one / square;
    return resolved{{re * inverse, -(im * inverse)}, square > broadcast<L>(0)};
  }

private:
  struct resolved {
    mode<L> factor;
    mask_t<L> exists;
    SADDLE_INLINE constexpr solution<mode<L>> operator()(const mode<L>& z) const noexcept {
      return {factor * z, exists};
    }
  };
};

/// The growth factors λ of a rule along one eigendirection: one, and one more for each point it remembers.
template <class L, std::size_t K> struct growth_factors { mode<L> of[K]; };

namespace detail {

/// The principal square root of a complex number: one division, two real square roots.
template <class L> SADDLE_INLINE constexpr mode<L> square_root(const mode<L>& q) noexcept {
  const L zero = broadcast<L>(0), half = broadcast<L>(scalar_t<L>(0.5));
  const L length = sqrt(dot(q, q));
  const L larger = sqrt(half * (length + abs(q.re)));
  const mask_t<L> nothing = larger == zero, left = q.re < zero;
  const L smaller = half * (q.im / select(nothing, broadcast<L>(1), larger)); // its sign is that of q.im
  const mask_t<L> below = q.im < zero;
  return {select(left, abs(smaller), larger), select(left, select(below, -larger, larger), smaller)};
}

} // namespace detail

/// λ for each of the factors of `Rule` on F(z) = μz:  z_t ~ λᵗ.
///
/// Errors: a few ε·|λ|, but √ε where the two factors of a rule with memory meet (optimistic on a bilinear game at
/// ησ = ½). Where an inner equation has no solution (1 + ημ = 0) the factor is NaN.
/// Cost: one step of the rule on a complex number; with memory two steps, a division and two square roots.
///
///     const auto f = saddle::growth(saddle::dynamics::optimistic{}, saddle::mode<double>{0, 1}, {.eta = 0.3});
template <class Rule, class L> SADDLE_INLINE constexpr growth_factors<L, Rule::about.memory + 1>
growth(Rule, const mode<L>& mu, const parameters_t<Rule, mode<L>>& p) noexcept {
  static_assert(is_spectral<Rule>,
                "saddle: this rule is no function of the Jacobian alone (its players move in turn, or it "
                "uses the transposed Jacobian): use iteration_matrix");
  static_assert(Rule::about.memory <= 1, "saddle: growth factors are for rules that remember at most one point");
  using G = modal_game<L>;
  const G game{mu};
  const auto plan = detail::prepare<Rule, G, mode<L>>(game, p);
  const L zero = broadcast<L>(0), one = broadcast<L>(1), half = broadcast<L>(scalar_t<L>(0.5));
  mask_t<L> alive(true);
  if constexpr (Rule::about.memory == 0) {
    auto s = detail::advance<Rule>(game, plan, state<mode<L>, 0>{{one, zero}}, alive);
    const L nan = broadcast<L>(std::numeric_limits<scalar_t<L>>::quiet_NaN());
    return {{select(alive, s.z, mode<L>{nan, nan})}};
  } else {
    const auto first = detail::advance<Rule>(game, plan, state<mode<L>, 1>{{one, zero}, {zero, zero}}, alive);
    const auto second = detail::advance<Rule>(game, plan, state<mode<L>, 1>{{zero, zero}, {one, zero}}, alive);
    // λ² − (a + d)λ + (ad − bc) = 0 of [a b; c d].
    const mode<L> a = first.z, b = second.z, c = first.memory, d = second.memory;
    const step_sizes<L, 1> h = half;
    const mode<L> middle = h * (a + d), apart = h * (a - d);
    const mode<L> root = detail::square_root(apart * apart + b * c);
    return {{middle + root, middle - root}};
  }
}

} // namespace saddle::inline SADDLE_ISA
