#pragma once

#include <cstddef>

#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The Wasserstein GAN that learns a covariance: data of covariance Σ in R^D, generator Vξ of a normal latent ξ ∈ R^K,
/// discriminator xᵀWx. θ is V and ω is W, both row by row.
///
///     U(V, W) = ⟨W, Σ − VVᵀ⟩        F = (−(W + Wᵀ)V, VVᵀ − Σ)
///
/// Every (V, 0) with VVᵀ = Σ is an equilibrium: V is known up to a rotation of the latent, so J has a null space there,
/// to which the skew part of W, which never moves, adds. On the rest the game is bilinear to first order: an unstable
/// equilibrium of Liang & Stokes (2019) in the large.
/// Cost of a field: 2D²K multiply-adds.
///
///     saddle::games::covariance_gan<double, 2, 2> game{.covariance = {{2, 1, 1, 3}}};
template <class L, std::size_t D, std::size_t K = D> struct covariance_gan {
  using lane_type = L;
  using point_type = point<L, D * K, D * D>;
  template <class M> using rebind = covariance_gan<M, D, K>;
  mat<L, D, D> covariance; ///< Σ, symmetric

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.covariance...);
  }

  template <class M> constexpr point<M, D * K, D * D> field(const point<M, D * K, D * D>& z) const noexcept {
    point<M, D * K, D * D> f;
    for (std::size_t i = 0; i < D; ++i) {
      for (std::size_t j = 0; j < D; ++j) {
        M made = z.theta[i * K] * z.theta[j * K];
        for (std::size_t k = 1; k < K; ++k) made = fma(z.theta[i * K + k], z.theta[j * K + k], made);
        f.omega[i * D + j] = made - covariance(i, j);
      }
      for (std::size_t k = 0; k < K; ++k) {
        M pull = broadcast<M>(0);
        for (std::size_t j = 0; j < D; ++j)
          pull = fma(z.omega[i * D + j] + z.omega[j * D + i], z.theta[j * K + k], pull);
        f.theta[i * K + k] = -pull;
      }
    }
    return f;
  }

  /// W = 0 and V the Cholesky factor of Σ; `solved` is false where Σ is not positive definite.
  constexpr solution<point_type> equilibrium() const noexcept {
    static_assert(K >= D, "saddle: a latent of fewer than D dimensions cannot make every covariance");
    const cholesky<L, D> factor(covariance);
    solution<point_type> r{{zeros<L, D * K>(), zeros<L, D * D>()}, factor.solved};
    for (std::size_t i = 0; i < D; ++i)
      for (std::size_t k = 0; k < D; ++k) r.z.theta[i * K + k] = factor.lower(i, k);
    return r;
  }
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
