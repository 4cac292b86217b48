/// Eigen, fixed size, in two forms: as its users write it (products with noalias where it helps), and with the tricks that
/// make small sizes fast: products evaluated lazily, so that they are inlined, and the transpose stored.
#pragma once

#include "step/task.hpp"

#include <Eigen/Dense>

namespace bench::step {

template <class T, std::size_t N> using vector = Eigen::Matrix<T, static_cast<int>(N), 1>;
template <class T, std::size_t N> using matrix = Eigen::Matrix<T, static_cast<int>(N), static_cast<int>(N)>;

template <class Rule> inline constexpr bool spelt_out = false;
template <> inline constexpr bool spelt_out<saddle::dynamics::simultaneous> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::alternating> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::optimistic> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::consensus> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::implicit> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::predictive> = true;

/// C and its products.
template <class M> struct natural {
  M c;
  template <class V> auto forward(const V& x) const { return c * x; }
  template <class V> auto backward(const V& x) const { return c.transpose() * x; }
};
template <class M> struct lazy {
  M c;
  M transposed = c.transpose();
  template <class V> auto forward(const V& x) const { return c.lazyProduct(x); }
  template <class V> auto backward(const V& x) const { return transposed.lazyProduct(x); }
};

template <class C, class T, class V>
void advance(saddle::dynamics::simultaneous, const C& c, T eta, T, V& theta, V& omega, int steps) {
  for (int k = 0; k < steps; ++k) {
    const V slope = c.forward(omega);
    omega.noalias() += eta * c.backward(theta);
    theta -= eta * slope;
  }
}

template <class C, class T, class V>
void advance(saddle::dynamics::alternating, const C& c, T eta, T, V& theta, V& omega, int steps) {
  for (int k = 0; k < steps; ++k) {
    theta.noalias() -= eta * c.forward(omega);
    omega.noalias() += eta * c.backward(theta);
  }
}

template <class C, class T, class V>
void advance(saddle::dynamics::optimistic, const C& c, T eta, T, V& theta, V& omega, int steps) {
  V theta_before = c.forward(omega), omega_before = c.backward(theta);
  for (int k = 0; k < steps; ++k) {
    const V theta_slope = c.forward(omega), omega_slope = c.backward(theta);
    theta -= eta * (2 * theta_slope - theta_before);
    omega += eta * (2 * omega_slope - omega_before);
    theta_before = theta_slope;
    omega_before = omega_slope;
  }
}

template <class C, class T, class V>
void advance(saddle::dynamics::consensus, const C& c, T eta, T gamma, V& theta, V& omega, int steps) {
  for (int k = 0; k < steps; ++k) {
    const V f = c.forward(omega), g = -c.backward(theta);
    theta -= eta * (f - gamma * c.forward(g));
    omega -= eta * (g + gamma * c.backward(f));
  }
}

template <class C, class T, class V>
void advance(saddle::dynamics::predictive, const C& c, T eta, T gamma, V& theta, V& omega, int steps) {
  for (int k = 0; k < steps; ++k) {
    const V y = theta - gamma * c.forward(omega), x = omega + gamma * c.backward(theta);
    theta.noalias() -= eta * c.forward(x);
    omega.noalias() += eta * c.backward(y);
  }
}

template <class C, class T, class V>
void advance(saddle::dynamics::implicit, const C& c, T eta, T, V& theta, V& omega, int steps) {
  using M = std::remove_cvref_t<decltype(c.c)>;
  const M schur = M::Identity() + eta * eta * (c.c.transpose() * c.c);
  const M inverse = schur.inverse(); // what one does for sizes like these
  for (int k = 0; k < steps; ++k) {
    const V right = omega + eta * c.backward(theta);
    omega.noalias() = inverse * right;
    theta.noalias() -= eta * c.forward(omega);
  }
}

template <template <class> class Form> struct eigen {
  template <class Rule> static constexpr bool plays = spelt_out<Rule>;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, const load& shape) {
    time_one_by_one<Rule, T, N>(
        state, shape,
        [](const auto& game, const auto& p) {
          matrix<T, N> c;
          for (std::size_t i = 0; i < N; ++i)
            for (std::size_t j = 0; j < N; ++j) c(static_cast<int>(i), static_cast<int>(j)) = game.C(i, j);
          return std::pair{Form<matrix<T, N>>{c}, p};
        },
        [](const auto& prepared, auto& z, int steps) {
          const auto& [c, p] = prepared;
          vector<T, N> theta(z.theta.v), omega(z.omega.v);
          T gamma = 0;
          if constexpr (requires { p.gamma; }) gamma = p.gamma[0];
          advance(Rule{}, c, p.eta[0], gamma, theta, omega, steps);
          for (std::size_t i = 0; i < N; ++i) {
            z.theta[i] = theta(static_cast<int>(i));
            z.omega[i] = omega(static_cast<int>(i));
          }
        });
  }
};

} // namespace bench::step
