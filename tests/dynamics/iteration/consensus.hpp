#pragma once

#include <saddle/dynamics/consensus.hpp>

#include "support/linear_game.hpp"

namespace saddle_test {

template <class P> dense published_matrix(saddle::dynamics::consensus, const linear_game& g, const P& parameters) {
  const dense gradient_of_half_norm = g.m.transposed() * g.m;
  return dense::identity(g.p + g.q) -
         per_player(g, parameters.eta) * (g.m + per_player(g, parameters.gamma) * gradient_of_half_norm);
}

} // namespace saddle_test
