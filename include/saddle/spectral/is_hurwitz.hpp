/// Whether a flow ż = A·z converges, decided without eigenvalues.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/inertia.hpp>
#include <saddle/spectral/detail/tracked.hpp>
#include <saddle/spectral/spectral_abscissa.hpp>

namespace saddle::inline SADDLE_ISA {

namespace detail {

/// The inequalities of Routh and Hurwitz for λᴺ + aλᴺ⁻¹ + …, N ≤ 4, each as x > 0.
template <class L, std::size_t N> constexpr strictest<L> routh_hurwitz(const characteristic<L, N>& p) noexcept {
  strictest<L> r(p.c[0]);
  for (std::size_t i = 1; i < N; ++i) r.also(p.c[i]);
  if constexpr (N == 3) r.also(p.c[0] * p.c[1] - p.c[2]);
  if constexpr (N == 4) r.also((p.c[0] * p.c[1] - p.c[2]) * p.c[2] - p.c[0] * p.c[0] * p.c[3]);
  return r;
}

} // namespace detail

/// Is Re λ < 0 for every eigenvalue of A? yes and no hold with rounding counted in: up to N = 4 by a running
/// error bound, above by the measured backward error of symmetric eigenvalues (detail/estimate.hpp). Undecided means that the margin is
/// within error_bound. A game descends its field, ż = −F(z): ask for −J.
///
/// N ≤ 4: the Routh–Hurwitz inequalities on the characteristic polynomial of A, scaled to magnitude 1, with a running
/// error bound; the margin is the slack of the tightest one. Larger N: a certificate P with AᵀP + PA negative definite
/// (Lyapunov), see detail/inertia.hpp; the margin is the smallest eigenvalue that carries the proof, relative to its
/// matrix. A certificate exists unless *some* eigenvalue is on the axis; where it fails, the bounds of `spectral_abscissa`
/// of the scaled matrix may still decide, and its negative is the margin. Margins are signed and zero on the imaginary axis, but are no distances; they do not change when A is
/// multiplied by a power of two. status: ok, non_finite (then the verdict is undecided). Cost: a few dozen operations;
/// or about 180N³.
///
///     const auto s = saddle::is_hurwitz(saddle::mat<double, 2, 2>{{-1, 5, -5, -1}});
///     const bool stable = s.verdict == saddle::verdict::yes;   // λ = −1 ± 5i
template <class L, std::size_t N> constexpr stability<L> is_hurwitz(const mat<L, N, N>& a) noexcept {
  const auto size = detail::magnitude_of(a);
  const detail::power_scale<L> scale(size.largest);
  mat<L, N, N> scaled;
  for (std::size_t i = 0; i < N * N; ++i) scaled.v[i] = scale.down(a.v[i]);
  if constexpr (N <= 4) {
    const auto s = detail::routh_hurwitz(detail::characteristic<L, N>(scaled));
    return detail::judged(s.margin, s.error, size.bounded);
  } else {
    const mat<L, N, N> p = detail::inertia_candidate(scaled), half = detail::product(p, scaled);
    mat<L, N, N> image;
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) image(i, j) = -(half(i, j) + half(j, i));
    // Element by element: a product rounds by N·ε/2 of the product of the magnitudes.
    const mat<L, N, N> rounding = detail::product(detail::magnitudes(p), detail::magnitudes(scaled));
    const L norms = detail::largest_row_sum(rounding + transpose(rounding));
    const L error = norms * detail::units<L>(N / 2 + 3);
    const auto certificate = detail::judge_inertia(p, image, error);
    const auto abscissa = spectral_abscissa(scaled);
    return detail::judged(certificate, {-abscissa.value, abscissa.error_bound}, size.bounded);
  }
}

} // namespace saddle::inline SADDLE_ISA
