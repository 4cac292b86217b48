/// Eigenvalues of small real matrices without symmetry, alone or one matrix a lane.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/spectral/detail/balance.hpp>
#include <saddle/spectral/detail/francis.hpp>
#include <saddle/spectral/detail/two_by_two.hpp>
#include <saddle/status.hpp>

namespace saddle::inline SADDLE_ISA {

/// Eigenvalues λₖ = re[k] + i·im[k] of one matrix a number of the lane.
///
/// Real eigenvalues have im exactly 0. Complex ones come as neighbours, exactly conjugate, the one with im > 0 first. The
/// order is that of the diagonal of the real Schur form at which the iteration ends: the same for the same matrix on
/// every lane type, but not sorted.
template <class L, std::size_t N> struct spectrum {
  vec<L, N> re, im;
  per_lane<saddle::status, width<L>> status; ///< ok, not_converged or non_finite, for each matrix
  per_lane<int, width<L>> iterations;        ///< QR sweeps each matrix took
};

namespace detail {

/// The eigenvalues on the diagonal of a quasi-triangular matrix, times `unit`.
template <class L, std::size_t N>
constexpr void read_diagonal(const workspace<L, N>& h, const L& unit, spectrum<L, N>& r) noexcept {
  const L zero = broadcast<L>(0);
  for (std::size_t k = 0; k < N; ++k) {
    r.re[k] = h(k, k);
    r.im[k] = zero;
  }
  mask_t<L> second(false);
  for (std::size_t k = 0; k + 1 < N; ++k) {
    const mask_t<L> apart = h(k + 1, k) == zero;
    const mask_t<L> first = !(apart | second);
    second = first;
    if (!any(first)) continue;
    const auto pair = two_by_two(h(k, k), h(k, k + 1), h(k + 1, k), h(k + 1, k + 1));
    r.re[k] = select(first, pair.first, r.re[k]);
    r.re[k + 1] = select(first, pair.second, r.re[k + 1]);
    r.im[k] = select(first, pair.im, r.im[k]);
    r.im[k + 1] = select(first & !pair.real, -pair.im, r.im[k + 1]);
  }
  // The sum makes every zero positive: their signs inside depend on the windows of the neighbours.
  for (std::size_t k = 0; k < N; ++k) {
    r.re[k] = unit * r.re[k] + zero;
    r.im[k] = unit * r.im[k] + zero;
  }
}

/// Says where an eigenvalue is too large for a number.
template <class L, std::size_t N> constexpr void judge_size(spectrum<L, N>& r) noexcept {
  const L zero = broadcast<L>(0);
  L probe = zero;
  for (std::size_t k = 0; k < N; ++k) probe = fma(zero, r.re[k], fma(zero, r.im[k], probe));
  const mask_t<L> bounded = probe == zero;
  if (all(bounded)) [[likely]]
    return;
  for (std::size_t i = 0; i < width<L>; ++i)
    if (!get(bounded, i)) r.status[i] = status::non_finite;
}

/// Balances what is uneven and returns the power of two that then brings the matrices to the neighbourhood of 1. In this
/// order: scaled first, a 10⁻²⁰⁰ beside a 10²⁰⁰ would be gone, and with it the eigenvalues ±1.
template <class L, std::size_t N> [[gnu::noinline]] constexpr L
balanced_normaliser(const mat<L, N, N>& a, workspace<L, N>& h, const mask_t<L>& uneven, const L& unit) noexcept {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) h(i, j) = a(i, j);
  balance(h, uneven, unit);
  return normaliser(lengths<L, N>(h, unit).total());
}

/// The eigenvalues times `unit`, a power of two with which the lengths are finite. It is no part of f: the two together may
/// be below the normal numbers.
template <class L, std::size_t N> constexpr spectrum<L, N>
finite_eigenvalues(const mat<L, N, N>& a, const lengths<L, N>& sizes, const L& unit = broadcast<L>(1)) noexcept {
  using T = scalar_t<L>;
  spectrum<L, N> r;
  workspace<L, N> h;
  L f;
  const mask_t<L> uneven = sizes.uneven();
  if (any(uneven)) {
    f = balanced_normaliser(a, h, uneven, unit);
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) h(i, j) = f * h(i, j);
  } else {
    f = normaliser(sizes.total());
    for (std::size_t i = 0; i < N; ++i) {
      SADDLE_UNROLL
      for (std::size_t j = 0; j < N; ++j) h(i, j) = f * a(i, j);
    }
  }
  const mask_t<L> reduced = unit < broadcast<L>(1);
  if (any(reduced)) [[unlikely]]
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) h(i, j) *= unit;
  to_hessenberg(h);
  francis<L, N> qr(h);
  qr.run();
  read_diagonal(h, broadcast<L>(1) / f, r);
  T sweeps[width<L>]{};
  store(sweeps, qr.sweeps);
  for (std::size_t i = 0; i < width<L>; ++i) r.iterations[i] = static_cast<int>(sweeps[i]);
  if (any(qr.active)) [[unlikely]]
    for (std::size_t i = 0; i < width<L>; ++i)
      if (get(qr.active, i)) r.status[i] = status::not_converged;
  judge_size(r);
  return r;
}

