/// The spectral radius, at a fixed cost.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/squaring.hpp>

namespace saddle::inline SADDLE_ISA {

/// ρ(A) = max |λ| by Gelfand's formula ρ = lim ‖A^m‖^(1/m), m = 2^Squarings, rescaled by powers of two.
///
/// error_bound is proved, rounding included: see detail/squaring.hpp. Two errors are in it. Truncation, about
/// ln(N·κ)/m relative with κ the condition number of the dominant eigenvalue. And rounding, whose proved bound grows by
/// 2κ a squaring: for an ill-conditioned dominant eigenvalue the bound stops improving at an early level, while `value`
/// goes on (10⁻⁹ relative is typical for double). A defective dominant eigenvalue makes both slow. Use `eigenvalues` where digits
/// matter; this is for deciding ρ < 1 and for code that must take the same time for every matrix.
/// Special values: ρ(2ᵏ·A) = 2ᵏ·ρ(A) exactly between normal numbers; zero gives 0 ± a bound near the smallest number.
/// Cost 2N³·Squarings flops (31 for double, 14 for float). status: ok, non_finite.
///
///     const auto rho = saddle::spectral_radius(saddle::mat<double, 2, 2>{{0, -2, 2, 0}});   // 2, of ±2i
template <int Squarings = 0, class L, std::size_t N>
constexpr estimate<L> spectral_radius(const mat<L, N, N>& a) noexcept {
  using T = scalar_t<L>;
  constexpr int count = Squarings == 0 ? detail::squarings<T> : Squarings;
  static_assert(count > 0, "spectral_radius needs at least one squaring");
  const auto size = detail::magnitude_of(a);
  if constexpr (N == 1) return detail::estimated(size.largest, broadcast<L>(0), size.bounded);
  else {
    const detail::power_scale<L> scale(size.largest);
    mat<L, N, N> b;
    for (std::size_t i = 0; i < N * N; ++i) b.v[i] = select(size.bounded, scale.down(a.v[i]), broadcast<L>(0));
    const auto r = detail::bound_radius<count>(b, broadcast<L>(0));
    const L value = scale.up(r.value), least = broadcast<L>(std::numeric_limits<T>::denorm_min());
    // The larger side, rounded up.
    const L side = max(r.upper - r.value, r.value - r.lower), slack = r.value * broadcast<L>(T(4) * epsilon<T>);
    return detail::estimated(value, scale.up(side + slack) + least, size.bounded);
  }
}

} // namespace saddle::inline SADDLE_ISA
