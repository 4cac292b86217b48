/// Where first-order rules converge on bilinear games, exactly, and their best parameters (Zhang & Yu, ICLR 2020).
///
/// Every function takes one singular value σ of C and answers for its mode; a game converges where all its modes do.
/// Both players step with α: steps α₁, α₂ act as √(α₁α₂) after θ and ω are rescaled. J moves the players at once, GS one
/// after the other. β₁ and β₂ are
///
///     extragradient   α times the extrapolation steps γ₂ and γ₁ of the players (β₁ = αγ in `predictive`)
///     optimistic      what the gradient before weighs: z⁺ = z − α∇ + β∇₋  (α = 2η, β = η in `dynamics::optimistic`)
///     momentum        what the step before weighs: z⁺ = z − α∇ + β(z − z₋)
///
/// The conditions are those of Schur for the characteristic polynomials, so they are necessary and sufficient, but where
/// a comparison is decided by rounding. L is any lane; arguments are non-negative but the β of momentum.
#pragma once

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {
namespace theory {

/// J: never. λ² − 2λ + 1 + α²σ² has |λ|² = 1 + α²σ².
template <class L> constexpr mask_t<L> gradient_converges(const L&, const L&) noexcept { return mask_t<L>(false); }

/// GS: never converges, and stays bounded iff ασ < 2.
template <class L> constexpr mask_t<L> alternating_stays_bounded(const L& alpha, const L& sigma) noexcept {
  return alpha * sigma < broadcast<L>(2);
}

/// Extragradient, J. Published:
/// β₁β₂σ² + α² < β₁ + β₂,  2(β₁ + β₂)σ² < 4 + α²σ² + β₁β₂σ⁴,  α² + β₁β₂σ² > 0.
template <class L>
constexpr mask_t<L> extragradient_converges(const L& alpha, const L& beta1, const L& beta2, const L& sigma) noexcept {
  const L two = broadcast<L>(2), four = broadcast<L>(4);
  const L s = sigma * sigma, a = alpha * alpha, product = beta1 * beta2 * s, sum = beta1 + beta2;
  const mask_t<L> inside = product + a < sum, bounded = two * sum * s < four + s * (a + product);
  const mask_t<L> moves = a + product > broadcast<L>(0);
  return inside & bounded & moves;
}

/// Extragradient, GS. Published: β₁β₂σ² < β₁ + β₂,  (α² + 2β₁ + 2β₂)σ² < 4 + β₁β₂σ⁴,  α² + β₁β₂σ² > 0.
template <class L> constexpr mask_t<L> alternating_extragradient_converges(const L& alpha, const L& beta1,
                                                                           const L& beta2, const L& sigma) noexcept {
  const L two = broadcast<L>(2), four = broadcast<L>(4);
  const L s = sigma * sigma, a = alpha * alpha, product = beta1 * beta2 * s, sum = beta1 + beta2;
  const mask_t<L> inside = product < sum, bounded = (a + two * sum) * s < four + product * s;
  const mask_t<L> moves = a + product > broadcast<L>(0);
  return inside & bounded & moves;
}

/// Optimistic gradient, J. Published: |β₁β₂σ²| < 1,  (α − β₁)(α − β₂) > 0,  4 + (α + β₁)(α + β₂)σ² > 0,
/// α²(β₁²σ² + 1)(β₂²σ² + 1) < (β₁β₂σ² + 1)(2α(β₁ + β₂) + β₁β₂(β₁β₂σ² − 3)).
template <class L>
constexpr mask_t<L> optimistic_converges(const L& alpha, const L& beta1, const L& beta2, const L& sigma) noexcept {
  const L zero = broadcast<L>(0), one = broadcast<L>(1), two = broadcast<L>(2), three = broadcast<L>(3);
  const L four = broadcast<L>(4);
  const L s = sigma * sigma, pair = beta1 * beta2, product = pair * s;
  const mask_t<L> small = abs(product) < one;
  const mask_t<L> apart = (alpha - beta1) * (alpha - beta2) > zero;
  const mask_t<L> bounded = four + (alpha + beta1) * (alpha + beta2) * s > zero;
  const L left = alpha * alpha * (beta1 * beta1 * s + one) * (beta2 * beta2 * s + one);
  const L right = (product + one) * (two * alpha * (beta1 + beta2) + pair * (product - three));
  const mask_t<L> inside = left < right;
  return small & apart & bounded & inside;
}

namespace detail {
template <class L>
constexpr mask_t<L> alternating_optimistic(const L& alpha, const L& beta1, const L& beta2, const L& sigma) noexcept {
  const L zero = broadcast<L>(0), one = broadcast<L>(1), four = broadcast<L>(4);
  const L s = sigma * sigma, sum = one + beta1 * beta2 * s;
  const mask_t<L> apart = (alpha - beta1) * (alpha - beta2) > zero;
  const mask_t<L> bounded = (alpha + beta1) * (alpha + beta2) * s < four;
  const mask_t<L> inside = (alpha * beta1 * s + one) * (alpha * beta2 * s + one) > sum * sum;
  return apart & bounded & inside;
}
} // namespace detail

/// Optimistic gradient, GS. Corrected: |β₁β₂σ²| < 1,  (α − β₁)(α − β₂) > 0,  (α + β₁)(α + β₂)σ² < 4,
/// (αβ₁σ² + 1)(αβ₂σ² + 1) > (1 + β₁β₂σ²)². The first condition cannot be left out.
template <class L> constexpr mask_t<L> alternating_optimistic_converges(const L& alpha, const L& beta1, const L& beta2,
                                                                        const L& sigma) noexcept {
  const mask_t<L> small = abs(beta1 * beta2 * sigma * sigma) < broadcast<L>(1);
  const mask_t<L> rest = detail::alternating_optimistic(alpha, beta1, beta2, sigma);
  return small & rest;
}

/// The same without the first condition, as the paper's proof that GS contains J uses it: wrong for about one in five
/// hundred random parameters that it calls convergent.
template <class L> constexpr mask_t<L>
alternating_optimistic_converges_published(const L& alpha, const L& beta1, const L& beta2, const L& sigma) noexcept {
  return detail::alternating_optimistic(alpha, beta1, beta2, sigma);
}

/// Heavy-ball momentum, GS; with J it never converges. Published: |β₁β₂| < 1,  |β₁ + β₂ + 2 − α²σ²| < β₁β₂ + 3,
/// 4(β₁ + 1)(β₂ + 1) > α²σ²,  α²σ²β₁β₂ < (1 − β₁β₂)(2β₁β₂ − β₁ − β₂). It takes a negative β.
template <class L> constexpr mask_t<L> alternating_momentum_converges(const L& alpha, const L& beta1, const L& beta2,
                                                                      const L& sigma) noexcept {
  const L one = broadcast<L>(1), two = broadcast<L>(2), three = broadcast<L>(3), four = broadcast<L>(4);
  const L s = alpha * alpha * sigma * sigma, product = beta1 * beta2, sum = beta1 + beta2;
  const mask_t<L> small = abs(product) < one, middle = abs(sum + two - s) < product + three;
  const mask_t<L> bounded = four * (beta1 + one) * (beta2 + one) > s;
  const mask_t<L> inside = s * product < (one - product) * (two * product - sum);
  return small & middle & bounded & inside;
}

/// Heavy-ball momentum, J: never, whatever the signs of β₁ and β₂ (theorem 3.4).
template <class L> constexpr mask_t<L> momentum_converges(const L&, const L&, const L&, const L&) noexcept {
  return mask_t<L>(false);
}

/// The proximal-point method: always, (1 + α²σ²)λ² − 2λ + 1 has |λ|² = 1/(1 + α²σ²).
template <class L> constexpr mask_t<L> proximal_point_converges(const L& alpha, const L& sigma) noexcept {
  return alpha * sigma > broadcast<L>(0);
}

/// Optimistic gradient, J, with its best step and β = α/2: r ≈ 1 − 1/(6κ²) for large κ. Published, asymptotic.
template <class L> constexpr L optimistic_best_rate(const L& kappa) noexcept {
  return broadcast<L>(1) - broadcast<L>(1) / (broadcast<L>(6) * kappa * kappa);
}

/// Parameters and the spectral radius they reach on all modes between σ₁ and σr.
template <class L> struct tuned {
  L alpha, beta1, beta2;
  L rate;
};

/// Extragradient, J and GS: the limit α → 0 with β₁ = β₂ = 2/(σ₁² + σr²). Published (theorem 4.1):
/// r = (κ² − 1)/(κ² + 1), κ = σ₁/σr. No α > 0 reaches it.
template <class L> constexpr tuned<L> best_extragradient(const L& largest, const L& smallest) noexcept {
  const L top = largest * largest, low = smallest * smallest, beta = broadcast<L>(2) / (top + low);
  return {broadcast<L>(0), beta, beta, (top - low) / (top + low)};
}

/// Optimistic gradient, GS, with β₂ = 0: α = √2/σ₁, β₁ = √2σ₁/(σ₁² + σr²). Corrected: r = √((κ² − 1)/(κ² + 1)).
template <class L> constexpr tuned<L> best_alternating_optimistic(const L& largest, const L& smallest) noexcept {
  const L top = largest * largest, low = smallest * smallest, root2 = sqrt(broadcast<L>(2));
  return {root2 / largest, root2 * largest / (top + low), broadcast<L>(0), sqrt((top - low) / (top + low))};
}

/// The same with the rate as it stands in print, without the root: too small for every κ > 1.
template <class L>
constexpr tuned<L> best_alternating_optimistic_published(const L& largest, const L& smallest) noexcept {
  tuned<L> r = best_alternating_optimistic(largest, smallest);
  r.rate = r.rate * r.rate;
  return r;
}

} // namespace theory
} // namespace saddle::inline SADDLE_ISA
