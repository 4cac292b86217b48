#pragma once

#include <saddle/dynamics/optimistic.hpp>

#include "support/linear_game.hpp"

namespace saddle_test {

template <class P> dense published_matrix(saddle::dynamics::optimistic, const linear_game& g, const P& parameters) {
  const std::size_t n = g.p + g.q;
  const dense hm = per_player(g, parameters.eta) * g.m;
  dense t(2 * n, 2 * n);
  t.put(0, 0, dense::identity(n) - 2 * hm);
  t.put(0, n, hm);
  t.put(n, 0, dense::identity(n));
  return t;
}

} // namespace saddle_test
