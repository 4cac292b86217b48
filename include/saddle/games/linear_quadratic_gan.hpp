#pragma once

#include <saddle/games/detail/expectation.hpp>
#include <saddle/games/detail/loss.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The linear-quadratic GAN (Nagarajan & Kolter 2017): a linear generator of a normal latent learns a normal
/// distribution from a quadratic discriminator.
///
///     x ~ N(m, s²)    G(ξ) = aξ + b, ξ ~ N(0, 1)    D(x) = w₂x² + w₁x    θ = (a, b), ω = (w₂, w₁)
///     U(θ, ω) = E f(D(x)) + E f(−D(G(ξ)))
///
/// Equilibrium (a, b, w₂, w₁) = (s, m, 0, 0). Wasserstein: U = w₂(m² + s² − a² − b²) + w₁(m − b), J there is skew and
/// nothing but the rule or `gradient_penalty` makes it converge. Expectations are Gauss–Hermite sums of 16 nodes, exact
/// for Wasserstein up to rounding. Cost of a field: 32 `sigmoid`, none for Wasserstein.
///
///     saddle::games::linear_quadratic_gan<double> game{.mean = 1, .deviation = 0.5};
template <class L, gan_loss Loss = gan_loss::saturating> struct linear_quadratic_gan {
  using lane_type = L;
  using point_type = point<L, 2, 2>;
  template <class M> using rebind = linear_quadratic_gan<M, Loss>;
  L mean;      ///< m
  L deviation; ///< s

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.mean...);
    walk(f, x.deviation...);
  }

  template <class M> constexpr point<M, 2, 2> field(const point<M, 2, 2>& z) const noexcept {
    const M a = z.theta[0], b = z.theta[1], w2 = z.omega[0], w1 = z.omega[1];
    const auto verdict = [&](const M& x) { return x * fma(w2, x, w1); };
    return detail::expectation<M>(detail::normal_rule, [&](const M& node) -> point<M, 2, 2> {
      const M x = deviation * node + mean, made = fma(a, node, b);
      const M truth = detail::slope<Loss>(verdict(x)), seen = detail::slope<Loss>(-verdict(made));
      // dD/dx at the generated point, as much of it as the generator's loss lets through.
      const M push = fma(broadcast<M>(2) * w2, made, w1) * detail::generator_slope<Loss>(verdict(made));
      return {{-(push * node), -push}, {fnma(x * x, truth, made * made * seen), fnma(x, truth, made * seen)}};
    });
  }

  constexpr solution<point_type> equilibrium() const noexcept {
    return {{{{deviation, mean}}, zeros<L, 2>()}, mask_t<L>(true)};
  }
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
