#pragma once

#include "step/eigen.hpp"

namespace bench::step::BENCH_PEER {

struct simultaneous {
  template <class C, class T, class V> static void advance(const C& c, T eta, T, V& theta, V& omega, int steps) {
    for (int k = 0; k < steps; ++k) {
      const V slope = c.forward(omega);
      omega.noalias() += eta * c.backward(theta);
      theta -= eta * slope;
    }
  }
};

} // namespace bench::step::BENCH_PEER
