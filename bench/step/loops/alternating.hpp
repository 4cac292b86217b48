#pragma once

#include "step/loops.hpp"

namespace bench::step::BENCH_PEER {

struct alternating {
  // Called, as from another file of a program.
  template <std::size_t N, class T>
  [[gnu::noinline]] static void advance(const T* c, T eta, T, T* theta, T* omega, int steps) {
    for (int k = 0; k < steps; ++k) {
      for (std::size_t i = 0; i < N; ++i) {
        T slope = 0;
        for (std::size_t j = 0; j < N; ++j) slope += c[i * N + j] * omega[j];
        theta[i] -= eta * slope;
      }
      T slope[N]{};
      for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < N; ++j) slope[j] += c[i * N + j] * theta[i];
      for (std::size_t j = 0; j < N; ++j) omega[j] += eta * slope[j];
    }
  }
};

} // namespace bench::step::BENCH_PEER
