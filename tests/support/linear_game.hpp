/// What the published iteration matrices of dynamics/iteration/ are written with: a quadratic game in long double.
#pragma once

#include <cstddef>

#include "reference.hpp"

namespace saddle_test {

struct linear_game {
  dense m;
  std::size_t p, q;

  dense a() const { return m.block(0, 0, p, p); }
  dense c() const { return m.block(0, p, p, q); }
  dense b() const { return m.block(p, p, q, q); }
};

/// diag(s₀ I_p, s₁ I_q)
template <class Step> dense per_player(const linear_game& g, const Step& s) {
  dense r(g.p + g.q, g.p + g.q);
  for (std::size_t i = 0; i < g.p + g.q; ++i) r(i, i) = s[i < g.p ? 0 : 1];
  return r;
}

} // namespace saddle_test
