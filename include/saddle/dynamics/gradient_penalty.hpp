#pragma once

#include <cstddef>
#include <utility>

#include <saddle/dynamics/detail/rule.hpp>

namespace saddle::inline SADDLE_ISA {
namespace dynamics {

/// Gradient descent-ascent with the regulariser of Nagarajan & Kolter (2017): a player's loss also counts how steep the
/// game is for the others.
///
///     θ⁺ = θ − η ∇θ(U + γ‖∇ωU‖²)
///     ω⁺ = ω + η ∇ωU
///
/// Here each player k descends Fₖ + 2γₖ [Jᵀ(F without its block k)]ₖ, so the generator's regulariser of the paper is
/// γ = {γθ, 0}; one number regularises both players. The coefficient multiplies the squared norm, without a ½.
/// On a bilinear game with γ = {γθ, 0}: λ² − (2 − 2ηγθσ²)λ + 1 − 2ηγθσ² + η²σ² = 0, stable iff η < 2γθ and
/// 4ηγθσ² < 4 + η²σ². With one γ for both players it is `consensus` with twice that γ there.
/// Cost: one field evaluation, a Jᵀ·v product for each player, 2n fused multiply-adds. No memory.
///
///     auto r = saddle::run(saddle::dynamics::gradient_penalty{}, game, {.eta = 0.1, .gamma = {0.5, 0.0}}, z0, 100);
struct gradient_penalty {
  static constexpr facts about{.symbol = "GP",
                               .source = "Nagarajan & Kolter 2017",
                               .products = 2,
                               .transposed = true,
                               .updates = 2,
                               .converges_bilinear = true};
  template <class Step> using parameters = eta_gamma_parameters<Step>;

  template <class G, class Z> static constexpr state<Z, 0> start(const G&, const Z& z) noexcept { return {z}; }

  template <class G, class Z> SADDLE_INLINE static constexpr state<Z, 0>
  step(const G& game, const eta_gamma_parameters<typename Z::step>& p, const state<Z, 0>& s) noexcept {
    const Z f = game.field(s.z);
    Z steepness = f;
    [&]<std::size_t... K>(std::index_sequence<K...>) { (set_block<K>(game, s.z, f, steepness), ...); }
    (std::make_index_sequence<Z::players>{});
    const typename Z::step weight = 2 * p.gamma;
    return {fnma(p.eta, fma(weight, steepness, f), s.z)};
  }

private:
  /// ½∇ₖ of the squared gradients of all players but `Player`. The other blocks of the product are not used.
  template <std::size_t Player, class G, class Z>
  SADDLE_INLINE static constexpr void set_block(const G& game, const Z& z, Z others, Z& steepness) noexcept {
    set_zero(others.template block<Player>());
    steepness.template block<Player>() = game.vjp(z, others).template block<Player>();
  }
};

} // namespace dynamics
} // namespace saddle::inline SADDLE_ISA
