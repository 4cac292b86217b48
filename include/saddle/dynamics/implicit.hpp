#pragma once

#include <saddle/dynamics/detail/rule.hpp>

namespace saddle::inline SADDLE_ISA {
namespace dynamics {

/// Implicit update (IU; Liang & Stokes 2019), the proximal-point method of Martinet 1970 and Rockafellar 1976.
///
///     z⁺ = z − η F(z⁺),   that is   z⁺ = (I + ηF)⁻¹(z)
///
/// The resolvent (I + ηF)⁻¹ comes from the game: an exact block solve on quadratic games, factored once a run; Newton's
/// method with a fixed cap on others. On a bilinear game |λ| = 1/√(1 + η²σ²): every η > 0 converges, larger is faster.
/// Step of the theorem: η = 1/√λmax(CCᵀ), ⌈4 λmax/λmin · log(δ/ε)⌉ steps.
/// Where the inner equation is not solved (I + ηA not positive definite, Newton's cap) the lane stops, status `unsolved`.
/// Cost: one resolvent; for quadratic games two triangular solves of size P, two of size Q, two products with C.
///
///     auto r = saddle::run(saddle::dynamics::implicit{}, game, {.eta = 1.0}, z0, 100);
struct implicit {
  static constexpr facts about{.symbol = "IU",
                               .source = "Liang & Stokes 2019; Rockafellar 1976",
                               .field_evaluations = 0,
                               .solves = 1,
                               .updates = 0,
                               .converges_bilinear = true};
  template <class Step> using parameters = eta_parameter<Step>;

  template <class G, class Z> static constexpr state<Z, 0> start(const G&, const Z& z) noexcept { return {z}; }

  /// What does not change from step to step: the resolvent of the game for these step sizes.
  template <class Z, class G>
  static constexpr auto prepare(const G& game, const eta_parameter<typename Z::step>& p) noexcept {
    return game.template resolvent<Z>(p.eta);
  }

  template <class G, class Resolvent, class Z>
  SADDLE_INLINE static constexpr auto step(const G&, const Resolvent& resolvent, const state<Z, 0>& s) noexcept {
    const auto r = resolvent(s.z);
    return attempt<state<Z, 0>, decltype(r.solved)>{{r.z}, r.solved};
  }
};

} // namespace dynamics
} // namespace saddle::inline SADDLE_ISA
