/// The resolvent of a game that has none of its own: Newton's method on x + ηF(x) = z.
#pragma once

#include <cstddef>

#include <saddle/linalg/derivative.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {

/// Newton steps an implicit update may take. Convergence is quadratic from z itself for steps that make I + ηJ
/// well-conditioned; what needs more is reported as unsolved.
inline constexpr int newton_cap = 12;

/// (I + ηF)⁻¹ of any game: x ← x − (I + ηJ(x))⁻¹(x + ηF(x) − z) from x = z on.
///
/// A lane stops by itself, as soon as its residual is at rounding level; its neighbours do not change its bits.
/// Cost a Newton step: one field, one Jacobian, an LU of size n.
template <class G, class Z> struct newton_resolvent {
  using L = typename Z::lane_type;
  const G& game;
  typename Z::step eta;

  constexpr solution<Z> operator()(const Z& z) const noexcept {
    using T = scalar_t<L>;
    constexpr std::size_t n = Z::size;
    const Z row_step = per_element<Z>(eta);
    Z x = z;
    mask_t<L> solved(false), stuck(false);
    for (int k = 0; k <= newton_cap; ++k) {
      const Z f = eta * game.field(x);
      const Z residual = (x - z) + f;
      // What rounding leaves of the three terms, whatever they cancel to.
      const L scale = max_norm(x) + max_norm(z) + max_norm(f);
      const mask_t<L> small = max_norm(residual) <= broadcast<L>(T(4) * epsilon<T>) * scale;
      const mask_t<L> bounded = finite(scale);
      solved = solved | (small & bounded & !stuck);
      const mask_t<L> ended = solved | stuck;
      if (k == newton_cap || all(ended)) break;

      jacobian_t<Z> a = saddle::jacobian(game, x);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
          a(i, j) = row_step[i] * a(i, j);
          if (i == j) a(i, j) = a(i, j) + broadcast<L>(1);
        }
      const lu<L, n> factors(a);
      vec<L, n> g;
      for (std::size_t i = 0; i < n; ++i) g[i] = residual[i];
      g = factors.solve(g);
      Z next;
      for (std::size_t i = 0; i < n; ++i) next[i] = x[i] - g[i];
      stuck = stuck | !(factors.solved | solved);
      x = select(solved | stuck, x, next);
    }
    return {x, solved};
  }
};

} // namespace saddle::inline SADDLE_ISA
