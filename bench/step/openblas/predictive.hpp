#pragma once

#include "step/openblas.hpp"

namespace bench::step::BENCH_PEER {

struct predictive {
  template <std::size_t N, class T> static void advance(const T* c, T eta, T gamma, T* theta, T* omega, int steps) {
    constexpr int n = static_cast<int>(N);
    T y[N], x[N];
    for (int k = 0; k < steps; ++k) {
      for (std::size_t i = 0; i < N; ++i) {
        y[i] = theta[i];
        x[i] = omega[i];
      }
      product(CblasNoTrans, n, -gamma, c, omega, T(1), y);
      product(CblasTrans, n, gamma, c, theta, T(1), x);
      product(CblasNoTrans, n, -eta, c, x, T(1), theta);
      product(CblasTrans, n, eta, c, y, T(1), omega);
    }
  }
};

} // namespace bench::step::BENCH_PEER
