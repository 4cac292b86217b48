/// A dense R × C matrix of lanes, row-major: an aggregate without padding, usable in constant expressions.
#pragma once

#include <cstddef>

#include <saddle/linalg/vec.hpp>

namespace saddle::inline SADDLE_ISA {

template <class L, std::size_t R, std::size_t C> struct mat {
  static_assert(R >= 1 && C >= 1, "saddle::mat needs at least one row and one column");
  using lane_type = L;
  template <class M> using rebind = mat<M, R, C>;
  static constexpr std::size_t rows = R, columns = C;
  L v[R * C];

  constexpr L& operator()(std::size_t i, std::size_t j) noexcept { return v[i * C + j]; }
  constexpr const L& operator()(std::size_t i, std::size_t j) const noexcept { return v[i * C + j]; }

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    if constexpr (R * C <= 8) {
      for (std::size_t i = 0; i < R * C; ++i) walk(f, x.v[i]...);
    } else {
      // By rows, so that both loops unroll: of one long loop that copies, g++ 12 makes a call of memcpy, which sends a
      // block of games through memory (one step a pass in L1: 1.6x slower).
      SADDLE_UNROLL
      for (std::size_t i = 0; i < R; ++i) {
        SADDLE_UNROLL
        for (std::size_t j = 0; j < C; ++j) walk(f, x.v[i * C + j]...);
      }
    }
  }

  SADDLE_INLINE friend constexpr mat operator+(const mat& a, const mat& b) noexcept {
    mat r;
    for (std::size_t i = 0; i < R * C; ++i) r.v[i] = a.v[i] + b.v[i];
    return r;
  }
  SADDLE_INLINE friend constexpr mat operator-(const mat& a, const mat& b) noexcept {
    mat r;
    for (std::size_t i = 0; i < R * C; ++i) r.v[i] = a.v[i] - b.v[i];
    return r;
  }
  SADDLE_INLINE friend constexpr mat operator*(const L& s, const mat& a) noexcept {
    mat r;
    for (std::size_t i = 0; i < R * C; ++i) r.v[i] = s * a.v[i];
    return r;
  }
  SADDLE_INLINE friend constexpr mat operator-(const mat& a) noexcept {
    mat r;
    for (std::size_t i = 0; i < R * C; ++i) r.v[i] = -a.v[i];
    return r;
  }
};

template <class L, std::size_t R, std::size_t C> constexpr mat<L, R, C> zero_matrix() noexcept {
  mat<L, R, C> r;
  for (std::size_t i = 0; i < R * C; ++i) r.v[i] = broadcast<L>(0);
  return r;
}

template <class L, std::size_t N> constexpr mat<L, N, N> identity() noexcept {
  mat<L, N, N> r = zero_matrix<L, N, N>();
  for (std::size_t i = 0; i < N; ++i) r(i, i) = broadcast<L>(1);
  return r;
}

template <class L, std::size_t R, std::size_t C> constexpr mat<L, C, R> transpose(const mat<L, R, C>& a) noexcept {
  mat<L, C, R> r;
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < C; ++j) r(j, i) = a(i, j);
  return r;
}

/// A·B, every element summed over k from 0 on.
template <class L, std::size_t R, std::size_t K, std::size_t C>
SADDLE_INLINE constexpr mat<L, R, C> operator*(const mat<L, R, K>& a, const mat<L, K, C>& b) noexcept {
  mat<L, R, C> r;
  SADDLE_UNROLL
  for (std::size_t i = 0; i < R; ++i) {
    SADDLE_UNROLL
    for (std::size_t j = 0; j < C; ++j) {
      L s = a(i, 0) * b(0, j);
      SADDLE_UNROLL
      for (std::size_t k = 1; k < K; ++k) s = fma(a(i, k), b(k, j), s);
      r(i, j) = s;
    }
  }
  return r;
}

/// Whether a product with R rows is a loop of one row, where code is to be short. So many rows do not fit the registers
/// anyway (SSE2, quadratic 8 × 8: two thirds of the code, 0.5 to 1.0 times the time). Both loops are spelt out where it is
/// asked: through a lambda, as in each_index, g++ 12 gives registers to other things (simultaneous, bilinear 2 × 2 on AVX2:
/// 1.28 times as long).
template <std::size_t R> inline constexpr bool short_rows = R > 4 && small_code;

/// A·x, every element summed over j from 0 on.
template <class L, std::size_t R, std::size_t C>
SADDLE_INLINE constexpr vec<L, R> operator*(const mat<L, R, C>& a, const vec<L, C>& x) noexcept {
  vec<L, R> r;
  SADDLE_UNROLL
  for (std::size_t i = 0; i < R; ++i) {
    L s = a(i, 0) * x[0];
    SADDLE_UNROLL
    for (std::size_t j = 1; j < C; ++j) s = fma(a(i, j), x[j], s);
    r[i] = s;
  }
  return r;
}

/// b + A·x
template <class L, std::size_t R, std::size_t C>
SADDLE_INLINE constexpr vec<L, R> fma(const mat<L, R, C>& a, const vec<L, C>& x, vec<L, R> b) noexcept {
  if constexpr (short_rows<R>) {
    SADDLE_NO_UNROLL
    for (std::size_t i = 0; i < R; ++i) {
      SADDLE_UNROLL
      for (std::size_t j = 0; j < C; ++j) b[i] = fma(a(i, j), x[j], b[i]);
    }
  } else {
    SADDLE_UNROLL
    for (std::size_t i = 0; i < R; ++i) {
      SADDLE_UNROLL
      for (std::size_t j = 0; j < C; ++j) b[i] = fma(a(i, j), x[j], b[i]);
    }
  }
  return b;
}

/// b − A·x
template <class L, std::size_t R, std::size_t C>
SADDLE_INLINE constexpr vec<L, R> fnma(const mat<L, R, C>& a, const vec<L, C>& x, vec<L, R> b) noexcept {
  SADDLE_UNROLL
  for (std::size_t i = 0; i < R; ++i) {
    SADDLE_UNROLL
    for (std::size_t j = 0; j < C; ++j) b[i] = fnma(a(i, j), x[j], b[i]);
  }
  return b;
}

/// Aᵀ·x without forming the transpose.
template <class L, std::size_t R, std::size_t C>
SADDLE_INLINE constexpr vec<L, C> transposed_product(const mat<L, R, C>& a, const vec<L, R>& x) noexcept {
  vec<L, C> r;
  SADDLE_UNROLL
  for (std::size_t j = 0; j < C; ++j) r[j] = a(0, j) * x[0];
  if constexpr (short_rows<R>) {
    SADDLE_NO_UNROLL
    for (std::size_t i = 1; i < R; ++i) {
      SADDLE_UNROLL
      for (std::size_t j = 0; j < C; ++j) r[j] = fma(a(i, j), x[i], r[j]);
    }
  } else {
    SADDLE_UNROLL
    for (std::size_t i = 1; i < R; ++i) {
      SADDLE_UNROLL
      for (std::size_t j = 0; j < C; ++j) r[j] = fma(a(i, j), x[i], r[j]);
    }
  }
  return r;
}

} // namespace saddle::inline SADDLE_ISA
