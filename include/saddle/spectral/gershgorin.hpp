/// Gershgorin's discs: where the eigenvalues can be, for one look at the matrix.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/estimate.hpp>
#include <saddle/spectral/detail/outcome.hpp>
#include <saddle/spectral/detail/power_of_two.hpp>

namespace saddle::inline SADDLE_ISA {

/// left ≤ Re λ ≤ right and |λ| ≤ radius for every eigenvalue, rounding included. The eigenvalues of the whole spectrum
/// are bounded, so there is no separate error.
template <class L> struct eigenvalue_bounds {
  L left, right, radius;
  per_lane<saddle::status, width<L>> status;
};

/// The eigenvalues lie in the union of the discs |z − aᵢᵢ| ≤ Σ_{j≠i}|aᵢⱼ|, and in that of the columns' discs (Gershgorin
/// 1931; Horn, Johnson, Matrix Analysis, theorem 6.1.1). Each of the three numbers is the better of rows and columns,
/// rounded outwards. A right < 0 proves that A is Hurwitz, a radius < 1 that it is Schur stable.
/// Cost 2N² additions. status: ok, non_finite.
///
///     const auto b = saddle::gershgorin(saddle::mat<double, 2, 2>{{4, 1, 0, -2}});   // within [−2, 5], as columns say
template <class L, std::size_t N> constexpr eigenvalue_bounds<L> gershgorin(const mat<L, N, N>& a) noexcept {
  using T = scalar_t<L>;
  const auto size = detail::magnitude_of(a);
  const L least = broadcast<L>(std::numeric_limits<T>::denorm_min());
  eigenvalue_bounds<L> r;
  for (int side = 0; side < 2; ++side) {
    const L huge = broadcast<L>(std::numeric_limits<T>::infinity());
    L left = huge, right = -huge, radius = broadcast<L>(0);
    for (std::size_t i = 0; i < N; ++i) {
      L reach = broadcast<L>(0);
      for (std::size_t j = 0; j < N; ++j)
        if (j != i) reach = reach + abs(side == 0 ? a(i, j) : a(j, i));
      const L centre = a(i, i);
      // Outwards by more than all the rounding there is; a diagonal matrix stays exact.
      const L slack =
          select(reach > broadcast<L>(0), fma(reach + abs(centre), detail::units<L>(N), least), broadcast<L>(0));
      left = min(left, centre - reach - slack);
      right = max(right, centre + reach + slack);
      radius = max(radius, abs(centre) + reach + slack);
    }
    r.left = side == 0 ? left : max(r.left, left);
    r.right = side == 0 ? right : min(r.right, right);
    r.radius = side == 0 ? radius : min(r.radius, radius);
  }
  r.left = select(size.bounded, r.left, detail::nan<L>());
  r.right = select(size.bounded, r.right, detail::nan<L>());
  r.radius = select(size.bounded, r.radius, detail::nan<L>());
  r.status = detail::status_of<L>(size.bounded, mask_t<L>(true));
  return r;
}

} // namespace saddle::inline SADDLE_ISA
