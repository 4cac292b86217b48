#pragma once

#include <saddle/dynamics/detail/rule.hpp>

namespace saddle::inline SADDLE_ISA {
namespace dynamics {

/// Simultaneous gradient descent-ascent (SGA of Liang & Stokes 2019; TTUR with two time scales).
///
///     z⁺ = z − η F(z)
///
/// z = (θ, ω), F = (∇θU, −∇ωU), η a step per player. On a bilinear game every mode of singular value σ grows by exactly
/// √(1 + ηθηωσ²) a step: it diverges for every step size. On a stable equilibrium (A, B ≻ 0) it converges for
/// η = λmin(D)/‖M‖² (theorem on SGA of the same paper).
/// Cost: one field evaluation, n fused multiply-adds. No memory.
///
///     auto r = saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = 0.1}, z0, 100);
struct simultaneous {
  static constexpr facts about{.symbol = "SGA", .source = "Liang & Stokes 2019"};
  template <class Step> using parameters = eta_parameter<Step>;

  template <class G, class Z> static constexpr state<Z, 0> start(const G&, const Z& z) noexcept { return {z}; }

  template <class G, class Z> SADDLE_INLINE static constexpr state<Z, 0>
  step(const G& game, const eta_parameter<typename Z::step>& p, const state<Z, 0>& s) noexcept {
    return {fnma(p.eta, game.field(s.z), s.z)};
  }
};

} // namespace dynamics
} // namespace saddle::inline SADDLE_ISA
