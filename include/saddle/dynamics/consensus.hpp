#pragma once

#include <saddle/dynamics/detail/rule.hpp>

namespace saddle::inline SADDLE_ISA {
namespace dynamics {

/// Consensus optimisation (CO; Mescheder et al. 2017, alg. 1; Liang & Stokes 2019).
///
///     z⁺ = z − η (F(z) + γ Jᵀ F(z))
///
/// JᵀF = ∇½‖F‖², J the Jacobian of F at z; γ weighs it, for each player's rows. On a bilinear game with one γ for both
/// players it equals `predictive` with the same η and γ: λ = 1 − ηγσ² ± iησ, stable iff η < 2γ/(1 + γ²σ₁²).
/// Step of the theorem: η = γλmin/(λmax + γ²λmax²) of CCᵀ. Attracted by every critical point of ‖F‖, maxima included.
/// Cost: one field evaluation, one Jᵀ·v product, 2n fused multiply-adds. No memory.
///
///     auto r = saddle::run(saddle::dynamics::consensus{}, game, {.eta = 0.1, .gamma = 1.0}, z0, 100);
struct consensus {
  static constexpr facts about{.symbol = "CO",
                               .source = "Mescheder et al. 2017, alg. 1; Liang & Stokes 2019",
                               .products = 1,
                               .transposed = true,
                               .updates = 2,
                               .converges_bilinear = true};
  template <class Step> using parameters = eta_gamma_parameters<Step>;

  template <class G, class Z> static constexpr state<Z, 0> start(const G&, const Z& z) noexcept { return {z}; }

  template <class G, class Z> SADDLE_INLINE static constexpr state<Z, 0>
  step(const G& game, const eta_gamma_parameters<typename Z::step>& p, const state<Z, 0>& s) noexcept {
    const Z f = game.field(s.z);
    return {fnma(p.eta, fma(p.gamma, game.vjp(s.z, f), f), s.z)};
  }
};

} // namespace dynamics
} // namespace saddle::inline SADDLE_ISA
