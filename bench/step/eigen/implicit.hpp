#pragma once

#include "step/eigen.hpp"

namespace bench::step::BENCH_PEER {

struct implicit {
  template <class C, class T, class V> static void advance(const C& c, T eta, T, V& theta, V& omega, int steps) {
    using M = std::remove_cvref_t<decltype(c.c)>;
    const M schur = M::Identity() + eta * eta * (c.c.transpose() * c.c);
    const M inverse = schur.inverse(); // what one does for sizes like these
    for (int k = 0; k < steps; ++k) {
      const V right = omega + eta * c.backward(theta);
      omega.noalias() = inverse * right;
      theta.noalias() -= eta * c.forward(omega);
    }
  }
};

} // namespace bench::step::BENCH_PEER
