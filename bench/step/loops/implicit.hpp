#pragma once

#include "step/loops.hpp"

namespace bench::step::BENCH_PEER {

struct implicit {
  // Called, as from another file of a program. The inverse of I + η²CᵀC is taken once, as one does for sizes like these.
  template <std::size_t N, class T>
  [[gnu::noinline]] static void advance(const T* c, T eta, T, T* theta, T* omega, int steps) {
    T schur[N][N], inverse[N][N]{};
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) {
        T sum = 0;
        for (std::size_t k = 0; k < N; ++k) sum += c[k * N + i] * c[k * N + j];
        schur[i][j] = eta * eta * sum + (i == j ? 1 : 0);
        inverse[i][j] = i == j ? 1 : 0;
      }
    for (std::size_t i = 0; i < N; ++i) { // Gauss and Jordan; a positive definite matrix needs no pivots
      const T scale = 1 / schur[i][i];
      for (std::size_t j = 0; j < N; ++j) {
        schur[i][j] *= scale;
        inverse[i][j] *= scale;
      }
      for (std::size_t r = 0; r < N; ++r) {
        if (r == i) continue;
        const T factor = schur[r][i];
        for (std::size_t j = 0; j < N; ++j) {
          schur[r][j] -= factor * schur[i][j];
          inverse[r][j] -= factor * inverse[i][j];
        }
      }
    }
    for (int k = 0; k < steps; ++k) {
      T right[N];
      for (std::size_t j = 0; j < N; ++j) right[j] = omega[j];
      for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < N; ++j) right[j] += eta * c[i * N + j] * theta[i];
      for (std::size_t i = 0; i < N; ++i) {
        omega[i] = 0;
        for (std::size_t j = 0; j < N; ++j) omega[i] += inverse[i][j] * right[j];
      }
      for (std::size_t i = 0; i < N; ++i) {
        T slope = 0;
        for (std::size_t j = 0; j < N; ++j) slope += c[i * N + j] * omega[j];
        theta[i] -= eta * slope;
      }
    }
  }
};

} // namespace bench::step::BENCH_PEER
