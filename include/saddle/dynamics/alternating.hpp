#pragma once

#include <cstddef>

#include <saddle/dynamics/detail/rule.hpp>

namespace saddle::inline SADDLE_ISA {
namespace dynamics {

/// Alternating gradient descent-ascent (Gauss–Seidel order): each player answers those who have already moved.
///
///     θ⁺ = θ − ηθ ∇θU(θ, ω)
///     ω⁺ = ω + ηω ∇ωU(θ⁺, ω)
///
/// θ moves first; with more players, in their order. On a bilinear game ‖θ‖²/ηθ + ‖ω‖²/ηω − θᵀCω is conserved exactly,
/// and orbits are bounded iff ηθηωσ² < 4 for every singular value σ of C: it never converges there.
/// Cost: one field evaluation in all (each player's block once). No memory.
///
///     auto r = saddle::run(saddle::dynamics::alternating{}, game, {.eta = {0.1, 0.2}}, z0, 100);
struct alternating {
  static constexpr facts about{.symbol = "AltGDA", .source = "Gidel et al. 2019; Zhang & Yu 2020", .sequential = true};
  template <class Step> using parameters = eta_parameter<Step>;

  template <class G, class Z> static constexpr state<Z, 0> start(const G&, const Z& z) noexcept { return {z}; }

  template <class G, class Z> SADDLE_INLINE static constexpr state<Z, 0>
  step(const G& game, const eta_parameter<typename Z::step>& p, state<Z, 0> s) noexcept {
    move<0>(game, p.eta, s.z);
    return s;
  }

private:
  /// Moves `Player` and those after. The other blocks of the field are not used: the compiler drops them.
  template <std::size_t Player, class G, class Z>
  SADDLE_INLINE static constexpr void move(const G& game, const typename Z::step& eta, Z& z) noexcept {
    z.template block<Player>() = fnma(eta[Player], game.field(z).template block<Player>(), z.template block<Player>());
    if constexpr (Player + 1 < Z::players) move<Player + 1>(game, eta, z);
  }
};

} // namespace dynamics
} // namespace saddle::inline SADDLE_ISA
