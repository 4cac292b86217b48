/// Every registered game, and games with an equilibrium that is exact in every format. Needs no test framework: firmware
/// uses it too.
#pragma once

#include <cstddef>

#include <saddle/registry.hpp>

#include "random.hpp"

namespace saddle_test {

/// Calls f.template operator()<Family>("name") for every registered game; Family::of<T, P, Q> is the game.
template <class F> void each_game(F&& f) {
  saddle::registry::all_games::each([&]<class Family>(Family family) { f.template operator()<Family>(family.name); });
}

/// A game and an equilibrium of it where the field, computed in any format, is exactly zero.
template <class G> struct exact_game {
  G game;
  typename G::point_type equilibrium;
};

/// Small integers make every product and sum exact; the slopes cancel the rest of the field at an integer point.
template <class T, std::size_t P, std::size_t Q> exact_game<saddle::games::quadratic<T, P, Q>>
with_exact_equilibrium(saddle::games::quadratic<T, P, Q> g, random_source& random) {
  g = random.fill_integers<decltype(g)>(-2, 2);
  for (std::size_t i = 0; i < P; ++i)
    for (std::size_t j = 0; j <= i; ++j) g.A(i, j) = g.A(j, i) = i == j ? T(2 * P) : g.A(j, i);
  for (std::size_t i = 0; i < Q; ++i)
    for (std::size_t j = 0; j <= i; ++j) g.B(i, j) = g.B(j, i) = i == j ? T(2 * Q) : g.B(j, i);
  saddle::point<T, P, Q> z;
  for (std::size_t i = 0; i < P + Q; ++i) z[i] = static_cast<T>(random.integer(1, 4));
  g.a = saddle::zeros<T, P>();
  g.b = saddle::zeros<T, Q>();
  const auto f = g.field(z);
  g.a = -f.theta;
  g.b = -f.omega;
  return {g, z};
}

/// Any other game: the equilibrium it says it has.
template <class G> exact_game<G> with_exact_equilibrium(G, random_source& random) {
  const G g = random_game<G>(random);
  return {g, g.equilibrium().z};
}

} // namespace saddle_test
