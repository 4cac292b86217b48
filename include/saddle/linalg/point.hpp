/// The joint point z = (θ, ω) of a two-player game, and a step size per player.
///
/// An update rule uses nothing of a point but its vector-space vocabulary: sums, scaling by a step per player, `fma` and
/// `fnma` with such a step, and one player's block. Any type with this vocabulary is a point.
#pragma once

#include <cstddef>
#include <type_traits>

#include <saddle/linalg/vec.hpp>

namespace saddle::inline SADDLE_ISA {

/// One step size per player (two time scales). One number means the same for all.
template <class L, std::size_t Players> struct step_sizes {
  using lane_type = L;
  template <class M> using rebind = step_sizes<M, Players>;
  L of[Players];

  constexpr step_sizes() noexcept = default;
  constexpr step_sizes(const L& common) noexcept {
    for (std::size_t k = 0; k < Players; ++k) of[k] = common;
  }
  constexpr step_sizes(scalar_t<L> common) noexcept requires(!std::is_same_v<L, scalar_t<L>>)
      : step_sizes(broadcast<L>(common)) {}
  /// The step of each player, in order: (θ, ω) for two.
  template <class... S>
    requires(sizeof...(S) == Players && Players > 1)
  constexpr step_sizes(const S&... each_players) noexcept : of{L(each_players)...} {}

  constexpr const L& operator[](std::size_t player) const noexcept { return of[player]; }

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Players; ++k) walk(f, x.of[k]...);
  }
  SADDLE_INLINE friend constexpr step_sizes operator*(scalar_t<L> s, const step_sizes& a) noexcept {
    step_sizes r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Players; ++k) r.of[k] = broadcast<L>(s) * a.of[k];
    return r;
  }
  SADDLE_INLINE friend constexpr step_sizes operator*(const step_sizes& a, const step_sizes& b) noexcept {
    step_sizes r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Players; ++k) r.of[k] = a.of[k] * b.of[k];
    return r;
  }
};

/// θ ∈ R^P minimises, ω ∈ R^Q maximises.
template <class L, std::size_t P, std::size_t Q> struct point {
  using lane_type = L;
  using step = step_sizes<L, 2>;
  static constexpr std::size_t players = 2, p = P, q = Q, size = P + Q;
  template <class M> using rebind = point<M, P, Q>;
  vec<L, P> theta;
  vec<L, Q> omega;

  /// Element i of the stacked vector (θ, ω).
  constexpr L& operator[](std::size_t i) noexcept { return i < P ? theta[i] : omega[i - P]; }
  constexpr const L& operator[](std::size_t i) const noexcept { return i < P ? theta[i] : omega[i - P]; }

  /// The block of one player: 0 is θ, 1 is ω.
  template <std::size_t Player> SADDLE_INLINE constexpr auto& block() noexcept {
    if constexpr (Player == 0) return theta;
    else return omega;
  }
  template <std::size_t Player> SADDLE_INLINE constexpr const auto& block() const noexcept {
    if constexpr (Player == 0) return theta;
    else return omega;
  }

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.theta...);
    walk(f, x.omega...);
  }

  SADDLE_INLINE friend constexpr point operator+(const point& a, const point& b) noexcept {
    return {a.theta + b.theta, a.omega + b.omega};
  }
  SADDLE_INLINE friend constexpr point operator-(const point& a, const point& b) noexcept {
    return {a.theta - b.theta, a.omega - b.omega};
  }
  SADDLE_INLINE friend constexpr point operator-(const point& a) noexcept { return {-a.theta, -a.omega}; }
  SADDLE_INLINE friend constexpr point operator*(const L& s, const point& a) noexcept {
    return {s * a.theta, s * a.omega};
  }
  /// Each player's block scaled by that player's step.
  SADDLE_INLINE friend constexpr point operator*(const step& s, const point& a) noexcept {
    return {s[0] * a.theta, s[1] * a.omega};
  }
  /// s·a + b, each player with its step.
  SADDLE_INLINE friend constexpr point fma(const step& s, const point& a, const point& b) noexcept {
    return {fma(s[0], a.theta, b.theta), fma(s[1], a.omega, b.omega)};
  }
  /// b − s·a, each player with its step.
  SADDLE_INLINE friend constexpr point fnma(const step& s, const point& a, const point& b) noexcept {
    return {fnma(s[0], a.theta, b.theta), fnma(s[1], a.omega, b.omega)};
  }
  SADDLE_INLINE friend constexpr L dot(const point& a, const point& b) noexcept {
    return dot(a.theta, b.theta) + dot(a.omega, b.omega);
  }
};

/// What a rule may assume of a joint point.
// clang-format off
template <class Z>
concept joint_point = requires(const Z a, const typename Z::step s) {
  typename Z::lane_type;
  Z::players;
  { a + a } -> std::same_as<Z>;
  { a - a } -> std::same_as<Z>;
  { s * a } -> std::same_as<Z>;
  { fma(s, a, a) } -> std::same_as<Z>;
  { fnma(s, a, a) } -> std::same_as<Z>;
  { dot(a, a) } -> std::same_as<typename Z::lane_type>;
};
// clang-format on

/// Euclidean norm. Sums squares plainly: overflows beyond √max and loses accuracy below √min of the scalar type.
template <class Z> constexpr typename Z::lane_type norm(const Z& a) noexcept { return sqrt(dot(a, a)); }

/// Largest absolute element; NaN elements are not seen.
template <class Z> constexpr typename Z::lane_type max_norm(const Z& a) noexcept {
  using L = typename Z::lane_type;
  L r = broadcast<L>(0);
  walk([&](const L& x) { r = max(abs(x), r); }, a);
  return r;
}

/// The step that each element of the point is multiplied with, as a point.
template <class Z> constexpr Z per_element(const typename Z::step& s) noexcept {
  Z ones;
  walk([](auto& x) { x = broadcast<typename Z::lane_type>(1); }, ones);
  return s * ones;
}

} // namespace saddle::inline SADDLE_ISA
