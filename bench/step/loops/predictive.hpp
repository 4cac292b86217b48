#pragma once

#include "step/loops.hpp"

namespace bench::step::BENCH_PEER {

struct predictive {
  // Called, as from another file of a program.
  template <std::size_t N, class T>
  [[gnu::noinline]] static void advance(const T* c, T eta, T gamma, T* theta, T* omega, int steps) {
    for (int k = 0; k < steps; ++k) {
      auto f = evaluate<N>(c, theta, omega);
      T y_theta[N], y_omega[N];
      for (std::size_t i = 0; i < N; ++i) {
        y_theta[i] = theta[i] - gamma * f.theta[i];
        y_omega[i] = omega[i] - gamma * f.omega[i];
      }
      f = evaluate<N>(c, y_theta, y_omega);
      for (std::size_t i = 0; i < N; ++i) {
        theta[i] -= eta * f.theta[i];
        omega[i] -= eta * f.omega[i];
      }
    }
  }
};

} // namespace bench::step::BENCH_PEER
