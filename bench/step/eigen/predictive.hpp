#pragma once

#include "step/eigen.hpp"

namespace bench::step::BENCH_PEER {

struct predictive {
  template <class C, class T, class V> static void advance(const C& c, T eta, T gamma, V& theta, V& omega, int steps) {
    for (int k = 0; k < steps; ++k) {
      const V y = theta - gamma * c.forward(omega), x = omega + gamma * c.backward(theta);
      theta.noalias() -= eta * c.forward(x);
      omega.noalias() += eta * c.backward(y);
    }
  }
};

} // namespace bench::step::BENCH_PEER
