#pragma once

#include "step/loops.hpp"

namespace bench::step::BENCH_PEER {

struct consensus {
  // Called, as from another file of a program.
  template <std::size_t N, class T>
  [[gnu::noinline]] static void advance(const T* c, T eta, T gamma, T* theta, T* omega, int steps) {
    for (int k = 0; k < steps; ++k) {
      const auto f = evaluate<N>(c, theta, omega);
      const auto turned = evaluate<N>(c, f.theta, f.omega); // J is skew: Jᵀf = −Jf
      for (std::size_t i = 0; i < N; ++i) {
        theta[i] -= eta * (f.theta[i] - gamma * turned.theta[i]);
        omega[i] -= eta * (f.omega[i] - gamma * turned.omega[i]);
      }
    }
  }
};

} // namespace bench::step::BENCH_PEER
