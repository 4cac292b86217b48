/// Linear solves of fixed size: LDLᵀ and Cholesky for symmetric positive definite matrices, LU with partial pivoting for the
/// rest.
///
/// On vectors every lane solves its own system with its own pivots, by `select`; the arithmetic and its order are those
/// of the scalar solve, so the bits are too.
#pragma once

#include <cstddef>

#include <saddle/linalg/mat.hpp>

namespace saddle::inline SADDLE_ISA {

/// A value and, lane by lane, whether it solves what was asked.
template <class X> struct solution {
  X z;
  mask_t<typename X::lane_type> solved;
};

namespace detail {

/// Whether what factors N × N matrices is left in loops: on vectors of them, where it is done once a run, and unrolled has
/// as much code as its steps.
template <class L, std::size_t N> inline constexpr bool short_factors = width<L> != 1 && N > 2;

template <class Factors, class L, std::size_t N, std::size_t C>
constexpr mat<L, N, C> solved_columns(const Factors& factors, mat<L, N, C> b) noexcept {
  each_index<short_factors<L, N>>(0, C, [&](std::size_t j) SADDLE_INLINE_LAMBDA {
    vec<L, N> column;
    for (std::size_t i = 0; i < N; ++i) column[i] = b(i, j);
    column = factors.solve(column);
    for (std::size_t i = 0; i < N; ++i) b(i, j) = column[i];
  });
  return b;
}

} // namespace detail

/// A = L·D·Lᵀ of a symmetric positive definite matrix, L with a unit diagonal; only the lower triangle of A is read. As
/// stable as Cholesky's factor, without its square roots, and a solve waits for half as many instructions in turn: what to
/// factor once and solve with at every step.
/// Cost N³/3 flops and N divisions; a solve 2N² flops.
template <class L, std::size_t N> struct ldlt {
  mat<L, N, N> lower;         ///< L below the diagonal, zero elsewhere: the ones on it are not stored
  vec<L, N> inverse_diagonal; ///< 1/Dᵢᵢ
  mask_t<L> solved;           ///< false where a pivot was not positive: A is not positive definite, or not finite

  explicit constexpr ldlt(const mat<L, N, N>& a) noexcept
      : lower(zero_matrix<L, N, N>()), inverse_diagonal(zeros<L, N>()), solved(mask_t<L>(true)) {
    mat<L, N, N> rest = a; // what is left of A; its columns turn into those of L·D one by one
    constexpr bool loops = detail::short_factors<L, N>;
    each_index<loops>(0, N, [&](std::size_t j) SADDLE_INLINE_LAMBDA {
      const L d = rest(j, j);
      const mask_t<L> positive = d > broadcast<L>(0), bounded = finite(d);
      solved = solved & positive & bounded;
      inverse_diagonal[j] = broadcast<L>(1) / d;
      each_index<loops>(j + 1, N,
                        [&](std::size_t i) SADDLE_INLINE_LAMBDA { lower(i, j) = rest(i, j) * inverse_diagonal[j]; });
      each_index<loops>(j + 1, N, [&](std::size_t l) SADDLE_INLINE_LAMBDA {
        each_index<loops>(
            l, N, [&](std::size_t i) SADDLE_INLINE_LAMBDA { rest(i, l) = fnma(rest(i, j), lower(l, j), rest(i, l)); });
      });
    });
  }

  /// The x of A·x = b.
  SADDLE_INLINE constexpr vec<L, N> solve(vec<L, N> b) const noexcept {
    SADDLE_UNROLL
    for (std::size_t i = 1; i < N; ++i) {
      SADDLE_UNROLL
      for (std::size_t k = 0; k < i; ++k) b[i] = fnma(lower(i, k), b[k], b[i]);
    }
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) b[i] = b[i] * inverse_diagonal[i];
    SADDLE_UNROLL
    for (std::size_t r = 1; r < N; ++r) {
      const std::size_t i = N - 1 - r;
      SADDLE_UNROLL
      for (std::size_t k = i + 1; k < N; ++k) b[i] = fnma(lower(k, i), b[k], b[i]);
    }
    return b;
  }

  /// The X of A·X = B, column by column.
  template <std::size_t C> constexpr mat<L, N, C> solve(const mat<L, N, C>& b) const noexcept {
    return detail::solved_columns(*this, b);
  }
};