/// Where entries, or their sums, are infinite or NaN. Rare, so out of the way.
template <class L, std::size_t N> [[gnu::noinline]] constexpr spectrum<L, N>
guarded_eigenvalues(const mat<L, N, N>& a, const mask_t<L>& sums_fit) noexcept {
  using T = scalar_t<L>;
  mask_t<L> bounded(true);
  for (std::size_t i = 0; i < N * N; ++i) {
    const mask_t<L> entry = finite(a.v[i]);
    bounded = bounded & entry;
  }
  // 2⁻¹² makes room for the sum of 32 · 32 entries.
  const L shrink = select(sums_fit, broadcast<L>(1), broadcast<L>(T(1) / 4096));
  mat<L, N, N> tame;
  for (std::size_t i = 0; i < N * N; ++i) tame.v[i] = select(bounded, a.v[i], broadcast<L>(0));
  spectrum<L, N> r = finite_eigenvalues(tame, lengths<L, N>(tame, shrink), shrink);
  const L nan = broadcast<L>(std::numeric_limits<T>::quiet_NaN());
  const L grow = broadcast<L>(1) / shrink;
  for (std::size_t k = 0; k < N; ++k) {
    r.re[k] = select(bounded, grow * r.re[k], nan);
    r.im[k] = select(bounded, grow * r.im[k], nan);
  }
  judge_size(r); // NaN included
  return r;
}

} // namespace detail

/// Vectors in flight that serve a batch of N × N matrices best: `group<native_lane<T>, eigenvalue_vectors<N>>`. Two hide
/// each other's square roots and divisions, though more matrices wait for their slowest (measured, AVX-512 with two
/// multiply-adds a cycle, Zen 5, double: 48 → 32 ns at 3, 446 → 340 at 8, 1600 → 1380 at 16, 12200 → 9200 at 32).
template <std::size_t N> inline constexpr std::size_t eigenvalue_vectors = N >= 3 ? 2 : 1;

/// All eigenvalues of a real N × N matrix, N = 1 to 32: A x = λ x.
///
/// N = 1, 2 in closed form; else balancing by powers of two, of the entries as they are, where rows and columns are very
/// uneven (Parlett & Reinsch 1969), Householder reduction to Hessenberg form, Francis' implicit double-shift QR (Golub &
/// Van Loan, ch. 7.5) with the deflation test of Ahues & Tisseur (1997) and LAPACK's exceptional shifts. The last three or four rows, and matrices of
/// up to sixteen, get their shifts from the characteristic polynomial, which takes less than half of the sweeps.
///
/// Accuracy: each λ is an eigenvalue of a matrix within a small multiple of N·ε·‖A‖ of A, so an eigenvalue of condition
/// κ is found to κ·N·ε·‖A‖, a k-fold defective one to about (ε‖A‖)^(1/k).
///
/// The entries may have any size: A is first brought to the neighbourhood of 1 by a power of two. As long as no entry or
/// result is denormal, eigenvalues(2ᵏ A) = 2ᵏ eigenvalues(A) exactly. Triangular matrices give their diagonal exactly if
/// they are upper triangular.
///
/// Every lane type computes the same bits as the scalar, next to any neighbours. A vector takes as many sweeps as its
/// slowest matrix; none takes more than 30·max(N, 10).
///
/// Cost about 10N³ flops, no memory beyond N² + O(N) lanes on the stack; usable in constant expressions.
///
/// Status: ok; non_finite where an entry is NaN or infinite (no sweep, the eigenvalues are NaN), or an eigenvalue is beyond
/// the largest number (it is infinite, the others are not); not_converged where the cap was reached, when the eigenvalues
/// are estimates.
///
///     saddle::mat<double, 2, 2> j{{0, 1, -1, 0}};
///     auto s = saddle::eigenvalues(j);   // ±i
///     bool turns = s.im[0] > 0;
template <class L, std::size_t N> constexpr spectrum<L, N> eigenvalues(const mat<L, N, N>& a) noexcept {
  static_assert(N <= 32, "saddle::eigenvalues is for matrices of size 1 to 32");
  if constexpr (N <= 2) {
    const L nothing = broadcast<L>(0);
    L probe = nothing * a.v[0];
    for (std::size_t i = 1; i < N * N; ++i) probe += nothing * a.v[i];
    const mask_t<L> bounded = probe == nothing;
    spectrum<L, N> r;
    if constexpr (N == 1) {
      r.re[0] = a.v[0];
      r.im[0] = nothing;
    } else {
      const auto pair = detail::two_by_two(a(0, 0), a(0, 1), a(1, 0), a(1, 1));
      r.re[0] = pair.first;
      r.re[1] = pair.second;
      r.im[0] = pair.im;
      r.im[1] = select(pair.real, nothing, -pair.im);
    }
    if (!all(bounded)) [[unlikely]] {
      const L nan = broadcast<L>(std::numeric_limits<scalar_t<L>>::quiet_NaN());
      for (std::size_t k = 0; k < N; ++k) {
        r.re[k] = select(bounded, r.re[k], nan);
        r.im[k] = select(bounded, r.im[k], nan);
      }
    }
    detail::judge_size(r);
    return r;
  } else {
    const detail::lengths<L, N> sizes(a);
    const mask_t<L> sums_fit = finite(sizes.total());
    if (!all(sums_fit)) [[unlikely]]
      return detail::guarded_eigenvalues(a, sums_fit);
    return detail::finite_eigenvalues(a, sizes);
  }
}

} // namespace saddle::inline SADDLE_ISA
