/// One step of any rule: what it computes once a run, and steps that may fail.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include <saddle/dynamics/detail/rule.hpp>

namespace saddle::inline SADDLE_ISA::detail {

template <class Rule, class G, class Z>
[[gnu::noinline]] constexpr auto prepare_called(const G& game, const parameters_t<Rule, Z>& p) noexcept {
  return Rule::template prepare<Z>(game, p);
}

/// What a rule computes once a run from the game and its parameters. Called where it is long, the factors of vectors of
/// matrices: every loop of a batch has one (implicit, 8 × 8 on AVX-512: 26 KB of code in each).
template <class Rule, class G, class Z>
SADDLE_INLINE constexpr auto prepare(const G& game, const parameters_t<Rule, Z>& p) noexcept {
  using L = typename Z::lane_type;
  constexpr bool prepares = requires { Rule::template prepare<Z>(game, p); };
  if constexpr (prepares && sizeof(Z) > 4 * sizeof(L) && width<L> != 1) return prepare_called<Rule, G, Z>(game, p);
  else if constexpr (prepares) return Rule::template prepare<Z>(game, p);
  else return p;
}

/// Whether a step of the rule is an attempt, which can leave its inner equation unsolved.
template <class Rule, class G, class Plan, class State> inline constexpr bool can_fail =
    !std::same_as<std::remove_cvref_t<decltype(Rule::step(std::declval<const G&>(), std::declval<const Plan&>(),
                                                          std::declval<const State&>()))>,
                  State>;

/// One step; lanes whose inner equation is unsolved keep their state and leave `alive`.
template <class Rule, class G, class Plan, class State, class Mask>
SADDLE_INLINE constexpr State advance(const G& game, const Plan& plan, const State& s, Mask& alive) noexcept {
  if constexpr (can_fail<Rule, G, Plan, State>) {
    const auto r = Rule::step(game, plan, s);
    alive = alive & r.solved;
    return select(alive, r.next, s);
  } else {
    return Rule::step(game, plan, s);
  }
}

} // namespace saddle::inline SADDLE_ISA::detail
