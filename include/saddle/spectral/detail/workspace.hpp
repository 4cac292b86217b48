/// Where the eigenvalue computation works.
#pragma once

#include <cstddef>

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// A square matrix with room behind each row: rows of 16 or more vectors start a power of two apart, so that the
/// elements of a column compete for the same few cache sets. One element more spreads them.
template <class L, std::size_t N> struct workspace {
  using lane_type = L;
  static constexpr std::size_t rows = N, stride = N >= 8 ? N + 1 : N;
  L v[N * stride];

  SADDLE_INLINE constexpr L& operator()(std::size_t i, std::size_t j) noexcept { return v[i * stride + j]; }
  SADDLE_INLINE constexpr const L& operator()(std::size_t i, std::size_t j) const noexcept { return v[i * stride + j]; }
};

/// A square matrix of any size in the memory of a workspace. What is long sees vectors of matrices so: one body of code
/// serves all sizes (eigenvalues of seven sizes on AVX2: 294 KB, 471 with one each; 2 % slower). Single matrices keep
/// their size.
template <class L> struct any_size {
  using lane_type = L;
  static constexpr std::size_t rows =
      static_cast<std::size_t>(-1); ///< unknown: who reads row 3 has seen that there is one
  L* v;
  std::size_t stride;

  SADDLE_INLINE constexpr L& operator()(std::size_t i, std::size_t j) const noexcept { return v[i * stride + j]; }
};

template <class L, std::size_t N> SADDLE_INLINE constexpr decltype(auto) any_size_of(workspace<L, N>& h) noexcept {
  if constexpr (width<L> != 1) return any_size<L>{h.v, workspace<L, N>::stride};
  else return (h);
}

} // namespace saddle::inline SADDLE_ISA::detail
