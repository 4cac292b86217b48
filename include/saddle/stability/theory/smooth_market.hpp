/// When gradient steps contract a smooth market (Balduzzi et al. 2020).
#pragma once

#include <cstddef>

#include <saddle/games/polymatrix.hpp>
#include <saddle/spectral/singular_values.hpp>
#include <saddle/spectral/symmetric_part.hpp>

namespace saddle::inline SADDLE_ISA {
namespace theory {

/// Strong monotonicity and Lipschitz constant of H^½ F(H^½ ·), H = diag(ηᵢ): the game as its players' rates see it.
template <class L> struct market_constants {
  L mu;        ///< λmin of H^½ (J + Jᵀ)/2 H^½; in a smooth market, of the sentiments −W_ii alone
  L lipschitz; ///< ‖H^½ J H^½‖₂

  /// Derived: `simultaneous` with these rates contracts in the norm of H⁻¹ where 1 < 2μ/L².
  constexpr mask_t<L> contracts() const noexcept { return lipschitz * lipschitz < broadcast<L>(2) * mu; }
  /// The largest common factor of the rates that still contracts: 2μ/L². The flow itself needs μ > 0 only (published).
  constexpr L window() const noexcept { return broadcast<L>(2) * mu / (lipschitz * lipschitz); }
};

/// The constants of a market for rates of the players; rates of 1 give μ and L of the game itself.
template <class L, std::size_t... N>
constexpr market_constants<L> of_market(const games::polymatrix<L, N...>& game,
                                        const typename games::polymatrix<L, N...>::point_type::step& rates) noexcept {
  using Z = typename games::polymatrix<L, N...>::point_type;
  constexpr std::size_t n = Z::size;
  const Z rate = per_element<Z>(rates);
  mat<L, n, n> weighted;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k) weighted(i, k) = -(sqrt(rate[i]) * game.W(i, k) * sqrt(rate[k]));
  return {symmetric_part(weighted).smallest, singular_values(weighted).values[0]};
}

} // namespace theory
} // namespace saddle::inline SADDLE_ISA
