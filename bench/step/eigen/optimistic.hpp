#pragma once

#include "step/eigen.hpp"

namespace bench::step::BENCH_PEER {

struct optimistic {
  template <class C, class T, class V> static void advance(const C& c, T eta, T, V& theta, V& omega, int steps) {
    V theta_before = c.forward(omega), omega_before = c.backward(theta);
    for (int k = 0; k < steps; ++k) {
      const V theta_slope = c.forward(omega), omega_slope = c.backward(theta);
      theta -= eta * (2 * theta_slope - theta_before);
      omega += eta * (2 * omega_slope - omega_before);
      theta_before = theta_slope;
      omega_before = omega_slope;
    }
  }
};

} // namespace bench::step::BENCH_PEER
