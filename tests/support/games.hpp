/// Every registered game at registered dimensions, named in what a failed test prints.
#pragma once

#include <cstddef>

#include <gtest/gtest.h>

#include "each_game.hpp"

namespace saddle_test {

/// Calls f.template operator()<G>() for every registered game of numbers T at the given dimensions.
template <class T, std::size_t P, std::size_t Q, class F> void each_game_of(F&& f) {
  each_game([&]<class Family>(const char* name) {
    SCOPED_TRACE(::testing::Message() << name << ' ' << P << " x " << Q);
    f.template operator()<typename Family::template of<T, P, Q>>();
  });
}

/// Calls f.template operator()<G>() for every registered game at three pairs of dimensions that stand for the rest: the
/// smallest, P < Q and P > Q.
template <class T, class F> void each_game_somewhere(F&& f) {
  each_game_of<T, 1, 1>(f);
  each_game_of<T, 1, 3>(f);
  each_game_of<T, 3, 2>(f);
}

/// For what plain numbers show of a rule: at those three, or where a build asks for less, at P > Q alone.
template <class T, class F> void each_game_on_numbers(F&& f) {
  if constexpr (this_tier >= tier::host) each_game_somewhere<T>(f);
  else each_game_of<T, 3, 2>(f);
}

/// At every registered pair of dimensions, or where a build asks for less, at those three.
template <class T, class F> void each_game_everywhere(F&& f) {
  if constexpr (this_tier >= tier::host)
    saddle::registry::all_dimensions::each(
        [&]<std::size_t P, std::size_t Q>(saddle::registry::dimensions<P, Q>) { each_game_of<T, P, Q>(f); });
  else each_game_somewhere<T>(f);
}

} // namespace saddle_test
