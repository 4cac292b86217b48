/// Matrix norms.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/estimate.hpp>
#include <saddle/spectral/singular_values.hpp>

namespace saddle::inline SADDLE_ISA {

/// max |aᵢⱼ|. Exact.
template <class L, std::size_t R, std::size_t C> constexpr estimate<L> max_norm(const mat<L, R, C>& a) noexcept {
  const auto size = detail::magnitude_of(a);
  return detail::estimated(size.largest, broadcast<L>(0), size.bounded);
}

/// ‖A‖_∞ = max over rows of Σⱼ|aᵢⱼ|, the norm that max |xᵢ| induces.
template <class L, std::size_t R, std::size_t C> constexpr estimate<L> infinity_norm(const mat<L, R, C>& a) noexcept {
  const L sum = detail::largest_row_sum(a);
  return detail::estimated(sum, sum * detail::units<L>(C), detail::magnitude_of(a).bounded);
}

/// ‖A‖₁ = max over columns of Σᵢ|aᵢⱼ|, the norm that Σ|xᵢ| induces.
template <class L, std::size_t R, std::size_t C> constexpr estimate<L> one_norm(const mat<L, R, C>& a) noexcept {
  return infinity_norm(transpose(a));
}

/// ‖A‖_F = √Σaᵢⱼ². Squares neither overflow nor vanish: the matrix is scaled by a power of two first.
template <class L, std::size_t R, std::size_t C> constexpr estimate<L> frobenius_norm(const mat<L, R, C>& a) noexcept {
  const auto size = detail::magnitude_of(a);
  const detail::power_scale<L> scale(size.largest);
  L sum = broadcast<L>(0);
  for (std::size_t i = 0; i < R * C; ++i) {
    const L x = scale.down(a.v[i]);
    sum = fma(x, x, sum);
  }
  const L norm = scale.up(sqrt(sum));
  const L least = broadcast<L>(std::numeric_limits<scalar_t<L>>::denorm_min());
  return detail::estimated(norm, select(norm > broadcast<L>(0), fma(norm, detail::units<L>(R * C), least), norm),
                           size.bounded);
}

/// ‖A‖₂ = σ₁, by `singular_values`. The error bound is that of a backward stable method, (max(R, C) + 10)·ε·‖A‖₂: its
/// constant is what the tests hold it to, not a proof.
///
///     const saddle::mat<double, 2, 2> a{{0, 2, 1, 0}};
///     const auto norm = saddle::two_norm(a);   // value 2
template <class L, std::size_t R, std::size_t C> constexpr estimate<L> two_norm(const mat<L, R, C>& a) noexcept {
  const auto s = singular_values(a);
  const auto bounded = finite(s.values[0]);
  const L least = broadcast<L>(std::numeric_limits<scalar_t<L>>::denorm_min());
  return detail::estimated(s.values[0], fma(s.values[0], detail::backward_error<L>(R < C ? C : R), least), bounded);
}

/// An upper bound of ‖A‖₂ for 4RC operations: min(√(‖A‖₁·‖A‖_∞), ‖A‖_F), rounded up. Too large by a factor of √min(R, C) at
/// the most. `error_bound` is how far ‖A‖₂ may lie below.
template <class L, std::size_t R, std::size_t C> constexpr estimate<L> two_norm_bound(const mat<L, R, C>& a) noexcept {
  using T = scalar_t<L>;
  const auto size = detail::magnitude_of(a);
  // A product of two norms may be too large for a number, and its root rounds otherwise for an odd power of two.
  const detail::power_scale<L> scale(size.largest);
  mat<L, R, C> scaled;
  for (std::size_t i = 0; i < R * C; ++i) scaled.v[i] = scale.down(a.v[i]);
  const L mixed = sqrt(one_norm(scaled).value * infinity_norm(scaled).value);
  const L upper = scale.up(min(mixed, frobenius_norm(scaled).value));
  constexpr std::size_t rank = R < C ? R : C;
  const L rounded_up =
      fma(upper, detail::units<L>(R * C + 4), upper) +
      select(upper > broadcast<L>(0), broadcast<L>(std::numeric_limits<T>::denorm_min()), broadcast<L>(0));
  // σ₁ ≥ ‖A‖_F/√rank ≥ upper/√rank.
  const L below = rounded_up * (broadcast<L>(1) - broadcast<L>(T(1) - T(4 * (R * C + 4)) * epsilon<T>) /
                                                      sqrt(broadcast<L>(static_cast<T>(rank))));
  return detail::estimated(rounded_up, below + broadcast<L>(2 * std::numeric_limits<T>::denorm_min()), size.bounded);
}

} // namespace saddle::inline SADDLE_ISA
