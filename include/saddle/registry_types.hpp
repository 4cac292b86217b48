/// What the lists of registry.hpp are made of.
///
///     saddle::registry::all_dynamics::each([]<class Rule>(saddle::registry::rule<Rule> r) { use(r.id, r.name); });
#pragma once

#include <cstddef>

#include <saddle/lane/isa.hpp>

namespace saddle::inline SADDLE_ISA::registry {

/// Where the default library has a rule compiled. `saddle_add_kernels` compiles a rule of any tier.
enum class tier {
  core,    ///< for every registered game and all default sizes
  common,  ///< for every registered game at 2x2 in double
  headers, ///< nowhere: the rule is header-only
};

/// A list of entries: empty types whose constants say what is registered.
template <class... Entries> struct list {
  static constexpr std::size_t size = sizeof...(Entries);
  /// Calls f(entry) for every entry, in the order of the list.
  template <class F> static constexpr void each(F&& f) { (f(Entries{}), ...); }
};

template <class Rule, int Id, tier Compiled> struct rule_entry {
  using type = Rule;
  static constexpr int id = Id;
  static constexpr tier compiled = Compiled;
};
/// The entry of an update rule: `type`, `id`, `name`, `compiled`. Only registered rules have one.
template <class Rule> struct rule;

template <template <class, std::size_t, std::size_t> class Game, int Id> struct game_entry {
  template <class T, std::size_t P, std::size_t Q> using of = Game<T, P, Q>;
  static constexpr int id = Id;
};
/// The entry of a family of games over all sizes: `of<T, P, Q>`, `id`, `name`.
template <template <class, std::size_t, std::size_t> class Game> struct game;

template <class Estimate, int Id> struct estimate_entry {
  using type = Estimate;
  static constexpr int id = Id;
};
/// The entry of a spectral estimate: `type` (of engine/spectra.hpp), `id`, `name`.
template <class Estimate> struct estimate;

/// A shipped pair of sizes.
template <std::size_t P, std::size_t Q> struct dimensions { static constexpr std::size_t p = P, q = Q; };

/// A game of a shape of its own. Its parameters differ from model to model, so that there is no common type.
struct model {
  int id;
  const char* name;
};

} // namespace saddle::inline SADDLE_ISA::registry
