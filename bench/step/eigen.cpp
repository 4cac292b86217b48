/// Eigen, fixed size, as its users write it: no temporaries by hand, products with noalias where it helps.
#include "step/task.hpp"

#include <Eigen/Dense>

namespace bench::step {
namespace {

template <class T, std::size_t N> using vector = Eigen::Matrix<T, static_cast<int>(N), 1>;
template <class T, std::size_t N> using matrix = Eigen::Matrix<T, static_cast<int>(N), static_cast<int>(N)>;

template <class Rule> inline constexpr bool spelt_out = false;
template <> inline constexpr bool spelt_out<saddle::dynamics::simultaneous> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::alternating> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::optimistic> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::consensus> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::implicit> = true;
template <> inline constexpr bool spelt_out<saddle::dynamics::predictive> = true;

template <class M, class V>
void advance(saddle::dynamics::simultaneous, const M& c, double eta_, double, V& theta, V& omega) {
  const auto eta = static_cast<typename M::Scalar>(eta_);
  for (int k = 0; k < steps; ++k) {
    const V slope = c * omega;
    omega.noalias() += eta * (c.transpose() * theta);
    theta -= eta * slope;
  }
}

template <class M, class V>
void advance(saddle::dynamics::alternating, const M& c, double eta_, double, V& theta, V& omega) {
  const auto eta = static_cast<typename M::Scalar>(eta_);
  for (int k = 0; k < steps; ++k) {
    theta.noalias() -= eta * (c * omega);
    omega.noalias() += eta * (c.transpose() * theta);
  }
}

template <class M, class V>
void advance(saddle::dynamics::optimistic, const M& c, double eta_, double, V& theta, V& omega) {
  const auto eta = static_cast<typename M::Scalar>(eta_);
  V theta_before = c * omega, omega_before = c.transpose() * theta;
  for (int k = 0; k < steps; ++k) {
    const V theta_slope = c * omega, omega_slope = c.transpose() * theta;
    theta -= eta * (2 * theta_slope - theta_before);
    omega += eta * (2 * omega_slope - omega_before);
    theta_before = theta_slope;
    omega_before = omega_slope;
  }
}

template <class M, class V>
void advance(saddle::dynamics::consensus, const M& c, double eta_, double gamma_, V& theta, V& omega) {
  const auto eta = static_cast<typename M::Scalar>(eta_), gamma = static_cast<typename M::Scalar>(gamma_);
  for (int k = 0; k < steps; ++k) {
    const V f = c * omega, g = -(c.transpose() * theta);
    theta -= eta * (f - gamma * (c * g));
    omega -= eta * (g + gamma * (c.transpose() * f));
  }
}

template <class M, class V>
void advance(saddle::dynamics::implicit, const M& c, double eta_, double, V& theta, V& omega) {
  const auto eta = static_cast<typename M::Scalar>(eta_);
  const M schur = M::Identity() + eta * eta * (c.transpose() * c);
  const M inverse = schur.inverse(); // what one does for sizes like these
  for (int k = 0; k < steps; ++k) {
    const V right = omega + eta * (c.transpose() * theta);
    omega.noalias() = inverse * right;
    theta.noalias() -= eta * (c * omega);
  }
}

template <class M, class V>
void advance(saddle::dynamics::predictive, const M& c, double eta_, double gamma_, V& theta, V& omega) {
  const auto eta = static_cast<typename M::Scalar>(eta_), gamma = static_cast<typename M::Scalar>(gamma_);
  for (int k = 0; k < steps; ++k) {
    const V y = theta - gamma * (c * omega), x = omega + gamma * (c.transpose() * theta);
    theta.noalias() -= eta * (c * x);
    omega.noalias() += eta * (c.transpose() * y);
  }
}

struct eigen {
  template <class Rule> static constexpr bool plays = spelt_out<Rule>;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, std::size_t games) {
    time_one_by_one<Rule, T, N>(state, games, [](const auto& game, const auto& p, auto& z) {
      matrix<T, N> c;
      for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < N; ++j) c(static_cast<int>(i), static_cast<int>(j)) = game.C(i, j);
      vector<T, N> theta(z.theta.v), omega(z.omega.v);
      double gamma = 0;
      if constexpr (requires { p.gamma; }) gamma = static_cast<double>(p.gamma[0]);
      advance(Rule{}, c, static_cast<double>(p.eta[0]), gamma, theta, omega);
      for (std::size_t i = 0; i < N; ++i) {
        z.theta[i] = theta(static_cast<int>(i));
        z.omega[i] = omega(static_cast<int>(i));
      }
    });
  }
};

} // namespace

void add_eigen() {
  add_rows<eigen>("eigen", 1);
  add_rows<eigen>("eigen", batch_games);
}

} // namespace bench::step
