#pragma once

#include <cstddef>

#include <saddle/games/detail/coupling.hpp>
#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The bilinear game U(θ, ω) = θᵀCω, C ∈ R^{P×Q}: the model of an unstable equilibrium (Liang & Stokes 2019).
///
///     F(z) = (Cω, −Cᵀθ)      J = [0 C; −Cᵀ 0]      eigenvalues ±iσ, σ the singular values of C
///
/// Every point of the null space (Cᵀθ = 0, Cω = 0) is an equilibrium; 0 always is. Rules that converge on it go to the
/// orthogonal projection of the start onto that space.
/// Cost of a field: 2PQ fused multiply-adds.
///
///     saddle::games::bilinear<double, 2, 2> game{.C = {{1, 0.5, -0.25, 2}}};
template <class L, std::size_t P, std::size_t Q> struct bilinear {
  using lane_type = L;
  using point_type = point<L, P, Q>;
  template <class M> using rebind = bilinear<M, P, Q>;
  mat<L, P, Q> C; ///< the interaction, rows of θ, columns of ω

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept { walk(f, x.C...); }

  /// U(z) = θᵀ(Cω)
  constexpr L value(const point_type& z) const noexcept { return dot(z.theta, C * z.omega); }

  SADDLE_INLINE constexpr point_type field(const point_type& z) const noexcept { return detail::coupling(C, z); }

  /// J·v = F(v): the field is linear.
  SADDLE_INLINE constexpr point_type jvp(const point_type&, const point_type& v) const noexcept { return field(v); }

  /// Jᵀ·v = −F(v): J is skew.
  SADDLE_INLINE constexpr point_type vjp(const point_type&, const point_type& v) const noexcept { return -field(v); }

  constexpr mat<L, P + Q, P + Q> jacobian(const point_type& = {}) const noexcept {
    mat<L, P + Q, P + Q> j = zero_matrix<L, P + Q, P + Q>();
    for (std::size_t i = 0; i < P; ++i)
      for (std::size_t k = 0; k < Q; ++k) {
        j(i, P + k) = C(i, k);
        j(P + k, i) = -C(i, k);
      }
    return j;
  }

  /// z = 0, the equilibrium every bilinear game has.
  constexpr solution<point_type> equilibrium() const noexcept {
    return {{zeros<L, P>(), zeros<L, Q>()}, mask_t<L>(true)};
  }

  /// (I + ηF)⁻¹: with S = I + ηθηω CᵀC,  ω⁺ = S⁻¹(ω + ηω Cᵀθ),  θ⁺ = θ − ηθ C ω⁺. S is positive definite.
  template <class Z> constexpr auto resolvent(const typename Z::step& eta) const noexcept {
    mat<L, Q, Q> s = identity<L, Q>();
    const L product = eta[0] * eta[1];
    detail::add_product(s, product, C, C);
    return implicit_step{C, eta, ldlt<L, Q>(s)};
  }

private:
  struct implicit_step {
    mat<L, P, Q> C;
    step_sizes<L, 2> eta;
    ldlt<L, Q> schur;

    SADDLE_INLINE constexpr solution<point_type> operator()(const point_type& z) const noexcept {
      const vec<L, Q> omega = schur.solve(fma(eta[1], transposed_product(C, z.theta), z.omega));
      return {{fnma(eta[0], C * omega, z.theta), omega}, schur.solved};
    }
  };
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
