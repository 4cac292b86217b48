#pragma once

#include <saddle/games/detail/loss.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The Dirac-GAN (Mescheder, Geiger, Nowozin 2018): the true distribution is a point at 0, the generated one a point at
/// θ, the discriminator D(x) = ωx. With t = θω and f of `gan_loss`:
///
///     F(z) = (ω f'(t),  −θ f'(t) + γ₁ω + γ_p(|ω| − g₀) sgn ω)            non-saturating: ω f'(−t) in the first
///
/// γ₁ is the penalty on the true point's gradient (R1), γ_p that of WGAN-GP with target slope g₀; both zero leave the
/// plain game, whose eigenvalues ±if'(0) no step of `simultaneous` brings inside the circle. With R1 alone they are
/// γ₁/2 ± √(γ₁²/4 − f'(0)²), double at γ₁ = 2f'(0). WGAN-GP has a kink at ω = 0 and no linearisation there: sgn 0 = 1.
/// Clipping the critic is the projection on a box, `projected<Rule>`; instance noise is `noisy_dirac_gan`; consensus is
/// the rule.
/// Cost of a field: one `sigmoid` (two if not zero-sum, none for Wasserstein), six multiply-adds.
///
///     saddle::games::dirac_gan<double> game{.r1 = 0.3};
template <class L, gan_loss Loss = gan_loss::saturating> struct dirac_gan {
  using lane_type = L;
  using point_type = point<L, 1, 1>;
  template <class M> using rebind = dirac_gan<M, Loss>;
  L r1 = broadcast<L>(0);      ///< γ₁
  L penalty = broadcast<L>(0); ///< γ_p
  L target = broadcast<L>(1);  ///< g₀

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.r1...);
    walk(f, x.penalty...);
    walk(f, x.target...);
  }

  /// A template over the lane, so that dual numbers differentiate it.
  template <class M> SADDLE_INLINE constexpr point<M, 1, 1> field(const point<M, 1, 1>& z) const noexcept {
    const M theta = z.theta[0], omega = z.omega[0];
    const M t = theta * omega;
    const M critic = detail::slope<Loss>(t);
    const M generator = Loss == gan_loss::non_saturating ? detail::slope<Loss>(-t) : critic;
    const auto negative = omega < broadcast<M>(0);
    const M side = select(negative, -omega, omega) - target;
    const M pull = fma(r1, omega, penalty * select(negative, -side, side));
    return {{omega * generator}, {fnma(theta, critic, pull)}};
  }

  /// z = 0, where every variant rests. Unsolved with WGAN-GP, γ_p g₀ ≠ 0: its field jumps from side to side there, and
  /// rests nowhere.
  constexpr solution<point_type> equilibrium() const noexcept {
    return {{zeros<L, 1>(), zeros<L, 1>()}, penalty * target == broadcast<L>(0)};
  }
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
