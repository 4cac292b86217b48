/// Any rule with a projection after each step.
#pragma once

#include <saddle/dynamics/detail/advance.hpp>
#include <saddle/projections/box.hpp>

namespace saddle::inline SADDLE_ISA {

/// A rule whose iterate is put back on a set after each step:  z⁺ = Π(step(z)).
///
/// The set is a `projections::box`, or another template over the step sizes that projects a point: with
/// `projections::simplex` the players of a matrix game stay mixed strategies. `optimistic` with any convex set is the
/// forward-reflected-backward method (Malitsky & Tam 2020), which converges for η < 1/(2‖J‖) on convex-concave games.
/// What the rule remembers is left as it is. The players of a sequential rule all move before the projection.
/// Cost: that of the rule and of the projection.
///
///     using clipped = saddle::projected<saddle::dynamics::simultaneous>;
///     auto r = saddle::run(clipped{}, game, {.rule = {.eta = 0.2}, .set = clip}, z0, 500);
template <class Rule, template <class> class Set = projections::box> struct projected {
  static constexpr facts about = Rule::about;

  template <class Step> struct parameters {
    using lane_type = typename Step::lane_type;
    template <class M> using rebind = parameters<typename Step::template rebind<M>>;
    typename Rule::template parameters<Step> rule; ///< those of the rule
    Set<Step> set;                                 ///< where the iterates are kept

    template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
      walk(f, x.rule...);
      walk(f, x.set...);
    }
  };

  template <class G, class Z> static constexpr state_t<Rule, Z> start(const G& game, const Z& z) noexcept {
    return Rule::start(game, z);
  }

  template <class Z, class G>
  static constexpr auto prepare(const G& game, const parameters<typename Z::step>& p) noexcept {
    auto inner = detail::prepare<Rule, G, Z>(game, p.rule);
    return plan<decltype(inner), Set<typename Z::step>>{inner, p.set};
  }

  template <class G, class Plan, class State>
  SADDLE_INLINE static constexpr auto step(const G& game, const Plan& p, const State& s) noexcept {
    auto next = Rule::step(game, p.inner, s);
    if constexpr (requires { next.solved; }) next.next.z = p.set(next.next.z);
    else next.z = p.set(next.z);
    return next;
  }

private:
  template <class Inner, class Where> struct plan {
    Inner inner;
    Where set;
  };
};

} // namespace saddle::inline SADDLE_ISA
