#pragma once

#include "step/eigen.hpp"

namespace bench::step::BENCH_PEER {

struct gradient_penalty {
  template <class C, class T, class V> static void advance(const C& c, T eta, T gamma, V& theta, V& omega, int steps) {
    for (int k = 0; k < steps; ++k) {
      const V f = c.forward(omega), g = -c.backward(theta);
      theta -= eta * (f - 2 * gamma * c.forward(g));
      omega -= eta * (g + 2 * gamma * c.backward(f));
    }
  }
};

} // namespace bench::step::BENCH_PEER
