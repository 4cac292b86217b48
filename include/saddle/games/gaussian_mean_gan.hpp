#pragma once

#include <cstddef>

#include <saddle/games/detail/expectation.hpp>
#include <saddle/lane/elementary.hpp>
#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The experiment of Zhang & Yu (2020): a generator ξ + φ that has to find the mean v of N(v, s²I), a discriminator that
/// looks in one direction through the sigmoid S. θ is φ, which minimises, and ω maximises.
///
///     U(φ, ω) = E S(ωᵀx) − E S(ωᵀ(ξ + φ)),      x ~ N(v, s²I), ξ ~ N(0, s²I)
///
/// Equilibrium (φ, ω) = (v, 0), where J = [0 −¼I; ¼I 0]: bilinear to first order.
/// ωᵀx is normal with deviation τ = s‖ω‖, so with e_k(μ) = E S⁽ᵏ⁾(μ + τζ), ζ ~ N(0, 1), a sum over 16 nodes, the field is
/// exact in every dimension:  F = (−ω e₁(ωᵀφ),  φ e₁(ωᵀφ) − v e₁(ωᵀv) + s²ω(e₂(ωᵀφ) − e₂(ωᵀv))).  The sampled game of
/// the paper has this one for its mean. The error of e₁ and e₂ is 2e-16 for τ = ¼, 1e-13 for ½,
/// 3e-8 for 1, 3e-4 for 2 (against a trapezoidal sum of 5000 points).
/// Cost of a field: 32 `sigmoid` and a square root, whatever D. The Jacobian is written out: τ has a kink at ω = 0 that
/// dual numbers would stumble over, though F has none.
///
///     saddle::games::gaussian_mean_gan<double, 2> game{.mean = {1, 1}, .deviation = 1};
template <class L, std::size_t D> struct gaussian_mean_gan {
  using lane_type = L;
  using point_type = point<L, D, D>;
  template <class M> using rebind = gaussian_mean_gan<M, D>;
  vec<L, D> mean; ///< v
  L deviation;    ///< s

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.mean...);
    walk(f, x.deviation...);
  }

  constexpr point_type field(const point_type& z) const noexcept {
    const moments truth = moments_at(dot(z.omega, mean), z), made = moments_at(dot(z.omega, z.theta), z);
    const L along = deviation * deviation * (made[1] - truth[1]);
    return {-(made[0] * z.omega), fma(along, z.omega, made[0] * z.theta - truth[0] * mean)};
  }

  constexpr mat<L, 2 * D, 2 * D> jacobian(const point_type& z) const noexcept {
    const vec<L, D>&phi = z.theta, &omega = z.omega;
    const moments truth = moments_at(dot(omega, mean), z), made = moments_at(dot(omega, phi), z);
    const L square = deviation * deviation;
    mat<L, 2 * D, 2 * D> j;
    for (std::size_t i = 0; i < D; ++i)
      for (std::size_t k = 0; k < D; ++k) {
        const L unit = broadcast<L>(i == k ? 1 : 0);
        // ∂e_m(ωᵀx)/∂ω = x e_{m+1} + s²ω e_{m+2}, for the normal density solves the heat equation.
        const auto gradient = [&](const moments& e, std::size_t m, const L& x) {
          return x * e[m] + square * omega[k] * e[m + 1];
        };
        j(i, k) = -(omega[i] * omega[k] * made[1]);
        j(i, D + k) = -(unit * made[0] + omega[i] * gradient(made, 1, phi[k]));
        j(D + k, i) = unit * made[0] + omega[i] * gradient(made, 1, phi[k]);
        j(D + i, D + k) = phi[i] * gradient(made, 1, phi[k]) - mean[i] * gradient(truth, 1, mean[k]) +
                          square * (unit * (made[1] - truth[1]) +
                                    omega[i] * (gradient(made, 2, phi[k]) - gradient(truth, 2, mean[k])));
      }
    return j;
  }

  constexpr point_type jvp(const point_type& z, const point_type& v) const noexcept {
    const auto j = jacobian(z);
    point_type r;
    for (std::size_t i = 0; i < 2 * D; ++i) {
      L sum = j(i, 0) * v[0];
      for (std::size_t k = 1; k < 2 * D; ++k) sum = fma(j(i, k), v[k], sum);
      r[i] = sum;
    }
    return r;
  }

  constexpr solution<point_type> equilibrium() const noexcept { return {{mean, zeros<L, D>()}, mask_t<L>(true)}; }

private:
  using moments = vec<L, 4>; ///< e₁, …, e₄

  constexpr moments moments_at(const L& center, const point_type& z) const noexcept {
    const L tau = deviation * sqrt(dot(z.omega, z.omega));
    return detail::expectation<L>(detail::normal_rule, [&](const L& node) -> moments {
      // S' = u, and every further derivative is a polynomial in u and d = 1 − 2S.
      const L s = sigmoid(fma(tau, node, center)), one = broadcast<L>(1);
      const L u = s * (one - s), d = one - s - s;
      return {{u, u * d, u * fnma(broadcast<L>(6), u, one), u * d * fnma(broadcast<L>(12), u, one)}};
    });
  }
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
