/// Phases of a GAN with a kernel discriminator near one true point, and far from all (Becker et al. 2022). Derived: the
/// linearisation is worked out here, the paper's own numbering of its results is not followed.
///
/// One true point of mass p at x₀, N generated points of masses p̃ⱼ at x̃ⱼ = x₀ + uⱼ, Δ = p − Σp̃ⱼ, a kernel with
/// K(0) = 1 and curvature −K''(0) = 1/σ². At the equilibrium f = (Δ/λ)K(x₀, ·). With g the slope of f − f* at x₀, and
/// k = Δ/(λσ²), one step of `simultaneous` with steps ηg of the points and ηd of the discriminator is to first order
///
///     uⱼ⁺ = (1 − ηg p̃ⱼk) uⱼ + ηg p̃ⱼ g        g⁺ = (1 − ηdλ) g − (ηd/σ²) Σ p̃ⱼuⱼ
///
/// in every coordinate of the space alike. L is any lane.
#pragma once

#include <cstddef>

#include <saddle/stability/linearised.hpp>

namespace saddle::inline SADDLE_ISA {
namespace theory {

/// The game of (u, g) as a linear one, θ = u and ω = g, for any rule: `rate(rule, isolated_point(…), {.eta = {ηg, ηd}})`.
template <class L, std::size_t N> constexpr linearised<point<L, N, 1>>
isolated_point(const L& true_mass, const vec<L, N>& mass, const L& lambda, const L& sigma) noexcept {
  const L curvature = broadcast<L>(1) / (sigma * sigma);
  L surplus = true_mass;
  for (std::size_t j = 0; j < N; ++j) surplus = surplus - mass[j];
  const L k = surplus * curvature / lambda;
  linearised<point<L, N, 1>> r{zero_matrix<L, N + 1, N + 1>()};
  for (std::size_t j = 0; j < N; ++j) {
    r.J(j, j) = mass[j] * k;
    r.J(j, N) = -mass[j];
    r.J(N, j) = mass[j] * curvature;
  }
  r.J(N, N) = lambda;
  return r;
}

/// What decides the phase of a balanced point, Δ = 0: eigenvalue 1 for each of the N − 1 relative positions, and
/// z² − (2 − ηdλ)z + 1 − ηdλ + ηdηgP/σ² = 0 with P = Σp̃ⱼ².
template <class L> struct balanced_point {
  L generator_step, discriminator_step; ///< ηg, ηd
  L lambda, sigma;
  L square_mass; ///< P

  /// ηdηgP/σ²
  constexpr L coupling() const noexcept { return discriminator_step * generator_step * square_mass / (sigma * sigma); }
  /// Converges with `simultaneous`: λ > ηgP/σ² and 2ηdλ < 4 + ηdηgP/σ².
  constexpr mask_t<L> converges() const noexcept {
    const L damping = discriminator_step * lambda;
    const mask_t<L> damped = damping > coupling(), bounded = broadcast<L>(2) * damping < broadcast<L>(4) + coupling();
    return damped & bounded;
  }
  /// Turns around the true point, eigenvalues complex: λ < λ_c.
  constexpr mask_t<L> oscillates() const noexcept { return lambda < critical_lambda(); }
  /// λ_c = 2√(ηgP/ηd)/σ, where two eigenvalues meet.
  constexpr L critical_lambda() const noexcept {
    return broadcast<L>(2) * sqrt(generator_step * square_mass / discriminator_step) / sigma;
  }
  /// |z| of both eigenvalues where they are complex: √(1 − ηdλ + ηdηgP/σ²).
  constexpr L modulus() const noexcept { return sqrt(broadcast<L>(1) - discriminator_step * lambda + coupling()); }
  /// Converges with `alternating`: ηdηgP/σ² + 2ηdλ < 4 and λ > 0, however small.
  constexpr mask_t<L> converges_alternating() const noexcept {
    const mask_t<L> bounded = coupling() + broadcast<L>(2) * discriminator_step * lambda < broadcast<L>(4);
    const mask_t<L> damped = lambda > broadcast<L>(0);
    return bounded & damped;
  }
};

/// A lone generated point of mass m that no true point reaches, with `simultaneous`: it comes to rest iff
/// λ² > c = ηgm²/(ηdσ²) and ηd(λ − c/λ) < 2, else its own past drives it on. Eigenvalues 1 and 1 − ηd(λ − c/λ).
template <class L> constexpr mask_t<L> lone_point_rests(const L& generator_step, const L& discriminator_step,
                                                        const L& lambda, const L& sigma, const L& mass) noexcept {
  const L pushed = generator_step * mass * mass / (discriminator_step * sigma * sigma);
  const mask_t<L> damped = lambda * lambda > pushed;
  const mask_t<L> bounded = discriminator_step * (lambda - pushed / lambda) < broadcast<L>(2);
  return damped & bounded;
}

} // namespace theory
} // namespace saddle::inline SADDLE_ISA
