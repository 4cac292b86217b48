/// What a careful programmer writes without a library: arrays, loops of constant length, the rule spelt out. Compiled
/// with the flags of everything else, and the compiler vectorises what it can.
#include "step/task.hpp"

namespace bench::step {
namespace {

template <class T, std::size_t N> struct field {
  T theta[N], omega[N];
};

template <class T, std::size_t N> field<T, N> evaluate(const T* c, const T* theta, const T* omega) {
  field<T, N> f{};
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) {
      f.theta[i] += c[i * N + j] * omega[j];
      f.omega[j] -= c[i * N + j] * theta[i];
    }
  return f;
}

template <class Rule> inline constexpr bool spelt_out = false;
template <> inline constexpr bool spelt_out<saddle::dynamics::simultaneous> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::alternating> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::optimistic> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::consensus> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::predictive> = true;

template <class T, std::size_t N>
void advance(saddle::dynamics::simultaneous, const T* c, T eta, T, T* theta, T* omega) {
  for (int k = 0; k < steps; ++k) {
    const auto f = evaluate<T, N>(c, theta, omega);
    for (std::size_t i = 0; i < N; ++i) {
      theta[i] -= eta * f.theta[i];
      omega[i] -= eta * f.omega[i];
    }
  }
}

template <class T, std::size_t N>
void advance(saddle::dynamics::alternating, const T* c, T eta, T, T* theta, T* omega) {
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
void advance(saddle::dynamics::optimistic, const T* c, T eta, T, T* theta, T* omega) {
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
void advance(saddle::dynamics::consensus, const T* c, T eta, T gamma, T* theta, T* omega) {
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
void advance(saddle::dynamics::predictive, const T* c, T eta, T gamma, T* theta, T* omega) {
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

struct plain_loop {
  template <class Rule> static constexpr bool plays = spelt_out<Rule>;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, std::size_t games) {
    time_one_by_one<Rule, T, N>(state, games, [](const auto& game, const auto& p, auto& z) {
      T gamma = 0;
      if constexpr (requires { p.gamma; }) gamma = p.gamma[0];
      advance<T, N>(Rule{}, game.C.v, p.eta[0], gamma, z.theta.v, z.omega.v);
    });
  }
};

} // namespace

void add_plain_loop() {
  add_rows<plain_loop>("plain_loop", 1);
  add_rows<plain_loop>("plain_loop", batch_games);
}

} // namespace bench::step
