#pragma once

#include <saddle/dynamics/detail/rule.hpp>

namespace saddle::inline SADDLE_ISA {
namespace dynamics {

/// Optimistic gradient (OMD of Daskalakis et al. 2018; Liang & Stokes 2019; OGDA).
///
///     z⁺ = z − 2η F(z) + η F(z₋)
///
/// Starts with F(z₋) := F(z₀), so the first step is a plain gradient step. On a bilinear game, with s = ησ:
/// ρ² = (1 + √(1 − 4s²))/2 for s ≤ ½, ρ² = 2s² + s√(4s² − 1) above; stable iff ησ₁ < 1/√3.
/// Step of the theorem: η = 1/(2√(2λmax(CCᵀ))), ⌈16 λmax/λmin · log(4√2 δ/ε)⌉ steps.
/// Cost: one field evaluation, 2n fused multiply-adds. Remembers F(z₋).
///
///     auto r = saddle::run(saddle::dynamics::optimistic{}, game, {.eta = 0.1}, z0, 100);
struct optimistic {
  static constexpr facts about{.symbol = "OMD",
                               .source = "Daskalakis et al. 2018; Liang & Stokes 2019",
                               .updates = 2,
                               .memory = 1,
                               .converges_bilinear = true};
  template <class Step> using parameters = eta_parameter<Step>;

  template <class G, class Z> static constexpr state<Z, 1> start(const G& game, const Z& z) noexcept {
    return {z, game.field(z)};
  }

  template <class G, class Z> SADDLE_INLINE static constexpr state<Z, 1>
  step(const G& game, const eta_parameter<typename Z::step>& p, const state<Z, 1>& s) noexcept {
    const Z previous = fma(p.eta, s.memory, s.z); // off the critical path: needs no new field
    state<Z, 1> next; // filled in place: g++ 12 copies a point through memory (n = 3, one game: 2.2x slower)
    next.memory = game.field(s.z);
    next.z = fnma(2 * p.eta, next.memory, previous);
    return next;
  }
};

} // namespace dynamics
} // namespace saddle::inline SADDLE_ISA
