#pragma once

#include <cstddef>

#include <saddle/games/detail/coupling.hpp>
#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The quadratic game U(θ, ω) = ½θᵀAθ + θᵀCω − ½ωᵀBω + aᵀθ − bᵀω, A ∈ R^{P×P} and B ∈ R^{Q×Q} symmetric.
///
///     F(z) = (Aθ + Cω + a, −Cᵀθ + Bω + b)      J = [A C; −Cᵀ B]
///
/// A, B ≻ 0 is the model of a stable equilibrium (Liang & Stokes 2019). A and B are read in full: an asymmetric one
/// gives the field above, which is then not the gradient of U.
/// Cost of a field: P² + Q² + 2PQ fused multiply-adds.
///
///     saddle::games::quadratic<double, 1, 1> game{.A = {{0.5}}, .B = {{0.25}}, .C = {{1.0}}, .a = {{0}}, .b = {{0}}};
template <class L, std::size_t P, std::size_t Q> struct quadratic {
  using lane_type = L;
  using point_type = point<L, P, Q>;
  template <class M> using rebind = quadratic<M, P, Q>;
  mat<L, P, P> A; ///< curvature of θ
  mat<L, Q, Q> B; ///< minus the curvature of ω
  mat<L, P, Q> C; ///< the interaction
  vec<L, P> a;    ///< slope of θ
  vec<L, Q> b;    ///< minus the slope of ω

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.A...);
    walk(f, x.B...);
    walk(f, x.C...);
    walk(f, x.a...);
    walk(f, x.b...);
  }

  constexpr L value(const point_type& z) const noexcept {
    const L half = broadcast<L>(scalar_t<L>(0.5));
    const L curvature = half * (dot(z.theta, A * z.theta) - dot(z.omega, B * z.omega));
    return curvature + dot(z.theta, C * z.omega) + (dot(a, z.theta) - dot(b, z.omega));
  }

  SADDLE_INLINE constexpr point_type field(const point_type& z) const noexcept { return linear(z, a, b); }

  /// J·v
  SADDLE_INLINE constexpr point_type jvp(const point_type&, const point_type& v) const noexcept {
    return linear(v, zeros<L, P>(), zeros<L, Q>());
  }

  /// Jᵀ·v = (Aᵀvθ − Cvω, Cᵀvθ + Bᵀvω)
  SADDLE_INLINE constexpr point_type vjp(const point_type&, const point_type& v) const noexcept {
    const point_type own{transposed_product(A, v.theta), transposed_product(B, v.omega)};
    return own - detail::coupling(C, v);
  }

  constexpr mat<L, P + Q, P + Q> jacobian(const point_type& = {}) const noexcept {
    mat<L, P + Q, P + Q> j;
    for (std::size_t i = 0; i < P; ++i) {
      for (std::size_t k = 0; k < P; ++k) j(i, k) = A(i, k);
      for (std::size_t k = 0; k < Q; ++k) j(i, P + k) = C(i, k);
    }
    for (std::size_t i = 0; i < Q; ++i) {
      for (std::size_t k = 0; k < P; ++k) j(P + i, k) = -C(k, i);
      for (std::size_t k = 0; k < Q; ++k) j(P + i, P + k) = B(i, k);
    }
    return j;
  }

  /// The z with J·z = −(a, b), by LU; `solved` is false where J is singular.
  constexpr solution<point_type> equilibrium() const noexcept {
    vec<L, P + Q> slope;
    for (std::size_t i = 0; i < P; ++i) slope[i] = -a[i];
    for (std::size_t i = 0; i < Q; ++i) slope[P + i] = -b[i];
    const lu<L, P + Q> factors(jacobian());
    const vec<L, P + Q> x = factors.solve(slope);
    solution<point_type> r{{}, factors.solved};
    for (std::size_t i = 0; i < P + Q; ++i) r.z[i] = x[i];
    return r;
  }

  /// (I + ηF)⁻¹: with R = (I + ηθA)⁻¹ and S = I + ηωB + ηθηω CᵀRC,
  /// ω⁺ = S⁻¹(ω − ηω b + ηω CᵀR(θ − ηθ a)),  θ⁺ = R(θ − ηθ(Cω⁺ + a)).
  /// Both are positive definite where A, B ⪰ 0, and for A, B with negative eigenvalues while the step is small enough.
  template <class Z> constexpr auto resolvent(const typename Z::step& eta) const noexcept {
    const ldlt<L, P> r(identity<L, P>() + eta[0] * A);
    const mat<L, P, Q> rc = r.solve(C);
    mat<L, Q, Q> s = identity<L, Q>() + eta[1] * B;
    const L product = eta[0] * eta[1];
    detail::add_product(s, product, C, rc);
    return implicit_step{C, a, b, eta, r, ldlt<L, Q>(s)};
  }

private:
  /// (Aθ + Cω + s, −Cᵀθ + Bω + t). The constants by reference: a copy of them goes through memory on a small processor
  /// (Cortex-M4F, alternating 2 × 2: 61 → 52 instructions).
  SADDLE_INLINE constexpr point_type linear(const point_type& z, const vec<L, P>& s,
                                            const vec<L, Q>& t) const noexcept {
    return detail::coupling(C, z, point_type{fma(A, z.theta, s), fma(B, z.omega, t)});
  }

  struct implicit_step {
    mat<L, P, Q> C;
    vec<L, P> a;
    vec<L, Q> b;
    step_sizes<L, 2> eta;
    ldlt<L, P> own;
    ldlt<L, Q> schur;

    SADDLE_INLINE constexpr solution<point_type> operator()(const point_type& z) const noexcept {
      const vec<L, P> pulled = own.solve(fnma(eta[0], a, z.theta));
      const vec<L, Q> omega = schur.solve(fma(eta[1], transposed_product(C, pulled) - b, z.omega));
      const vec<L, P> theta = own.solve(fnma(eta[0], fma(C, omega, a), z.theta));
      const mask_t<L> solved = own.solved & schur.solved; // bool & bool is an int, which no initialiser list takes
      return {{theta, omega}, solved};
    }
  };
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
