#pragma once

#include "step/loops.hpp"

namespace bench::step::BENCH_PEER {

struct optimistic {
  // Called, as from another file of a program.
  template <std::size_t N, class T>
  [[gnu::noinline]] static void advance(const T* c, T eta, T, T* theta, T* omega, int steps) {
    auto previous = evaluate<N>(c, theta, omega);
    for (int k = 0; k < steps; ++k) {
      const auto f = evaluate<N>(c, theta, omega);
      for (std::size_t i = 0; i < N; ++i) {
        theta[i] -= eta * (2 * f.theta[i] - previous.theta[i]);
        omega[i] -= eta * (2 * f.omega[i] - previous.omega[i]);
      }
      previous = f;
    }
  }
};

} // namespace bench::step::BENCH_PEER
