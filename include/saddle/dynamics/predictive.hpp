#pragma once

#include <saddle/dynamics/detail/rule.hpp>

namespace saddle::inline SADDLE_ISA {
namespace dynamics {

/// Predictive method (PM; Liang & Stokes 2019). γ = η is the extragradient method of Korpelevich 1976.
///
///     y  = z − γ F(z)
///     z⁺ = z − η F(y)
///
/// On a bilinear game λ = 1 − ηγσ² ± iησ: stable iff η < 2γ/(1 + γ²σ₁²), extragradient iff ησ₁ < 1.
/// Step of the theorem, any γ > 0: η = γλmin/(λmax + γ²λmax²) of CCᵀ.
/// Cost: two field evaluations, 2n fused multiply-adds. No memory.
///
///     auto r = saddle::run(saddle::dynamics::predictive{}, game, {.eta = 0.1, .gamma = 0.1}, z0, 100);
struct predictive {
  static constexpr facts about{.symbol = "PM",
                               .source = "Liang & Stokes 2019; Korpelevich 1976",
                               .field_evaluations = 2,
                               .updates = 2,
                               .converges_bilinear = true};
  template <class Step> using parameters = eta_gamma_parameters<Step>;

  template <class G, class Z> static constexpr state<Z, 0> start(const G&, const Z& z) noexcept { return {z}; }

  template <class G, class Z> SADDLE_INLINE static constexpr state<Z, 0>
  step(const G& game, const eta_gamma_parameters<typename Z::step>& p, const state<Z, 0>& s) noexcept {
    const Z y = fnma(p.gamma, game.field(s.z), s.z);
    return {fnma(p.eta, game.field(y), s.z)};
  }
};

} // namespace dynamics
} // namespace saddle::inline SADDLE_ISA
