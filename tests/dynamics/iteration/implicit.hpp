#pragma once

#include <saddle/dynamics/implicit.hpp>

#include "support/linear_game.hpp"

namespace saddle_test {

template <class P> dense published_matrix(saddle::dynamics::implicit, const linear_game& g, const P& parameters) {
  return inverse(dense::identity(g.p + g.q) + per_player(g, parameters.eta) * g.m);
}

} // namespace saddle_test
