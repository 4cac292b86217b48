/// Where the eigenvalue computation works.
#pragma once

#include <cstddef>

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// A square matrix with room behind each row: rows of 16 or more vectors start a power of two apart, so that the
/// elements of a column compete for the same few cache sets. One element more spreads them.
template <class L, std::size_t N> struct workspace {
  static constexpr std::size_t stride = N >= 8 ? N + 1 : N;
  L v[N * stride];

  SADDLE_INLINE constexpr L& operator()(std::size_t i, std::size_t j) noexcept { return v[i * stride + j]; }
  SADDLE_INLINE constexpr const L& operator()(std::size_t i, std::size_t j) const noexcept { return v[i * stride + j]; }
};

} // namespace saddle::inline SADDLE_ISA::detail
