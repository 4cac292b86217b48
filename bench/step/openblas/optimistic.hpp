#pragma once

#include "step/openblas.hpp"

namespace bench::step::BENCH_PEER {

struct optimistic {
  template <std::size_t N, class T> static void advance(const T* c, T eta, T, T* theta, T* omega, int steps) {
    constexpr int n = static_cast<int>(N);
    T before[2][N], now[2][N];
    product(CblasNoTrans, n, T(1), c, omega, T(0), before[0]);
    product(CblasTrans, n, T(-1), c, theta, T(0), before[1]);
    for (int k = 0; k < steps; ++k) {
      product(CblasNoTrans, n, T(1), c, omega, T(0), now[0]);
      product(CblasTrans, n, T(-1), c, theta, T(0), now[1]);
      for (std::size_t i = 0; i < N; ++i) {
        theta[i] -= eta * (2 * now[0][i] - before[0][i]);
        omega[i] -= eta * (2 * now[1][i] - before[1][i]);
        before[0][i] = now[0][i];
        before[1][i] = now[1][i];
      }
    }
  }
};

} // namespace bench::step::BENCH_PEER
