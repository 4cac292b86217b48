/// Whether an iteration z ← A·z converges, decided without eigenvalues.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/inertia.hpp>
#include <saddle/spectral/detail/tracked.hpp>
#include <saddle/spectral/spectral_radius.hpp>

namespace saddle::inline SADDLE_ISA {

namespace detail {

/// Jury's inequalities for λᴺ + aλᴺ⁻¹ + …, N ≤ 4, each as x > 0; the last one of the quartic times (1 − d)².
template <class L, std::size_t N> constexpr strictest<L> jury(const characteristic<L, N>& p) noexcept {
  using number = tracked<L>;
  const number one = number::exact(broadcast<L>(1));
  const number a = p.c[0];
  if constexpr (N == 1) {
    return strictest<L>(one - abs(a));
  } else if constexpr (N == 2) {
    const number b = p.c[1];
    strictest<L> r(one - b);
    r.also(one + b - abs(a));
    return r;
  } else if constexpr (N == 3) {
    const number b = p.c[1], c = p.c[2];
    strictest<L> r(one - abs(c));
    r.also(one + b - abs(a + c));
    r.also(one - c * c - b + a * c);
    return r;
  } else {
    const number b = p.c[1], c = p.c[2], d = p.c[3], e = c - a * d, f = one - d;
    strictest<L> r(one - d * d - abs(e));
    r.also(b + d + one - abs(a + c));
    r.also((one + d - b) * f * f + e * (a - c));
    return r;
  }
}

} // namespace detail

/// Is |λ| < 1 for every eigenvalue of A? yes and no hold with rounding counted in: up to N = 4 by a running
/// error bound, above by the measured backward error of symmetric eigenvalues (detail/estimate.hpp). Undecided means that the margin is
/// within error_bound.
///
/// N ≤ 4: Jury's inequalities on the characteristic polynomial with a running error bound; the margin is the slack of the
/// tightest one. Larger N: a certificate P with P − AᵀPA positive definite (Stein), see detail/inertia.hpp; the margin
/// is the smallest eigenvalue that carries the proof, relative to its matrix. A certificate exists unless *some* eigenvalue
/// is on the unit circle; where it fails, the bounds of `spectral_radius` may still decide, and the margin is 1 − ρ.
/// Margins are signed and zero on the unit circle, but are no distances. A matrix so large that its polynomial overflows
/// is undecided.
/// status: ok, non_finite (then the verdict is undecided). Cost: a few dozen operations; or about 150N³.
///
///     const auto s = saddle::is_schur_stable(saddle::mat<double, 2, 2>{{0.5, -0.5, 0.5, 0.5}});
///     const bool stable = s.verdict == saddle::verdict::yes;   // |λ| = √½
template <class L, std::size_t N> constexpr stability<L> is_schur_stable(const mat<L, N, N>& a) noexcept {
  const auto size = detail::magnitude_of(a);
  if constexpr (N <= 4) {
    const auto s = detail::jury(detail::characteristic<L, N>(a));
    return detail::judged(s.margin, s.error, size.bounded);
  } else {
    const mat<L, N, N> one = identity<L, N>();
    const mat<L, N, N> p = detail::inertia_candidate(detail::quotient(a + one, a - one));
    const mat<L, N, N> image = p - detail::product(transpose(a), detail::product(p, a));
    // Element by element: a product rounds by N·ε/2 of the product of the magnitudes.
    const mat<L, N, N> m = detail::magnitudes(a), of_p = detail::magnitudes(p);
    const mat<L, N, N> twice = detail::product(transpose(m), detail::product(of_p, m));
    const L error = detail::largest_row_sum(twice + of_p) * detail::units<L>(N + 4);
    const auto certificate = detail::judge_inertia(p, image, error);
    const auto radius = spectral_radius(a);
    return detail::judged(certificate, {broadcast<L>(1) - radius.value, radius.error_bound}, size.bounded);
  }
}

} // namespace saddle::inline SADDLE_ISA
