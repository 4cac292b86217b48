#pragma once

#include <saddle/dynamics/simultaneous.hpp>

#include "support/linear_game.hpp"

namespace saddle_test {

template <class P> dense published_matrix(saddle::dynamics::simultaneous, const linear_game& g, const P& parameters) {
  return dense::identity(g.p + g.q) - per_player(g, parameters.eta) * g.m;
}

} // namespace saddle_test
