/// Derivatives of a game's field at a point: the game's own where it has them, dual numbers where it has none.
///
/// With F: R^n → R^n and J = DF(z):  jvp(game, z, v) = J·v,  vjp(game, z, v) = Jᵀ·v,  jacobian(game, z) = J.
#pragma once

#include <cstddef>

#include <saddle/lane/dual.hpp>
#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>

namespace saddle::inline SADDLE_ISA {

/// A game for points of type Z: `field(z)` returns F(z), the direction every player descends.
template <class G, class Z>
concept game_on = requires(const G g, const Z z) {
  { g.field(z) } -> std::same_as<Z>;
};

template <class Z> using jacobian_t = mat<typename Z::lane_type, Z::size, Z::size>;

namespace detail {

template <class Z, std::size_t K> using dual_point = typename Z::template rebind<dual<typename Z::lane_type, K>>;

template <class G, class Z>
concept differentiable_on = game_on<G, dual_point<Z, 1>>;

} // namespace detail

/// J·v. By dual numbers: one field evaluation on dual<L, 1>, about three times its cost.
template <class G, class Z> SADDLE_INLINE constexpr Z jvp(const G& game, const Z& z, const Z& v) noexcept {
  if constexpr (requires { game.jvp(z, v); }) {
    return game.jvp(z, v);
  } else {
    static_assert(detail::differentiable_on<G, Z>,
                  "saddle: this needs J·v of the game: give it jvp(z, v), or make field(z) a template over the point's "
                  "lane type so that dual numbers can differentiate it");
    detail::dual_point<Z, 1> x;
    walk([](auto& out, const auto& value, const auto& direction) { out = {value, {direction}}; }, x, z, v);
    const auto f = game.field(x);
    Z r;
    walk([](auto& out, const auto& d) { out = d.part[0]; }, r, f);
    return r;
  }
}

/// J, row i the derivative of element i of F(z). By dual numbers: one field evaluation on dual<L, n>.
template <class G, class Z> constexpr jacobian_t<Z> jacobian(const G& game, const Z& z) noexcept {
  if constexpr (requires { game.jacobian(z); }) {
    return game.jacobian(z);
  } else {
    static_assert(detail::differentiable_on<G, Z>,
                  "saddle: this needs the Jacobian of the game: give it jacobian(z), or make field(z) a template over "
                  "the point's lane type so that dual numbers can differentiate it");
    using L = typename Z::lane_type;
    constexpr std::size_t n = Z::size;
    detail::dual_point<Z, n> x;
    std::size_t place = 0;
    walk(
        [&](auto& out, const auto& value) {
          out = broadcast<dual<L, n>>(0);
          out.value = value;
          out.part[place++] = broadcast<L>(1);
        },
        x, z);
    const auto f = game.field(x);
    jacobian_t<Z> j;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < n; ++k) j(i, k) = f[i].part[k];
    return j;
  }
}

/// Jᵀ·v. Forward duals give columns, so this takes the whole Jacobian: n directions.
template <class G, class Z> SADDLE_INLINE constexpr Z vjp(const G& game, const Z& z, const Z& v) noexcept {
  if constexpr (requires { game.vjp(z, v); }) {
    return game.vjp(z, v);
  } else {
    static_assert(
        requires { game.jacobian(z); } || detail::differentiable_on<G, Z>,
        "saddle: this needs Jᵀ·v of the game: give it vjp(z, v) or jacobian(z), or make field(z) a template "
        "over the point's lane type so that dual numbers can differentiate it");
    const jacobian_t<Z> j = jacobian(game, z);
    Z r;
    for (std::size_t k = 0; k < Z::size; ++k) {
      r[k] = j(0, k) * v[0];
      for (std::size_t i = 1; i < Z::size; ++i) r[k] = fma(j(i, k), v[i], r[k]);
    }
    return r;
  }
}

} // namespace saddle::inline SADDLE_ISA
