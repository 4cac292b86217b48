/// Reduction to Hessenberg form by Householder reflections.
#pragma once

#include <saddle/spectral/detail/reflector.hpp>
#include <saddle/spectral/detail/workspace.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// A ← Qᵀ A Q with zeros below the first subdiagonal. Golub & Van Loan, algorithm 7.4.2. Cost 10N³/3 flops.
template <class L, std::size_t N> constexpr void to_hessenberg(workspace<L, N>& a) noexcept {
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), one = broadcast<L>(1);
  for (std::size_t k = 0; k + 2 < N; ++k) {
    L v[N]; // from k + 1 on
    for (std::size_t i = k + 1; i < N; ++i) v[i] = a(i, k);
    // Two sums, so that one addition need not wait for the other.
    const auto squares = [&] {
      L even = v[k + 2] * v[k + 2], odd = zero;
      std::size_t i = k + 3;
      for (; i + 1 < N; i += 2) {
        odd = fma(v[i], v[i], odd);
        even = fma(v[i + 1], v[i + 1], even);
      }
      if (i < N) odd = fma(v[i], v[i], odd);
      return even + odd;
    };
    L rest = squares();
    L total = fma(v[k + 1], v[k + 1], rest), shrink = one;
    const mask_t<L> low = total < broadcast<L>(smallest_square<T>);
    if (any(low)) [[unlikely]] {
      const L up = select(low, broadcast<L>(enlargement<T>), one);
      shrink = select(low, broadcast<L>(1 / enlargement<T>), one);
      for (std::size_t i = k + 1; i < N; ++i) v[i] *= up;
      rest = squares();
      total = fma(v[k + 1], v[k + 1], rest);
    }
    mask_t<L> turns = rest > zero;
    if (!all(turns)) // zeros, or squares that underflow beside a large v[k + 1]
      for (std::size_t i = k + 2; i < N; ++i) {
        const mask_t<L> something = abs(v[i]) > zero;
        turns = turns | something;
      }
    const reflection<L> h(turns, v[k + 1], total);
    a(k + 1, k) = h.beta * shrink;
    v[k + 1] = one;
    for (std::size_t i = k + 2; i < N; ++i) {
      v[i] = h.v(v[i]);
      a(i, k) = zero;
    }

    // From the left, several columns at a time: their sums do not wait for each other, and a scalar's columns fill
    // a vector.
    constexpr std::size_t block = width<L> == 1 ? 8 : 4;
    std::size_t j = k + 1;
    for (; j + block <= N; j += block) {
      L s[block];
      SADDLE_UNROLL
      for (std::size_t c = 0; c < block; ++c) s[c] = a(k + 1, j + c);
      for (std::size_t i = k + 2; i < N; ++i) {
        SADDLE_UNROLL
        for (std::size_t c = 0; c < block; ++c) s[c] = fma(v[i], a(i, j + c), s[c]);
      }
      SADDLE_UNROLL
      for (std::size_t c = 0; c < block; ++c) s[c] *= h.tau;
      for (std::size_t i = k + 1; i < N; ++i) {
        SADDLE_UNROLL
        for (std::size_t c = 0; c < block; ++c) a(i, j + c) = fnma(v[i], s[c], a(i, j + c));
      }
    }
    for (; j < N; ++j) {
      L s = a(k + 1, j);
      for (std::size_t i = k + 2; i < N; ++i) s = fma(v[i], a(i, j), s);
      s *= h.tau;
      for (std::size_t i = k + 1; i < N; ++i) a(i, j) = fnma(v[i], s, a(i, j));
    }

    // From the right, several rows at a time.
    constexpr std::size_t rows = 4;
    std::size_t r = 0;
    for (; r + rows <= N; r += rows) {
      L s[rows];
      SADDLE_UNROLL
      for (std::size_t c = 0; c < rows; ++c) s[c] = a(r + c, k + 1);
      for (std::size_t i = k + 2; i < N; ++i) {
        SADDLE_UNROLL
        for (std::size_t c = 0; c < rows; ++c) s[c] = fma(v[i], a(r + c, i), s[c]);
      }
      SADDLE_UNROLL
      for (std::size_t c = 0; c < rows; ++c) s[c] *= h.tau;
      for (std::size_t i = k + 1; i < N; ++i) {
        SADDLE_UNROLL
        for (std::size_t c = 0; c < rows; ++c) a(r + c, i) = fnma(v[i], s[c], a(r + c, i));
      }
    }
    for (; r < N; ++r) {
      L s = a(r, k + 1);
      for (std::size_t i = k + 2; i < N; ++i) s = fma(v[i], a(r, i), s);
      s *= h.tau;
      for (std::size_t i = k + 1; i < N; ++i) a(r, i) = fnma(v[i], s, a(r, i));
    }
  }
}

} // namespace saddle::inline SADDLE_ISA::detail
