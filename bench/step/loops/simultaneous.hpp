#pragma once

#include "step/loops.hpp"

namespace bench::step::BENCH_PEER {

struct simultaneous {
  // Called, as from another file of a program.
  template <std::size_t N, class T>
  [[gnu::noinline]] static void advance(const T* c, T eta, T, T* theta, T* omega, int steps) {
    for (int k = 0; k < steps; ++k) {
      const auto f = evaluate<N>(c, theta, omega);
      for (std::size_t i = 0; i < N; ++i) {
        theta[i] -= eta * f.theta[i];
        omega[i] -= eta * f.omega[i];
      }
    }
  }
};

} // namespace bench::step::BENCH_PEER
