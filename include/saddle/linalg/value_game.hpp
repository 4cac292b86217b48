/// A game from nothing but its value, and a check of derivatives that were written by hand.
#pragma once

#include <cstddef>

#include <saddle/linalg/derivative.hpp>

namespace saddle::inline SADDLE_ISA {

/// The game of a value U(θ, ω) that θ minimises and ω maximises: F = (∇θU, −∇ωU), by dual numbers.
///
/// `Value` is callable with a point of any lane type and returns a number of that lane. Jacobian and products follow by
/// dual numbers of dual numbers, so every rule runs on it, alone, in a batch and in constant expressions; write the
/// constants in it as saddle::broadcast<L>(3).
/// Cost of a field: the value on dual<L, n>, about 2n + 1 times the value on plain numbers.
///
///     struct quartic {
///       template <class L> constexpr L operator()(const saddle::point<L, 1, 1>& z) const noexcept {
///         return z.theta[0] * z.theta[0] * z.theta[0] * z.theta[0] + z.theta[0] * z.omega[0];
///       }
///     };
///     auto r = saddle::run(saddle::dynamics::optimistic{}, saddle::value_game{quartic{}}, {.eta = 0.1}, z0, 100);
template <class Value> struct value_game {
  [[no_unique_address]] Value value;

  template <class L, std::size_t P, std::size_t Q>
  constexpr point<L, P, Q> field(const point<L, P, Q>& z) const noexcept {
    constexpr std::size_t n = P + Q;
    point<dual<L, n>, P, Q> x;
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = dual<L, n>::constant(z[i]);
      x[i].part[i] = broadcast<L>(1);
    }
    const dual<L, n> u = value(x);
    point<L, P, Q> f;
    for (std::size_t i = 0; i < P; ++i) f.theta[i] = u.part[i];
    for (std::size_t i = 0; i < Q; ++i) f.omega[i] = -u.part[P + i];
    return f;
  }
};
template <class Value> value_game(Value) -> value_game<Value>;

/// How far what a game says of its derivatives is from central differences: the largest difference of an element, relative
/// to 1 + the largest element. 0 for what the game leaves to dual numbers.
template <class L> struct derivative_errors {
  L field;    ///< F against differences of `value`
  L jacobian; ///< J against differences of F
  L jvp;      ///< J·v for v = (1, −½, ⅓, …)
  L vjp;      ///< Jᵀ·v for the same v
};

/// Compares the members of a game with central differences of step ∛ε·max(1, |zᵢ|) at z.
///
/// Right derivatives differ by some ε^(2/3) times the third derivatives (10⁻¹⁰ in double, 10⁻⁵ in float); wrong ones by
/// what is wrong with them. For tests of one's own games. Cost: 2n fields and values, a Jacobian, two products.
///
///     const auto e = saddle::check_derivatives(game, z);   // e.vjp < 1e-6
template <class G, class Z>
  requires game_on<G, Z>
constexpr derivative_errors<typename Z::lane_type> check_derivatives(const G& game, const Z& z) noexcept {
  using L = typename Z::lane_type;
  using T = scalar_t<L>;
  constexpr std::size_t n = Z::size;
  const L zero = broadcast<L>(0), one = broadcast<L>(1);
  // A power of two near the cube root of ε: z ± h is then as exact as z.
  constexpr T h0 = std::is_same_v<T, float> ? T(0x1p-8) : T(0x1p-17);

  jacobian_t<Z> differences;
  vec<L, n> slopes = zeros<L, n>();
  for (std::size_t k = 0; k < n; ++k) {
    const L h = broadcast<L>(h0) * max(one, abs(z[k]));
    Z above = z, below = z;
    above[k] = z[k] + h;
    below[k] = z[k] - h;
    const L inverse = one / (above[k] - below[k]);
    const Z up = game.field(above), down = game.field(below);
    for (std::size_t i = 0; i < n; ++i) differences(i, k) = (up[i] - down[i]) * inverse;
    if constexpr (requires { game.value(z); }) slopes[k] = (game.value(above) - game.value(below)) * inverse;
  }

  const auto compared = [&](std::size_t count, const auto& said, const auto& found) {
    L worst = zero, largest = zero;
    for (std::size_t i = 0; i < count; ++i) {
      worst = max(abs(said(i) - found(i)), worst);
      largest = max(abs(found(i)), largest);
    }
    return worst / (one + largest);
  };
  Z v;
  for (std::size_t i = 0; i < n; ++i) v[i] = broadcast<L>((i % 2 == 0 ? T(1) : T(-1)) / static_cast<T>(i + 1));

  derivative_errors<L> r{zero, zero, zero, zero};
  if constexpr (requires { game.value(z); } && Z::players == 2) {
    const Z f = game.field(z);
    r.field = compared(
        n, [&](std::size_t i) { return f[i]; }, [&](std::size_t i) { return i < Z::p ? slopes[i] : -slopes[i]; });
  }
  if constexpr (requires { game.jacobian(z); }) {
    const jacobian_t<Z> j = game.jacobian(z);
    r.jacobian = compared(
        n * n, [&](std::size_t i) { return j.v[i]; }, [&](std::size_t i) { return differences.v[i]; });
  }
  if constexpr (requires { game.jvp(z, v); }) {
    const Z product = game.jvp(z, v);
    r.jvp = compared(
        n, [&](std::size_t i) { return product[i]; },
        [&](std::size_t i) {
          L sum = zero;
          for (std::size_t k = 0; k < n; ++k) sum = fma(differences(i, k), v[k], sum);
          return sum;
        });
  }
  if constexpr (requires { game.vjp(z, v); }) {
    const Z product = game.vjp(z, v);
    r.vjp = compared(
        n, [&](std::size_t k) { return product[k]; },
        [&](std::size_t k) {
          L sum = zero;
          for (std::size_t i = 0; i < n; ++i) sum = fma(differences(i, k), v[i], sum);
          return sum;
        });
  }
  return r;
}

} // namespace saddle::inline SADDLE_ISA
