/// Which rule, at which step sizes, contracts fastest on a game.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <saddle/registry.hpp>
#include <saddle/stability/steps.hpp>
#include <saddle/stability/theory.hpp>

namespace saddle::inline SADDLE_ISA {

/// A rule at its best step on one game.
template <class T> struct advice {
  std::uint32_t id;      ///< of the rule, in the registry
  const char* name;      ///< of the rule
  T eta, gamma;          ///< for both players; gamma is 0 for a rule that has none. eta = 0: no step converges
  contraction<T> result; ///< at these step sizes
  T work;                ///< field evaluations a step, or what costs as much
  T decay; ///< −log(rate)/work: what a field evaluation takes off log‖z − z*‖. 0 where no step converges
};

namespace detail {

/// What a step costs, in field evaluations. A product with J or Jᵀ counts as one. A solve with a matrix that was factored
/// once counts as two: a forward and a backward substitution.
constexpr int work_of(const facts& f) noexcept { return f.field_evaluations + f.products + 2 * f.solves; }

template <class Rule, class Model>
constexpr auto advice_of(std::uint32_t id, const char* name, const Model& model) noexcept {
  using along = rate_along<Rule, Model, tied>;
  using T = typename along::L;
  static_assert(width<T> == 1, "saddle::recommend takes one game at a time");
  const T unit = along{model, {}}.unit();
  advice<T> r{id, name, 0, 0, {}, static_cast<T>(work_of(Rule::about)), 0};
  if constexpr (Rule::about.solves > 0) {
    // Every step converges and larger ones do it faster, towards the exact solution in one step: the theorem's step.
    r.eta = unit;
    r.result = along{model, {}}(unit);
    if (!(r.result.rate < surely_below_one<T>)) r.eta = 0;
  } else {
    const auto best = fastest_step(along{model, {}});
    r.eta = best.eta;
    r.result = best.result;
    if constexpr (along::P::count == 2) {
      r.gamma = r.eta;
      for (T factor = T(0.25); factor <= 8; factor *= 2) {
        const T gamma = factor * unit;
        const auto other = fastest_step(rate_along<Rule, Model, fixed_gamma<T>>{model, {gamma}});
        if (other.eta == 0 || (r.eta != 0 && other.result.rate >= r.result.rate)) continue;
        r.eta = other.eta;
        r.gamma = gamma;
        r.result = other.result;
      }
    }
  }
  // log of a rate of 0 is −∞: done in one step.
  if (r.eta != 0)
    r.decay = r.result.rate > 0 ? static_cast<T>(-theory::detail::log(double(r.result.rate))) / r.work
                                : std::numeric_limits<T>::infinity();
  return r;
}

} // namespace detail

/// Every registered rule at its best step on the game, the one that takes most off the distance for a field evaluation
/// first.
///
/// The step is `best_step` with one step size for all players; for a rule with γ that of γ = η, ¼, ½, … 8 times 1/‖J‖
/// which is best. `implicit`, which every larger step improves, is judged at η = 1/‖J‖. `game` is bilinear, has
/// `equilibrium()`, or is a `linearised` one.
/// Cost: up to 2000 rates a rule; 2 ms for a quadratic game of 2 + 2 dimensions.
///
///     const auto ranking = saddle::recommend(game);
///     // ranking[0].name, ranking[0].eta
template <class G> constexpr auto recommend(const G& game) noexcept {
  using T = typename G::lane_type;
  std::array<advice<T>, registry::all_dynamics::size> r{};
  std::size_t filled = 0;
  registry::all_dynamics::each([&]<class Rule>(registry::rule<Rule> entry) {
    const auto model = detail::model_for(Rule{}, game);
    advice<T> a = detail::advice_of<Rule>(static_cast<std::uint32_t>(entry.id), entry.name, model);
    // Insertion keeps rules of equal merit in the order of the registry.
    std::size_t place = filled++;
    for (; place > 0 && r[place - 1].decay < a.decay; --place) r[place] = r[place - 1];
    r[place] = a;
  });
  return r;
}

} // namespace saddle::inline SADDLE_ISA
