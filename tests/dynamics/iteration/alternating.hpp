#pragma once

#include <saddle/dynamics/alternating.hpp>

#include "support/linear_game.hpp"

namespace saddle_test {

template <class P> dense published_matrix(saddle::dynamics::alternating, const linear_game& g, const P& parameters) {
  const real e1 = parameters.eta[0], e2 = parameters.eta[1];
  const dense own = dense::identity(g.p) - e1 * g.a(), ct = g.c().transposed();
  dense t(g.p + g.q, g.p + g.q);
  t.put(0, 0, own);
  t.put(0, g.p, -e1 * g.c());
  t.put(g.p, 0, e2 * (ct * own));
  t.put(g.p, g.p, dense::identity(g.q) - e2 * g.b() - (e1 * e2) * (ct * g.c()));
  return t;
}

} // namespace saddle_test
