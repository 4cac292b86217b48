#pragma once

#include <saddle/games/detail/expectation.hpp>
#include <saddle/games/detail/loss.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The Dirac-GAN with instance noise (Mescheder et al. 2018): ε ~ N(0, s²) is added to the true point 0 and to the
/// generated point θ before the discriminator D(x) = ωx sees them.
///
///     U(θ, ω) = E f(ω(θ + ε)) + E f(−ωε)         F(z) = (E ωf'(ω(θ + ε)), −E (θ + ε)f'(ω(θ + ε)) − E εf'(ωε))
///
/// f(t) = −log(1 + e⁻ᵗ). At 0 the eigenvalues of J are −f''s² ± √(f''²s⁴ − f'²): it converges for every s > 0.
/// The expectations are Gauss–Hermite sums of 16 nodes: deterministic, with an
/// error of 1e-15 for |ω|s = ¼, 1e-14 for ½, 1e-8 for 1, 4e-5 for 2.
/// Cost of a field: 32 `sigmoid`.
///
///     saddle::games::noisy_dirac_gan<double> game{.noise = 0.7};
template <class L> struct noisy_dirac_gan {
  using lane_type = L;
  using point_type = point<L, 1, 1>;
  template <class M> using rebind = noisy_dirac_gan<M>;
  L noise; ///< s

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.noise...);
  }

  template <class M> constexpr point<M, 1, 1> field(const point<M, 1, 1>& z) const noexcept {
    const M theta = z.theta[0], omega = z.omega[0];
    return detail::expectation<M>(detail::normal_rule, [&](const M& node) -> point<M, 1, 1> {
      const M e = noise * node, x = theta + e;
      const M seen = detail::slope<gan_loss::saturating>(omega * x),
              truth = detail::slope<gan_loss::saturating>(omega * e);
      return {{omega * seen}, {-fma(x, seen, e * truth)}};
    });
  }

  constexpr solution<point_type> equilibrium() const noexcept {
    return {{zeros<L, 1>(), zeros<L, 1>()}, mask_t<L>(true)};
  }
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
