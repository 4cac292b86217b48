/// What every update rule is made of: facts, parameters and state.
#pragma once

#include <cstddef>

#include <saddle/linalg/point.hpp>

namespace saddle::inline SADDLE_ISA {

/// Facts about a rule, read by tests, benchmarks, tables and step-size searches.
struct facts {
  const char* symbol = "";         ///< the abbreviation of the papers
  const char* source = "";         ///< paper, theorem or equation
  int field_evaluations = 1;       ///< F evaluations a step
  int products = 0;                ///< J·v or Jᵀ·v products a step
  bool transposed = false;         ///< a product is with Jᵀ: the step on F(z) = Mz is no function of M alone
  int solves = 0;                  ///< linear or non-linear solves a step
  int updates = 1;                 ///< fused multiply-adds a step for each element of the point, outside F and products
  bool sequential = false;         ///< players move one after the other: twice the chain of dependent instructions
  std::size_t memory = 0;          ///< points kept beside the iterate
  bool converges_bilinear = false; ///< for some step size, on every bilinear game (to the projection on its null space)
};

/// The parameters of a rule with one step size.
template <class Step> struct eta_parameter {
  using lane_type = typename Step::lane_type;
  template <class M> using rebind = eta_parameter<typename Step::template rebind<M>>;
  Step eta; ///< step size of each player

  static constexpr std::size_t count = 1;
  static constexpr const char* names[] = {"eta"};
  template <class F, class... X> static constexpr void each(F& f, X&... x) noexcept { walk(f, x.eta...); }
};

/// The parameters of a rule with a step size and a second one.
template <class Step> struct eta_gamma_parameters {
  using lane_type = typename Step::lane_type;
  template <class M> using rebind = eta_gamma_parameters<typename Step::template rebind<M>>;
  Step eta;   ///< step size of each player
  Step gamma; ///< second step or weight of each player: see the rule

  static constexpr std::size_t count = 2;
  static constexpr const char* names[] = {"eta", "gamma"};
  template <class F, class... X> static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.eta...);
    walk(f, x.gamma...);
  }
};

/// The iterate and the points a rule remembers beside it, one member each: g++ 12 keeps an array of points in memory
/// instead of registers, which halves the speed of small games.
template <class Z, std::size_t Memory> struct state;

template <class Z> struct state<Z, 0> {
  using point_type = Z;
  using lane_type = typename Z::lane_type;
  template <class M> using rebind = state<typename Z::template rebind<M>, 0>;
  Z z;

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept { walk(f, x.z...); }
};

template <class Z> struct state<Z, 1> {
  using point_type = Z;
  using lane_type = typename Z::lane_type;
  template <class M> using rebind = state<typename Z::template rebind<M>, 1>;
  Z z;
  Z memory;

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.z...);
    walk(f, x.memory...);
  }
};

/// A step that can fail: where `solved` is false the engine keeps the state before it and stops that lane.
template <class State, class Mask> struct attempt {
  State next;
  Mask solved;
};

/// The parameters of `Rule` for points of type Z.
template <class Rule, class Z> using parameters_t = typename Rule::template parameters<typename Z::step>;

/// The state of `Rule` for points of type Z.
template <class Rule, class Z> using state_t = state<Z, Rule::about.memory>;

} // namespace saddle::inline SADDLE_ISA
