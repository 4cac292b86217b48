/// Certificates of stability without eigenvalues, for every size: Lyapunov's theorem and its converse by inertia. The
/// theorems are exact; the bound on rounding is the measured backward error of symmetric eigenvalues.
///
/// If P = Pᵀ and AᵀP + PA is negative definite, then A has no eigenvalue on the imaginary axis and as many to its right as
/// P has negative eigenvalues (Ostrowski, Schneider 1962). The same with P − AᵀPA positive definite and the unit circle,
/// negative eigenvalues of P counting those outside (Stein, Taussky). So *any* P that passes the test decides, and it does
/// not matter how it was found or with how much rounding: only the test has to be rigorous.
#pragma once

#include <cstddef>

#include <saddle/linalg/solve.hpp>
#include <saddle/spectral/detail/estimate.hpp>
#include <saddle/spectral/symmetric_eigenvalues.hpp>

namespace saddle::inline SADDLE_ISA::detail {

inline constexpr int sign_iterations = 40;

/// The X of A·X = B, column by column; not finite where A is singular.
template <class L, std::size_t N> constexpr mat<L, N, N> quotient(const mat<L, N, N>& a, mat<L, N, N> b) noexcept {
  const lu<L, N> factored(a);
  for (std::size_t j = 0; j < N; ++j) {
    vec<L, N> column;
    for (std::size_t i = 0; i < N; ++i) column[i] = b(i, j);
    column = factored.solve(column);
    for (std::size_t i = 0; i < N; ++i) b(i, j) = column[i];
  }
  return b;
}

/// A P for which HᵀP + PH is negative definite whenever H has no imaginary eigenvalue; NaN where the iteration broke down.
///
/// Newton's iteration for the matrix sign S of H, and along with it Q ← (μQ + S⁻ᵀQS⁻¹/μ)/2 (Roberts 1971), from Q = I.
/// Q keeps the two diagonal blocks of the invariant subspaces and loses the mixed ones, so P = −(SᵀQ + QS)/4 solves
/// HᵀP + PH = −(ΠₛᵀΠₛ + ΠᵤᵀΠᵤ), with the projectors Πₛ + Πᵤ = I on the left and the right half.
template <class L, std::size_t N> constexpr mat<L, N, N> inertia_candidate(const mat<L, N, N>& h) noexcept {
  using T = scalar_t<L>;
  const L half = broadcast<L>(T(0.5));
  mat<L, N, N> s = h, q = identity<L, N>();
  mask_t<L> active(true);
  for (int k = 0; k < sign_iterations; ++k) {
    const mat<L, N, N> inverse = quotient(s, identity<L, N>());
    const L before = largest_row_sum(s), mu = sqrt(largest_row_sum(inverse) / before), back = half / mu, up = half * mu;
    const mat<L, N, N> folded = product(transpose(inverse), product(q, inverse));
    L change = broadcast<L>(0);
    for (std::size_t i = 0; i < N * N; ++i) {
      const L next = fma(up, s.v[i], back * inverse.v[i]);
      change = max(abs(next - s.v[i]), change);
      s.v[i] = select(active, next, s.v[i]);
      q.v[i] = select(active, fma(up, q.v[i], back * folded.v[i]), q.v[i]);
    }
    // Quadratic convergence: a change of √ε was the last but one that mattered.
    const auto still = change > broadcast<L>(two_to<T>(-std::numeric_limits<T>::digits * 2 / 3)) * before;
    active = active & still;
    if (!any(active)) break;
  }
  const mat<L, N, N> image = product(transpose(s), q);
  mat<L, N, N> p;
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) p(i, j) = broadcast<L>(T(-0.25)) * (image(i, j) + image(j, i));
  return p;
}

/// A margin and its error bound, and whether they decide.
template <class L> struct evidence {
  L margin, error;
  constexpr mask_t<L> decides() const noexcept { return abs(margin) > error; }
};

/// What P proves, given the image M of P that has to be positive definite and a bound of the norm of its
/// rounding error.
/// The margin is relative: the smallest |eigenvalue| that carries the proof, over the norm of its matrix.
template <class L, std::size_t N>
constexpr evidence<L> judge_inertia(const mat<L, N, N>& p, const mat<L, N, N>& image, const L& image_error) noexcept {
  const L zero = broadcast<L>(0);
  const auto of_p = symmetric_eigenvalues(p), of_image = symmetric_eigenvalues(image);
  const L p_norm = max(abs(of_p.values[0]), abs(of_p.values[N - 1]));
  const L image_norm = max(abs(of_image.values[0]), abs(of_image.values[N - 1]));
  // Twice the backward error that the tests hold the eigenvalues to.
  const L relative = broadcast<L>(2) * backward_error<L>(N), error = max(relative + image_error / image_norm, relative);
  const L proof = of_image.values[0] / image_norm, nearest = of_p.values[0] / p_norm;
  const auto certified = proof > error, positive = nearest > zero;
  const L signed_margin = select(positive, min(proof, nearest), max(-proof, nearest));
  return {select(certified, signed_margin, zero), error};
}

/// `first` where it decides, `second` elsewhere.
template <class L>
constexpr stability<L> judged(const evidence<L>& first, const evidence<L>& second, const mask_t<L>& bounded) noexcept {
  const auto decided = first.decides();
  return judged(select(decided, first.margin, second.margin), select(decided, first.error, second.error), bounded);
}

} // namespace saddle::inline SADDLE_ISA::detail
