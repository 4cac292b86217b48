/// Eigenvalues and eigenvectors of symmetric matrices.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/outcome.hpp>
#include <saddle/spectral/detail/tridiagonal.hpp>

namespace saddle::inline SADDLE_ISA {

/// λ₁ ≤ … ≤ λ_N of a symmetric matrix.
template <class L, std::size_t N> struct symmetric_spectrum {
  vec<L, N> values;
  per_lane<saddle::status, width<L>> status;
};

/// A = Σ λₖ·xₖ·xₖᵀ: values ascending, xₖ is column k of `vectors`.
template <class L, std::size_t N> struct symmetric_decomposition {
  vec<L, N> values;
  mat<L, N, N> vectors;
  per_lane<saddle::status, width<L>> status;
};

namespace detail {

/// The eigenvalues of [[a, b], [b, c]], smaller first. The one of larger magnitude is a sum without cancellation; the
/// other follows from the determinant, which fma gives to the last place (Kahan), so it is accurate even where the
/// matrix is nearly singular.
template <class L> SADDLE_INLINE constexpr vec<L, 2> symmetric_pair(const L& a, const L& b, const L& c) noexcept {
  const L zero = broadcast<L>(0), half = broadcast<L>(scalar_t<L>(0.5));
  const L sum = a + c, difference = a - c, twice = b + b;
  const L root = sqrt(fma(difference, difference, twice * twice));
  const L far = half * select(sum < zero, sum - root, sum + root);
  const L square = b * b, lost = fnma(b, b, square);
  const L determinant = fma(a, c, -square) + lost;
  const auto nothing = far == zero, balanced = sum == zero;
  const L near = select(balanced, -far, determinant / select(nothing, broadcast<L>(1), far));
  return {min(far, near), max(near, far)};
}

template <class L, std::size_t N> SADDLE_INLINE constexpr mat<L, N, N>
lower_scaled(const mat<L, N, N>& a, const mask_t<L>& bounded, const power_scale<L>& scale) noexcept {
  mat<L, N, N> r = zero_matrix<L, N, N>();
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j <= i; ++j) r(i, j) = select(bounded, scale.down(a(i, j)), broadcast<L>(0));
  return r;
}

} // namespace detail

/// Vectors in flight that serve a batch of N × N matrices best: square roots and divisions of one leave room for another
/// (measured, AVX-512, double: 70 → 47 ns at 4, 277 → 206 at 8, 1147 → 898 at 16).
template <std::size_t N> inline constexpr std::size_t symmetric_eigenvalue_vectors = N >= 3 && N <= 16 ? 2 : 1;

/// The eigenvalues of the symmetric matrix whose lower triangle is that of `a`; the rest of `a` is not read.
///
/// Backward stable: they are exact for a matrix that differs by a few ε·‖A‖. N = 2 is a closed form, relatively accurate
/// where hardware has fma; larger N goes through tridiagonal form and root-free QL sweeps.
/// Special values: a NaN or an infinity gives NaN and `non_finite` in its lane; an eigenvalue beyond the largest number
/// is infinite and `non_finite`. Otherwise any finite matrix will do, subnormal or near overflow: it is scaled by a power
/// of two, so eigenvalues(2ᵏ·A) = 2ᵏ·eigenvalues(A) exactly wherever both sides are normal numbers.
/// A lane has the bits of the scalar function, whatever its neighbours hold.
/// Cost: (4/3)N³ + about 10N² flops and 4N² divisions. status: ok, non_finite, not_converged (never seen; the cap is 40
/// sweeps an eigenvalue).
///
///     const saddle::mat<double, 2, 2> a{{2, 1, 1, 2}};
///     const auto spectrum = saddle::symmetric_eigenvalues(a);   // values 1, 3
template <class L, std::size_t N>
constexpr symmetric_spectrum<L, N> symmetric_eigenvalues(const mat<L, N, N>& a) noexcept {
  const detail::magnitude<L> size = detail::magnitude_of<true>(a);
  const detail::power_scale<L> scale(size.largest);
  mat<L, N, N> work = detail::lower_scaled(a, size.bounded, scale);
  mask_t<L> finished(true);
  vec<L, N> values;
  if constexpr (N == 1) {
    values[0] = work(0, 0);
  } else if constexpr (N == 2) {
    values = detail::symmetric_pair(work(0, 0), work(1, 0), work(1, 1));
  } else {
    vec<L, N> inverse;
    auto t = detail::tridiagonalise(work, inverse);
    finished = detail::ql_values(t.diagonal, t.below);
    values = t.diagonal;
    detail::sort(values);
  }
  mask_t<L> bounded = size.bounded;
  for (std::size_t i = 0; i < N; ++i) {
    values[i] = select(size.bounded, scale.up(values[i]), detail::nan<L>());
    const auto representable = finite(values[i]);
    bounded = bounded & representable;
  }
  return {values, detail::status_of<L>(bounded, finished)};
}

/// Eigenvalues and orthonormal eigenvectors of the symmetric matrix whose lower triangle is that of `a`.
///
/// As `symmetric_eigenvalues`, whose values can differ in the last digits: here the sweeps are rotations. ‖AX − XΛ‖ and
/// ‖XᵀX − I‖ are a few N·ε (times ‖A‖). The sign of a vector is not fixed. Cost about 16N³ flops.
///
///     const auto d = saddle::symmetric_eigenvectors(saddle::mat<double, 2, 2>{{2, 1, 1, 2}});
///     const double along = d.vectors(0, 1);   // ±√½: the vector of λ = 3
template <class L, std::size_t N>
constexpr symmetric_decomposition<L, N> symmetric_eigenvectors(const mat<L, N, N>& a) noexcept {
  const detail::magnitude<L> size = detail::magnitude_of<true>(a);
  const detail::power_scale<L> scale(size.largest);
  mat<L, N, N> work = detail::lower_scaled(a, size.bounded, scale);
  vec<L, N> inverse;
  auto t = detail::tridiagonalise(work, inverse);
  // The rows of Qᵀ turn into eigenvectors: contiguous, as the rotations want them.
  mat<L, N, N> rows = detail::reflections_product(work, inverse);
  const mask_t<L> finished = detail::ql_vectors(t.diagonal, t.below, rows);
  detail::sort<false>(t.diagonal, rows);
  symmetric_decomposition<L, N> r;
  mask_t<L> bounded = size.bounded;
  for (std::size_t i = 0; i < N; ++i) {
    r.values[i] = select(size.bounded, scale.up(t.diagonal[i]), detail::nan<L>());
    const auto representable = finite(r.values[i]);
    bounded = bounded & representable;
    for (std::size_t j = 0; j < N; ++j) r.vectors(i, j) = select(size.bounded, rows(j, i), detail::nan<L>());
  }
  r.status = detail::status_of<L>(bounded, finished);
  return r;
}

} // namespace saddle::inline SADDLE_ISA
