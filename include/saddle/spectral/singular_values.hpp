/// Singular values and singular vectors of rectangular matrices.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/spectral/detail/bidiagonal.hpp>
#include <saddle/spectral/detail/one_sided_jacobi.hpp>
#include <saddle/spectral/detail/outcome.hpp>

namespace saddle::inline SADDLE_ISA {

/// σ₁ ≥ … ≥ σ_K ≥ 0.
template <class L, std::size_t K> struct singular_spectrum {
  vec<L, K> values;
  per_lane<saddle::status, width<L>> status;
};

/// A = U·diag(σ)·Vᵀ with orthonormal columns in U (R × K) and V (C × K), K = min(R, C).
template <class L, std::size_t R, std::size_t C> struct singular_decomposition {
  static constexpr std::size_t rank_limit = R < C ? R : C;
  mat<L, R, rank_limit> u;
  vec<L, rank_limit> values;
  mat<L, C, rank_limit> v;
  per_lane<saddle::status, width<L>> status;
};

namespace detail {

/// From this many columns on, bidiagonalisation is faster than Jacobi (measured, AVX-512, double).
inline constexpr std::size_t bidiagonal_from = 16;

/// The columns of A (or its rows, if those are fewer) as rows of the result, scaled.
template <class L, std::size_t R, std::size_t C, class Scale> SADDLE_INLINE constexpr auto
columns_scaled(const mat<L, R, C>& a, const mask_t<L>& bounded, const Scale& scale) noexcept {
  constexpr bool wide = R < C;
  mat<L, (wide ? R : C), (wide ? C : R)> w;
  for (std::size_t i = 0; i < w.rows; ++i)
    for (std::size_t j = 0; j < w.columns; ++j) {
      const L x = wide ? a(i, j) : a(j, i);
      w(i, j) = select(bounded, scale.down(x), broadcast<L>(0));
    }
  return w;
}

/// Rows at least this long have been seen at a right angle to each other. The product of two that are shorter may be so
/// small that its square, which decides whether they are turned, is nothing. What is dropped with a row as short is far below
/// the ε of the matrix: 2^-37 of its largest element in float, 2^-463 in double.
template <class T> inline constexpr T
    shortest_seen = two_to<T>((std::numeric_limits<T>::min_exponent + 3 * std::numeric_limits<T>::digits) / 4);

/// Makes all rows of `u` orthonormal, which those of a length of `shortest_seen` and more are. The rows are in order of
/// their lengths, `values`, and were divided by them. A short row keeps what the longer ones have not got of it. Where that
/// is next to nothing it becomes an axis: the one that they cover least has at least (M − k)/M of its square left over.
/// Twice orthogonalised, both lose no digits.
template <class L, std::size_t K, std::size_t M>
constexpr void complete_rows(mat<L, K, M>& u, const vec<L, K>& values) noexcept {
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), one = broadcast<L>(1);
  for (std::size_t k = 0; k < K; ++k) {
    const auto doubtful = values[k] < broadcast<L>(shortest_seen<T>);
    if (!any(doubtful)) continue;
    vec<L, M> x;
    for (std::size_t j = 0; j < M; ++j) x[j] = u(k, j);
    const auto leave_rest = [&] {
      for (int pass = 0; pass < 2; ++pass)
        for (std::size_t i = 0; i < k; ++i) {
          L s = zero;
          for (std::size_t j = 0; j < M; ++j) s = fma(u(i, j), x[j], s);
          for (std::size_t j = 0; j < M; ++j) x[j] = fnma(s, u(i, j), x[j]);
        }
    };
    leave_rest();
    const auto nothing = dot(x, x) < broadcast<L>(T(0x1p-20));
    const auto missing = doubtful & nothing;
    if (any(missing)) {
      const vec<L, M> rest = x;
      L least = broadcast<L>(2);
      for (std::size_t j = 0; j < M; ++j) {
        L covered = zero;
        for (std::size_t i = 0; i < k; ++i) covered = fma(u(i, j), u(i, j), covered);
        const auto less = covered < least;
        least = select(less, covered, least);
        for (std::size_t i = 0; i < j; ++i) x[i] = select(less, zero, x[i]);
        x[j] = select(less, one, zero);
      }
      leave_rest();
      for (std::size_t j = 0; j < M; ++j) x[j] = select(missing, x[j], rest[j]);
    }
    const L inverse = one / sqrt(dot(x, x));
    for (std::size_t j = 0; j < M; ++j) u(k, j) = select(doubtful, x[j] * inverse, u(k, j));
  }
}

} // namespace detail

/// Vectors in flight that serve a batch of matrices best, K the smaller of their two sizes: a sequence of square roots and
/// divisions leaves room for another one (measured, AVX-512, double: 809 → 627 ns at 8, 3472 → 2639 at 16).
template <std::size_t K> inline constexpr std::size_t singular_value_vectors = K >= 2 && K <= 16 ? 2 : 1;

