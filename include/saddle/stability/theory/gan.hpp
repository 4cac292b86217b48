/// Local convergence of GAN training: Mescheder et al. (2017, 2018), Nagarajan & Kolter (2017).
///
/// J is the Jacobian of the field that is descended, so stable eigenvalues have positive real parts; both papers write
/// v = −F and the opposite sign.
#pragma once

#include <saddle/lane/scalar.hpp>
#include <saddle/stability/mode.hpp>

namespace saddle::inline SADDLE_ISA {
namespace theory {

/// The step below which I − hJ contracts along an eigenvalue μ of J, Re μ > 0. Published (Mescheder et al. 2017):
///
///     h < (1/Re μ) · 2/(1 + (Im μ/Re μ)²) = 2 Re μ/|μ|²
///
/// Exact; 0 or less where no step contracts, 0 for μ = 0. μ may have any size: 2 Re μ/|μ|² of (μ/s) over s.
template <class L> constexpr L largest_step(const mode<L>& mu) noexcept {
  const L zero = broadcast<L>(0), one = broadcast<L>(1), size = max(abs(mu.re), abs(mu.im));
  const mask_t<L> nothing = size == zero;
  const L s = select(nothing, one, size);
  const mode<L> unit{mu.re / s, mu.im / s};
  return select(nothing, zero, broadcast<L>(2) * unit.re / dot(unit, unit) / s);
}

/// A bound on |Im μ|/Re μ for the eigenvalues of J + γJᵀJ, the field of consensus optimisation, where the symmetric part
/// of J is positive semidefinite. Derived: s is the smallest singular value of J, k = ‖J − Jᵀ‖₂.
///
///     |Im μ|/Re μ ≤ k/(2γs²)
///
/// For a unit eigenvector v, Re μ ≥ γ‖Jv‖² ≥ γs² and 2|Im μ| = |v*(J − Jᵀ)v| ≤ k.
template <class L> constexpr L consensus_ratio(const L& gamma, const L& smallest, const L& skew) noexcept {
  return skew / (broadcast<L>(2) * gamma * smallest * smallest);
}

/// The bound of Mescheder et al. (2017, supplement) with c = min |v*(J + Jᵀ)v|/|v*(J − Jᵀ)v|: q ≤ 1/(c + 2s²γ). It is
/// not invariant under scaling and does not hold where ‖J − Jᵀ‖ > 1: `consensus_ratio` is its form that does, for c = 0.
template <class L> constexpr L consensus_ratio_published(const L& gamma, const L& smallest, const L& c) noexcept {
  return broadcast<L>(1) / (c + broadcast<L>(2) * smallest * smallest * gamma);
}

/// Alternating steps on a mode σ of a bilinear game, n_g of the generator and then n_d of the discriminator, each of size h:
/// bounded iff √(n_g n_d) hσ ≤ 2, and convergent for no h. Published (Mescheder et al. 2018). At equality the two
/// eigenvalues meet at −1 and trajectories grow like t, so the comparison is strict here.
template <class L> constexpr mask_t<L> alternating_bounded(int generator_steps, int discriminator_steps, const L& h,
                                                           const L& sigma) noexcept {
  const auto moves = static_cast<scalar_t<L>>(generator_steps * discriminator_steps);
  return broadcast<L>(moves) * h * h * sigma * sigma < broadcast<L>(4);
}

/// The Dirac-GAN with R1 penalty γ and `simultaneous`: converges iff h is below this. slope is f'(0), ½ for the GAN of
/// Goodfellow. Derived from the eigenvalues γ/2 ± √(γ²/4 − f'²): γ/f'² where they are complex, 2 over the larger one else.
template <class L> constexpr L dirac_r1_step(const L& gamma, const L& slope) noexcept {
  const L half = broadcast<L>(scalar_t<L>(0.5)) * gamma, square = half * half - slope * slope;
  const mask_t<L> turning = square < broadcast<L>(0);
  const L root = sqrt(max(broadcast<L>(0), square));
  return select(turning, gamma / (slope * slope), broadcast<L>(2) / (half + root));
}

/// The same for `alternating`: h²f'² + 2hγ < 4. Derived. Smaller than `dirac_r1_step` for strong penalties.
template <class L> constexpr L dirac_r1_step_alternating(const L& gamma, const L& slope) noexcept {
  const L square = slope * slope;
  return broadcast<L>(4) / (gamma + sqrt(gamma * gamma + broadcast<L>(4) * square));
}

/// Where the eigenvalues of J = [0 Pᵀ; −P Q] lie, θ before ω: Q ≻ 0 the discriminator's curvature, P of full column rank.
template <class L> struct spectral_bounds {
  L complex_low, complex_high; ///< of the real part of a complex eigenvalue
  L real_low;                  ///< below every real eigenvalue
};

/// Published (Nagarajan & Kolter 2017, lemma on their J): from the extreme eigenvalues of Q and the smallest of PᵀP,
///
///     Im μ ≠ 0:  ½λmin(Q) ≤ Re μ ≤ ½λmax(Q)
///     Im μ = 0:  μ ≥ λmin(Q)λmin(PᵀP)/(λmin(Q)λmax(Q) + λmin(PᵀP))
template <class L>
constexpr spectral_bounds<L> discriminator_bounds(const L& q_min, const L& q_max, const L& p_min) noexcept {
  const L half = broadcast<L>(scalar_t<L>(0.5));
  return {half * q_min, half * q_max, q_min * p_min / (q_min * q_max + p_min)};
}

/// With the generator's regulariser of weight γ. Derived: J is similar to the one with Q + 2γPPᵀ for Q (replace ω by
/// ω + 2γPθ), so the bounds of the lemma hold with that for every γ ≥ 0; p_max is the largest eigenvalue of PᵀP.
template <class L> constexpr spectral_bounds<L> regularised_bounds(const L& q_min, const L& q_max, const L& p_min,
                                                                   const L& p_max, const L& gamma) noexcept {
  return discriminator_bounds(q_min, q_max + broadcast<L>(2) * gamma * p_max, p_min);
}

/// Published (Nagarajan & Kolter 2017): the regularised flow is locally stable for 0 < γ < 1/(2λmax(Q)). By the similarity
/// above it is for every γ > 0.
template <class L> constexpr L regulariser_limit_published(const L& q_max) noexcept {
  return broadcast<L>(1) / (broadcast<L>(2) * q_max);
}

/// `gradient_penalty` with γ = {γ, 0} on the mode σ of a bilinear game. Derived: η < 2γ and 4ηγσ² < 4 + η²σ².
template <class L>
constexpr mask_t<L> gradient_penalty_converges(const L& eta, const L& gamma, const L& sigma) noexcept {
  const L two = broadcast<L>(2), four = broadcast<L>(4), s = sigma * sigma;
  const mask_t<L> damped = eta < two * gamma, bounded = four * eta * gamma * s < four + eta * eta * s;
  return damped & bounded;
}

} // namespace theory
} // namespace saddle::inline SADDLE_ISA
