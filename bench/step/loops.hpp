/// What a careful programmer writes without a library: arrays, loops of constant length, the rule spelt out. The compiler
/// vectorises what it can. Compiled twice, as plain_loop and with -ffast-math; a rule is a file of the folder loops.
#pragma once

#include "step/arrays.hpp"

namespace bench::step::BENCH_PEER {

template <class T, std::size_t N> struct field { T theta[N], omega[N]; };

template <std::size_t N, class T> field<T, N> evaluate(const T* c, const T* theta, const T* omega) {
  field<T, N> f{};
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) {
      f.theta[i] += c[i * N + j] * omega[j];
      f.omega[j] -= c[i * N + j] * theta[i];
    }
  return f;
}

} // namespace bench::step::BENCH_PEER
