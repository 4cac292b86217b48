#pragma once

#include <saddle/games/detail/expectation.hpp>
#include <saddle/games/detail/loss.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The toy GAN of Nagarajan & Kolter (2017): data x and latent ξ uniform on [−1, 1], generator G(ξ) = aξ, discriminator
/// D(x) = wx². θ = a, ω = w.
///
///     U(a, w) = E f(wx²) + E f(−wa²ξ²)
///
/// Equilibria (a, w) = (±1, 0). Wasserstein: F = (−⅔wa, −(1 − a²)/3), the flow conserves w² + a²/2 − log a and circles;
/// `gradient_penalty` makes it converge. Saturating: eigenvalues of J are 0.05 ± i√(1/9 − 0.0025).
/// Expectations are Gauss–Legendre sums of 16 nodes. Cost of a field: 32 `sigmoid`, none for Wasserstein.
///
///     saddle::games::uniform_gan<double, saddle::games::gan_loss::wasserstein> game;
template <class L, gan_loss Loss = gan_loss::saturating> struct uniform_gan {
  using lane_type = L;
  using point_type = point<L, 1, 1>;
  template <class M> using rebind = uniform_gan<M, Loss>;

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F&, X&...) noexcept {}

  template <class M> constexpr point<M, 1, 1> field(const point<M, 1, 1>& z) const noexcept {
    const M a = z.theta[0], w = z.omega[0];
    return detail::expectation<M>(detail::uniform_rule, [&](const M& node) -> point<M, 1, 1> {
      const M square = node * node, made = a * a * square;
      const M truth = detail::slope<Loss>(w * square), seen = detail::slope<Loss>(-(w * made));
      const M generator = detail::generator_slope<Loss>(w * made);
      return {{broadcast<M>(-2) * w * a * square * generator}, {fnma(square, truth, made * seen)}};
    });
  }

  /// (a, w) = (1, 0)
  constexpr solution<point_type> equilibrium() const noexcept {
    return {{{{broadcast<L>(1)}}, zeros<L, 1>()}, mask_t<L>(true)};
  }
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
