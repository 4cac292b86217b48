/// Reduction to upper bidiagonal form by reflections from both sides (Golub and Kahan), all lanes in lockstep.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/tridiagonal.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// The singular values of A (K columns, M ≥ K rows; `t` holds Aᵀ, row k of `t` is column k of A) as the positive
/// eigenvalues of the tridiagonal matrix of size 2K with a zero diagonal and the off-diagonal d₁, e₁, d₂, e₂, …, d_K,
/// which is the bidiagonal factor and its transpose, shuffled. Overwrites `t`. Cost 4MK² − 4K³/3 flops.
template <class L, std::size_t K, std::size_t M> constexpr vec<L, 2 * K> bidiagonalise(mat<L, K, M>& t) noexcept {
  vec<L, 2 * K> shuffled = zeros<L, 2 * K>();
  for (std::size_t k = 0; k < K; ++k) {
    L tail = broadcast<L>(0);
    for (std::size_t i = k + 1; i < M; ++i) tail = fma(t(k, i), t(k, i), tail);
    const householder<L> column = reflect(t(k, k), tail);
    shuffled[2 * k] = column.landing;
    for (std::size_t j = k + 1; j < K; ++j) {
      L s = t(j, k) * t(k, k);
      SADDLE_UNROLL
      for (std::size_t i = k + 1; i < M; ++i) s = fma(t(j, i), t(k, i), s);
      s = s * column.inverse;
      SADDLE_UNROLL
      for (std::size_t i = k; i < M; ++i) t(j, i) = fnma(s, t(k, i), t(j, i));
    }
    if (k + 1 >= K) break;
    // Row k of A, right of the diagonal, is spread over the rows of t: its reflection mixes whole rows.
    tail = broadcast<L>(0);
    for (std::size_t j = k + 2; j < K; ++j) tail = fma(t(j, k), t(j, k), tail);
    const householder<L> row = reflect(t(k + 1, k), tail);
    shuffled[2 * k + 1] = row.landing;
    for (std::size_t i = k + 1; i < M; ++i) {
      L s = t(k + 1, i) * t(k + 1, k);
      for (std::size_t j = k + 2; j < K; ++j) s = fma(t(j, i), t(j, k), s);
      s = s * row.inverse;
      for (std::size_t j = k + 1; j < K; ++j) t(j, i) = fnma(s, t(j, k), t(j, i));
    }
  }
  return shuffled;
}

} // namespace saddle::inline SADDLE_ISA::detail
