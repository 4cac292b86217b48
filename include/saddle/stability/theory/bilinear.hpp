/// The constants that the theorems on bilinear games ask for, whatever the shape and the rank of C.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/stability/rate.hpp>

namespace saddle::inline SADDLE_ISA {
namespace theory {

/// σ₁ and σr, the largest and the smallest singular value of C that is not zero.
template <class L> struct extremes { L largest, smallest; };

/// For P ≠ Q or a rank-deficient C the theorems hold with σr and the distance to the null space, which nothing moves in.
/// A singular value below the level of `modes` counts as zero. Where C = 0, σr is infinite: there is nothing to converge.
///
///     const auto [largest, smallest] = saddle::theory::extremes_of(game);
///     const auto b = saddle::theory::optimistic_bilinear(largest, smallest);
template <class L, std::size_t P, std::size_t Q>
constexpr extremes<L> extremes_of(const games::bilinear<L, P, Q>& game) noexcept {
  const auto m = modes(game);
  extremes<L> r{m.of[0], broadcast<L>(std::numeric_limits<scalar_t<L>>::infinity())};
  for (std::size_t k = 0; k < m.count; ++k) r.smallest = select(m.moves[k], min(m.of[k], r.smallest), r.smallest);
  return r;
}

} // namespace theory
} // namespace saddle::inline SADDLE_ISA
