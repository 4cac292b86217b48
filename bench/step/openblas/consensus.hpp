#pragma once

#include "step/openblas.hpp"

namespace bench::step::BENCH_PEER {

struct consensus {
  template <std::size_t N, class T> static void advance(const T* c, T eta, T gamma, T* theta, T* omega, int steps) {
    constexpr int n = static_cast<int>(N);
    T f[N], g[N];
    for (int k = 0; k < steps; ++k) {
      product(CblasNoTrans, n, T(1), c, omega, T(0), f);
      product(CblasTrans, n, T(-1), c, theta, T(0), g);
      for (std::size_t i = 0; i < N; ++i) {
        theta[i] -= eta * f[i];
        omega[i] -= eta * g[i];
      }
      product(CblasNoTrans, n, eta * gamma, c, g, T(1), theta);
      product(CblasTrans, n, -eta * gamma, c, f, T(1), omega);
    }
  }
};

} // namespace bench::step::BENCH_PEER
