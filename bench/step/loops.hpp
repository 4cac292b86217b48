/// What a careful programmer writes without a library: arrays, loops of constant length, the rule spelt out. The compiler
/// vectorises what it can. Included twice, with BENCH_LOOPS naming the flags it is compiled with: nothing of a unit with
/// -ffast-math may be shared with others, so all of it lies in a namespace of that name.
#include <cstddef>

#include <saddle/registry.hpp>

namespace bench::step::BENCH_LOOPS {

template <class T, std::size_t N> struct field { T theta[N], omega[N]; };

template <class T, std::size_t N> field<T, N> evaluate(const T* c, const T* theta, const T* omega) {
  field<T, N> f{};
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) {
      f.theta[i] += c[i * N + j] * omega[j];
      f.omega[j] -= c[i * N + j] * theta[i];
    }
  return f;
}

template <class T, std::size_t N>
void advance(saddle::dynamics::simultaneous, const T* c, T eta, T, T* theta, T* omega, int steps) {
  for (int k = 0; k < steps; ++k) {
    const auto f = evaluate<T, N>(c, theta, omega);
    for (std::size_t i = 0; i < N; ++i) {
      theta[i] -= eta * f.theta[i];
      omega[i] -= eta * f.omega[i];
    }
  }
}

template <class T, std::size_t N>
void advance(saddle::dynamics::alternating, const T* c, T eta, T, T* theta, T* omega, int steps) {
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

template <class T, std::size_t N>
void advance(saddle::dynamics::optimistic, const T* c, T eta, T, T* theta, T* omega, int steps) {
  auto previous = evaluate<T, N>(c, theta, omega);
  for (int k = 0; k < steps; ++k) {
    const auto f = evaluate<T, N>(c, theta, omega);
    for (std::size_t i = 0; i < N; ++i) {
      theta[i] -= eta * (2 * f.theta[i] - previous.theta[i]);
      omega[i] -= eta * (2 * f.omega[i] - previous.omega[i]);
    }
    previous = f;
  }
}

template <class T, std::size_t N>
void advance(saddle::dynamics::consensus, const T* c, T eta, T gamma, T* theta, T* omega, int steps) {
  for (int k = 0; k < steps; ++k) {
    const auto f = evaluate<T, N>(c, theta, omega);
    const auto turned = evaluate<T, N>(c, f.theta, f.omega); // J is skew: Jᵀf = −Jf
    for (std::size_t i = 0; i < N; ++i) {
      theta[i] -= eta * (f.theta[i] - gamma * turned.theta[i]);
      omega[i] -= eta * (f.omega[i] - gamma * turned.omega[i]);
    }
  }
}

template <class T, std::size_t N>
void advance(saddle::dynamics::predictive, const T* c, T eta, T gamma, T* theta, T* omega, int steps) {
  for (int k = 0; k < steps; ++k) {
    auto f = evaluate<T, N>(c, theta, omega);
    T y_theta[N], y_omega[N];
    for (std::size_t i = 0; i < N; ++i) {
      y_theta[i] = theta[i] - gamma * f.theta[i];
      y_omega[i] = omega[i] - gamma * f.omega[i];
    }
    f = evaluate<T, N>(c, y_theta, y_omega);
    for (std::size_t i = 0; i < N; ++i) {
      theta[i] -= eta * f.theta[i];
      omega[i] -= eta * f.omega[i];
    }
  }
}

#define BENCH_LOOPS_OF(rule, T, N) template void advance<T, N>(saddle::dynamics::rule, const T*, T, T, T*, T*, int);
#define BENCH_LOOPS_SIZES(rule, T)                                                                                     \
  BENCH_LOOPS_OF(rule, T, 1)                                                                                           \
  BENCH_LOOPS_OF(rule, T, 2)                                                                                           \
  BENCH_LOOPS_OF(rule, T, 3)                                                                                           \
  BENCH_LOOPS_OF(rule, T, 4)                                                                                           \
  BENCH_LOOPS_OF(rule, T, 8)                                                                                           \
  BENCH_LOOPS_OF(rule, T, 16)                                                                                          \
  BENCH_LOOPS_OF(rule, T, 32)
#define BENCH_LOOPS_TYPES(rule) BENCH_LOOPS_SIZES(rule, float) BENCH_LOOPS_SIZES(rule, double)
BENCH_LOOPS_TYPES(simultaneous)
BENCH_LOOPS_TYPES(alternating)
BENCH_LOOPS_TYPES(optimistic)
BENCH_LOOPS_TYPES(consensus)
BENCH_LOOPS_TYPES(predictive)

} // namespace bench::step::BENCH_LOOPS
