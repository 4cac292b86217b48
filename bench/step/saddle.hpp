/// saddle: the engine on plain numbers, one game across the lanes of a vector, and a batch with a game a lane. Also the
/// oracle: the rule in long double, which shares no vector and no rounding with what is timed.
#pragma once

#include <cstdint>
#include <type_traits>

#include <saddle/engine/batch.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/linalg/wide.hpp>

#include "step/task.hpp"

namespace bench::step {

template <class X, class T> X filled(const T* from) {
  X x;
  saddle::walk([&](T& number) { number = *from++; }, x);
  return x;
}
template <class X, class T> void write(const X& x, T* to) {
  saddle::walk([&](const T& number) { *to++ = number; }, x);
}

template <class Rule, class T, std::size_t N> struct ours {
  using game_type = saddle::games::bilinear<T, N, N>;
  using point_type = saddle::point<T, N, N>;
  using state_type = saddle::state_t<Rule, point_type>;
  using steps_type = saddle::parameters_t<Rule, point_type>;
  static_assert(saddle::scalars<steps_type> <= most_steps);
  static_assert(sizeof(point_type) == 2 * N * sizeof(T), "points lie one behind the other");

  struct plain_form {
    game_type game;
    steps_type steps;
  };
  static void prepare(const void* c, const void* steps, void* form) {
    *static_cast<plain_form*>(form) = {filled<game_type>(static_cast<const T*>(c)),
                                       filled<steps_type>(static_cast<const T*>(steps))};
  }
  static void advance(const void* forms, void* points, std::size_t games, int count) {
    const auto* of = static_cast<const plain_form*>(forms);
    auto* z = static_cast<point_type*>(points);
    for (std::size_t g = 0; g < games; ++g)
      z[g] = saddle::run(Rule{}, of[g].game, of[g].steps, z[g], static_cast<std::uint64_t>(count)).z();
  }

  // The point is brought into registers and back in each load.
  struct wide_form {
    decltype(saddle::widen(game_type{})) game;
    decltype(saddle::widen(steps_type{})) steps;
  };
  static void prepare_wide(const void* c, const void* steps, void* form) {
    *static_cast<wide_form*>(form) = {saddle::widen(filled<game_type>(static_cast<const T*>(c))),
                                      saddle::widen(filled<steps_type>(static_cast<const T*>(steps)))};
  }
  static void advance_wide(const void* forms, void* points, std::size_t games, int count) {
    const auto* of = static_cast<const wide_form*>(forms);
    auto* z = static_cast<point_type*>(points);
    for (std::size_t g = 0; g < games; ++g)
      z[g] = saddle::narrow(
          saddle::run(Rule{}, of[g].game, of[g].steps, saddle::widen(z[g]), static_cast<std::uint64_t>(count)).z());
  }

  static void start(const void*, const void* c, void* state) {
    auto* const numbers = static_cast<T*>(state);
    const auto z = filled<point_type>(static_cast<const T*>(numbers));
    write(saddle::start(Rule{}, filled<game_type>(static_cast<const T*>(c)), z), numbers);
  }
  static void run(const void*, void* games, const void* steps, void* states, std::size_t count, int times) {
    const saddle::shared<steps_type> all{filled<steps_type>(static_cast<const T*>(steps))};
    saddle::run(Rule{}, saddle::blocks<game_type>{static_cast<T*>(games), count}, all,
                saddle::blocks<state_type>{static_cast<T*>(states), count}, static_cast<std::uint64_t>(times));
  }
};

template <class Rule, std::size_t N>
void follow(const long double* c, const long double* steps, long double* z, int count) {
  using exact = ours<Rule, long double, N>;
  const auto end = saddle::run(Rule{}, filled<typename exact::game_type>(c), filled<typename exact::steps_type>(steps),
                               filled<typename exact::point_type>(static_cast<const long double*>(z)),
                               static_cast<std::uint64_t>(count));
  write(end.z(), z);
}

template <class Rule, class T, bool Alone, std::size_t N> bool enter_ours_at(const char* rule) {
  using me = ours<Rule, T, N>;
  constexpr bool single = std::is_same_v<T, float>;
  if constexpr (Alone && N > 1) {
    enter(player{.contestant = "saddle_scalar",
                 .rule = rule,
                 .single = single,
                 .n = N,
                 .alone = true,
                 .form = sizeof(typename me::plain_form),
                 .prepare = me::prepare,
                 .advance = me::advance});
    if constexpr (Rule::about.solves == 0)
      enter(player{.contestant = "saddle_wide",
                   .rule = rule,
                   .single = single,
                   .n = N,
                   .alone = true,
                   .form = sizeof(typename me::wide_form),
                   .prepare = me::prepare_wide,
                   .advance = me::advance_wide});
  }
  if constexpr (N <= 8)
    enter(player{.contestant = "saddle_batch",
                 .rule = rule,
                 .single = single,
                 .n = N,
                 .batches = true,
                 .state = saddle::scalars<typename me::state_type>,
                 .start = me::start,
                 .run = me::run});
  return enter(oracle{rule, N, follow<Rule, N>});
}

/// Enters our contestants at one rule and type, those of one game where wanted, and the oracle beside them.
template <class Rule, class T, bool Alone, std::size_t... N>
bool enter_ours(const char* rule, int place, int id, bool stands) {
  constexpr auto& about = Rule::about;
  enter(rule_facts{rule, place, id, stands, about.field_evaluations, about.products, about.updates, about.solves,
                   about.memory});
  return (enter_ours_at<Rule, T, Alone, N>(rule) && ...);
}

} // namespace bench::step