/// The singular values of A, descending.
///
/// Up to 15 rows or columns (the smaller count): one-sided Jacobi. With A = B·D, D diagonal, every σ has a relative error
/// of a few ε·cond(B): a badly scaled A costs nothing. Columns are A's where C ≤ R, its rows otherwise. Digits are kept
/// down to 2^-480 (double) or 2^-45 (float) of the largest element. From 16 on: bidiagonalisation and QL sweeps, where
/// errors are relative to σ₁; `singular_vectors` always uses Jacobi, for those who need small values of large matrices.
/// Special values: a NaN or an infinity gives NaN and `non_finite` in its lane; a σ₁ beyond the largest number is
/// infinite and `non_finite`. σ(2ᵏ·A) = 2ᵏ·σ(A) exactly wherever both sides are normal numbers.
/// A lane has the bits of the scalar function, whatever its neighbours hold.
/// Cost: about 3K²M flops a sweep, 4 to 8 sweeps; or 4MK² flops and about 40K² operations.
/// status: ok, non_finite, not_converged (never seen).
///
///     const saddle::mat<double, 2, 3> a{{3, 0, 0, 0, 0, 4}};
///     const auto s = saddle::singular_values(a);   // values 4, 3
template <class L, std::size_t R, std::size_t C>
constexpr singular_spectrum<L, (R < C ? R : C)> singular_values(const mat<L, R, C>& a) noexcept {
  using T = scalar_t<L>;
  constexpr std::size_t K = R < C ? R : C;
  const detail::magnitude<L> size = detail::magnitude_of(a);
  mask_t<L> finished(true), bounded = size.bounded;
  vec<L, K> values;
  if constexpr (K < detail::bidiagonal_from) {
    const detail::power_scale<L, detail::jacobi_exponent<T>> scale(size.largest);
    auto w = detail::columns_scaled(a, size.bounded, scale);
    finished = detail::orthogonalise_rows(w, values);
    detail::sort(values);
    for (std::size_t k = 0; k < K; ++k) values[k] = scale.up(sqrt(values[k]));
  } else {
    const detail::power_scale<L> scale(size.largest);
    auto w = detail::columns_scaled(a, size.bounded, scale);
    auto below = detail::bidiagonalise(w);
    auto diagonal = zeros<L, 2 * K>();
    finished = detail::ql_values(diagonal, below);
    detail::sort(diagonal);
    for (std::size_t k = 0; k < K; ++k) values[k] = scale.up(max(diagonal[K + k], broadcast<L>(0)));
  }
  singular_spectrum<L, K> r;
  for (std::size_t k = 0; k < K; ++k) {
    r.values[k] = select(size.bounded, values[K - 1 - k], detail::nan<L>());
    const auto representable = finite(r.values[k]);
    bounded = bounded & representable;
  }
  r.status = detail::status_of<L>(bounded, finished);
  return r;
}

/// The singular value decomposition of A, by one-sided Jacobi at every size: see `singular_values`.
///
/// ‖A − UΣVᵀ‖ and the orthogonality of U and V are a few ε·max(R, C); columns of U that belong to singular values of zero,
/// or below about 2^-37 (float) or 2^-463 (double) of the largest, are completed to an orthonormal set. The signs of a pair
/// of vectors are not fixed. Cost about 5K²(R + C) flops a sweep.
///
///     const auto d = saddle::singular_vectors(saddle::mat<double, 2, 2>{{0, 2, 1, 0}});
///     const double s = d.values[0];   // 2, with u₁ = ±e₁ and v₁ = ±e₂
template <class L, std::size_t R, std::size_t C>
constexpr singular_decomposition<L, R, C> singular_vectors(const mat<L, R, C>& a) noexcept {
  using T = scalar_t<L>;
  constexpr bool wide = R < C;
  constexpr std::size_t K = wide ? R : C;
  const detail::magnitude<L> size = detail::magnitude_of(a);
  const detail::power_scale<L, detail::jacobi_exponent<T>> scale(size.largest);
  auto w = detail::columns_scaled(a, size.bounded, scale);
  auto turned = identity<L, K>();
  vec<L, K> values;
  const mask_t<L> finished = detail::orthogonalise_rows(w, values, turned);
  detail::sort<true>(values, w, turned);
  for (std::size_t k = 0; k < K; ++k) {
    values[k] = sqrt(values[k]);
    const auto zero = values[k] == broadcast<L>(0);
    const L inverse = broadcast<L>(1) / select(zero, broadcast<L>(1), values[k]);
    for (std::size_t j = 0; j < w.columns; ++j) w(k, j) = select(zero, broadcast<L>(0), w(k, j) * inverse);
  }
  detail::complete_rows(w, values);
  singular_decomposition<L, R, C> r;
  mask_t<L> bounded = size.bounded;
  const auto columns_of = [&](auto& to, const auto& rows) {
    for (std::size_t i = 0; i < to.rows; ++i)
      for (std::size_t k = 0; k < K; ++k) to(i, k) = select(size.bounded, rows(k, i), detail::nan<L>());
  };
  if constexpr (wide) {
    columns_of(r.u, turned);
    columns_of(r.v, w);
  } else {
    columns_of(r.u, w);
    columns_of(r.v, turned);
  }
  for (std::size_t k = 0; k < K; ++k) {
    r.values[k] = select(size.bounded, scale.up(values[k]), detail::nan<L>());
    const auto representable = finite(r.values[k]);
    bounded = bounded & representable;
  }
  r.status = detail::status_of<L>(bounded, finished);
  return r;
}

} // namespace saddle::inline SADDLE_ISA
