#pragma once

#include "step/eigen.hpp"

namespace bench::step::BENCH_PEER {

struct alternating {
  template <class C, class T, class V> static void advance(const C& c, T eta, T, V& theta, V& omega, int steps) {
    for (int k = 0; k < steps; ++k) {
      theta.noalias() -= eta * c.forward(omega);
      omega.noalias() += eta * c.backward(theta);
    }
  }
};

} // namespace bench::step::BENCH_PEER
