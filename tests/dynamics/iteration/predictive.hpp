#pragma once

#include <saddle/dynamics/predictive.hpp>

#include "support/linear_game.hpp"

namespace saddle_test {

template <class P> dense published_matrix(saddle::dynamics::predictive, const linear_game& g, const P& parameters) {
  const dense identity = dense::identity(g.p + g.q);
  return identity - per_player(g, parameters.eta) * g.m * (identity - per_player(g, parameters.gamma) * g.m);
}

} // namespace saddle_test