/// A = L·Lᵀ of a symmetric positive definite matrix; only the lower triangle of A is read.
/// Cost N³/3 flops and N square roots and divisions; a solve 2N² flops.
template <class L, std::size_t N> struct cholesky {
  mat<L, N, N> lower;         ///< the factor; its strict upper triangle is zero
  vec<L, N> inverse_diagonal; ///< 1/Lᵢᵢ, so that a solve multiplies
  mask_t<L> solved;           ///< false where a pivot was not positive: A is not positive definite, or not finite

  explicit constexpr cholesky(const mat<L, N, N>& a) noexcept
      : lower(zero_matrix<L, N, N>()), inverse_diagonal(zeros<L, N>()), solved(mask_t<L>(true)) {
    SADDLE_UNROLL
    for (std::size_t j = 0; j < N; ++j) {
      L d = a(j, j);
      SADDLE_UNROLL
      for (std::size_t k = 0; k < j; ++k) d = fnma(lower(j, k), lower(j, k), d);
      const mask_t<L> positive = d > broadcast<L>(0), bounded = finite(d);
      solved = solved & positive & bounded;
      lower(j, j) = sqrt(d);
      inverse_diagonal[j] = broadcast<L>(1) / lower(j, j);
      SADDLE_UNROLL
      for (std::size_t i = j + 1; i < N; ++i) {
        L s = a(i, j);
        SADDLE_UNROLL
        for (std::size_t k = 0; k < j; ++k) s = fnma(lower(i, k), lower(j, k), s);
        lower(i, j) = s * inverse_diagonal[j];
      }
    }
  }

  /// The x of A·x = b.
  SADDLE_INLINE constexpr vec<L, N> solve(vec<L, N> b) const noexcept {
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) {
      SADDLE_UNROLL
      for (std::size_t k = 0; k < i; ++k) b[i] = fnma(lower(i, k), b[k], b[i]);
      b[i] = b[i] * inverse_diagonal[i];
    }
    SADDLE_UNROLL
    for (std::size_t r = 0; r < N; ++r) {
      const std::size_t i = N - 1 - r;
      SADDLE_UNROLL
      for (std::size_t k = i + 1; k < N; ++k) b[i] = fnma(lower(k, i), b[k], b[i]);
      b[i] = b[i] * inverse_diagonal[i];
    }
    return b;
  }

  /// The X of A·X = B, column by column.
  template <std::size_t C> constexpr mat<L, N, C> solve(const mat<L, N, C>& b) const noexcept {
    return detail::solved_columns(*this, b);
  }
};

/// P·A = L·U with partial pivoting. Cost 2N³/3 flops, and N³/3 selections for the row exchanges; a solve 2N² flops.
template <class L, std::size_t N> struct lu {
  mat<L, N, N> factors;               ///< U on and above the diagonal, L's multipliers below (its diagonal is 1)
  vec<L, N> inverse_diagonal;         ///< 1/Uᵢᵢ
  mask_t<L> exchanged[N * N];         ///< [k·N + i]: at column k, rows k and i changed places
  mask_t<L> solved = mask_t<L>(true); ///< false where a pivot was zero or not finite

  explicit constexpr lu(const mat<L, N, N>& a) noexcept : factors(a), inverse_diagonal(zeros<L, N>()), exchanged{} {
    for (std::size_t k = 0; k < N; ++k) {
      for (std::size_t i = k + 1; i < N; ++i) {
        const auto larger = abs(factors(i, k)) > abs(factors(k, k));
        exchanged[k * N + i] = larger;
        for (std::size_t j = 0; j < N; ++j) {
          const L above = factors(k, j), below = factors(i, j);
          factors(k, j) = select(larger, below, above);
          factors(i, j) = select(larger, above, below);
        }
      }
      const L pivot = factors(k, k);
      const mask_t<L> nonzero = abs(pivot) > broadcast<L>(0), bounded = finite(pivot);
      solved = solved & nonzero & bounded;
      inverse_diagonal[k] = broadcast<L>(1) / pivot;
      for (std::size_t i = k + 1; i < N; ++i) {
        const L m = factors(i, k) * inverse_diagonal[k];
        factors(i, k) = m;
        for (std::size_t j = k + 1; j < N; ++j) factors(i, j) = fnma(m, factors(k, j), factors(i, j));
      }
    }
  }

  /// The x of A·x = b.
  constexpr vec<L, N> solve(vec<L, N> b) const noexcept {
    for (std::size_t k = 0; k < N; ++k)
      for (std::size_t i = k + 1; i < N; ++i) {
        const L above = b[k], below = b[i];
        b[k] = select(exchanged[k * N + i], below, above);
        b[i] = select(exchanged[k * N + i], above, below);
      }
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t k = 0; k < i; ++k) b[i] = fnma(factors(i, k), b[k], b[i]);
    for (std::size_t r = 0; r < N; ++r) {
      const std::size_t i = N - 1 - r;
      for (std::size_t k = i + 1; k < N; ++k) b[i] = fnma(factors(i, k), b[k], b[i]);
      b[i] = b[i] * inverse_diagonal[i];
    }
    return b;
  }
};

} // namespace saddle::inline SADDLE_ISA
