/// The extreme eigenvalues of the symmetric part of a matrix: how monotone a linear field is.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/estimate.hpp>
#include <saddle/spectral/symmetric_eigenvalues.hpp>

namespace saddle::inline SADDLE_ISA {

/// smallest ≤ xᵀAx/xᵀx ≤ largest, both attained; each within `error_bound`.
template <class L> struct quadratic_range {
  L smallest, largest;
  L error_bound;
  per_lane<saddle::status, width<L>> status;
};

/// λmin and λmax of (A + Aᵀ)/2. For the Jacobian of a field, λmin is its constant of (strong) monotonicity μ:
/// ⟨F(z) − F(z'), z − z'⟩ ≥ μ‖z − z'‖². Also λmin ≤ Re λ(A) ≤ λmax (Bendixson).
/// error_bound = (2N + 10)·ε·max(|λmin|, |λmax|): the backward error that the tests hold `symmetric_eigenvalues` to,
/// and N·ε for the rounding of A + Aᵀ. Cost that of `symmetric_eigenvalues`. status: as there.
///
///     const auto mu = saddle::symmetric_part(saddle::mat<double, 2, 2>{{1, 5, -5, 3}}).smallest;   // 1
template <class L, std::size_t N> constexpr quadratic_range<L> symmetric_part(const mat<L, N, N>& a) noexcept {
  using T = scalar_t<L>;
  const L half = broadcast<L>(T(0.5));
  mat<L, N, N> s = zero_matrix<L, N, N>();
  // Halves first: a sum of two large numbers may be too large. Only elements below 2·min lose a bit by it.
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j <= i; ++j) s(i, j) = i == j ? a(i, i) : half * a(i, j) + half * a(j, i);
  const auto spectrum = symmetric_eigenvalues(s);
  quadratic_range<L> r;
  r.smallest = spectrum.values[0];
  r.largest = spectrum.values[N - 1];
  const L norm = max(abs(r.smallest), abs(r.largest));
  r.error_bound = fma(norm, detail::backward_error<L>(2 * N),
                      broadcast<L>(static_cast<T>(N) * std::numeric_limits<T>::denorm_min()));
  r.status = spectrum.status;
  return r;
}

} // namespace saddle::inline SADDLE_ISA
