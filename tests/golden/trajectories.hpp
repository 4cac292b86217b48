/// Trajectories whose bits are written down: where every registered rule is on every registered game after some steps,
/// from games, step sizes and starts that are exact in every format.
///
/// Needs no test framework, no file and no heap: firmware computes them as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <saddle/saddle.hpp>

#include "support/each_game.hpp"

namespace golden {

inline constexpr std::uint64_t steps = 40;
inline constexpr std::size_t most = 8;

template <class T> inline constexpr std::string_view format_of = std::is_same_v<T, float> ? "float" : "double";

/// Which trajectory this is, and its last iterate. A double holds every float.
struct entry {
  std::string_view rule, game, format;
  std::size_t p, q;
  double z[most];

  constexpr bool names_the_same(const entry& o) const noexcept {
    return rule == o.rule && game == o.game && format == o.format && p == o.p && q == o.q;
  }
};

/// Multiples of 1/64, as a linear congruence shuffles them: the same on every machine because they are exact.
class numbers {
public:
  /// In [−1, 1).
  template <class X> X fill() {
    X x;
    saddle::walk([&](auto& number) { number = next<std::remove_cvref_t<decltype(number)>>(); }, x);
    return x;
  }
  /// In [1/16, 3/16).
  template <class X> X fill_steps() {
    X x;
    saddle::walk(
        [&](auto& number) {
          using T = std::remove_cvref_t<decltype(number)>;
          number = T(0.125) + next<T>() / T(16);
        },
        x);
    return x;
  }

private:
  template <class T> T next() {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<T>(static_cast<int>(state_ >> 25) - 64) / T(64);
  }
  std::uint32_t state_ = 1;
};

/// Calls f(entry) for every trajectory in format T, computed here and now.
template <class T, class F> void each_trajectory(F&& f) {
  const auto on_game = [&]<class Rule, class G>(const char* rule, const char* game_name) {
    using Z = typename G::point_type;
    numbers source;
    G game = source.fill<G>();
    saddle_test::make_proper(game);
    const Z start = source.fill<Z>();
    const auto r = saddle::run(Rule{}, game, source.fill_steps<saddle::parameters_t<Rule, Z>>(), start, steps);
    entry e{rule, game_name, format_of<T>, Z::p, Z::q, {}};
    for (std::size_t i = 0; i < Z::size; ++i) e.z[i] = static_cast<double>(r.z()[i]);
    f(e);
  };
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    saddle_test::each_game([&]<class Family>(const char* game) {
      on_game.template operator()<Rule, typename Family::template of<T, 1, 1>>(entry.name, game);
      on_game.template operator()<Rule, typename Family::template of<T, 2, 2>>(entry.name, game);
      on_game.template operator()<Rule, typename Family::template of<T, 3, 2>>(entry.name, game);
      on_game.template operator()<Rule, typename Family::template of<T, 4, 4>>(entry.name, game);
    });
  });
}

} // namespace golden
