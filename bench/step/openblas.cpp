/// OpenBLAS, one game: a matrix-vector product a call. Its overhead is what small sizes see; it needs n of 16 to be of use.
#include "step/task.hpp"

#include <cblas.h>

namespace bench::step {
namespace {

inline void product(CBLAS_TRANSPOSE form, int n, double a, const double* c, const double* x, double b, double* y) {
  cblas_dgemv(CblasRowMajor, form, n, n, a, c, n, x, 1, b, y, 1);
}
inline void product(CBLAS_TRANSPOSE form, int n, float a, const float* c, const float* x, float b, float* y) {
  cblas_sgemv(CblasRowMajor, form, n, n, a, c, n, x, 1, b, y, 1);
}

template <std::size_t N, class T>
void advance(saddle::dynamics::optimistic, const T* c, T eta, T, T* theta, T* omega, int steps) {
  constexpr int n = static_cast<int>(N);
  T before[2][N], now[2][N];
  product(CblasNoTrans, n, T(1), c, omega, T(0), before[0]);
  product(CblasTrans, n, T(-1), c, theta, T(0), before[1]);
  for (int k = 0; k < steps; ++k) {
    product(CblasNoTrans, n, T(1), c, omega, T(0), now[0]);
    product(CblasTrans, n, T(-1), c, theta, T(0), now[1]);
    for (std::size_t i = 0; i < N; ++i) {
      theta[i] -= eta * (2 * now[0][i] - before[0][i]);
      omega[i] -= eta * (2 * now[1][i] - before[1][i]);
      before[0][i] = now[0][i];
      before[1][i] = now[1][i];
    }
  }
}

template <std::size_t N, class T>
void advance(saddle::dynamics::predictive, const T* c, T eta, T gamma, T* theta, T* omega, int steps) {
  constexpr int n = static_cast<int>(N);
  T y[N], x[N];
  for (int k = 0; k < steps; ++k) {
    for (std::size_t i = 0; i < N; ++i) {
      y[i] = theta[i];
      x[i] = omega[i];
    }
    product(CblasNoTrans, n, -gamma, c, omega, T(1), y);
    product(CblasTrans, n, gamma, c, theta, T(1), x);
    product(CblasNoTrans, n, -eta, c, x, T(1), theta);
    product(CblasTrans, n, eta, c, y, T(1), omega);
  }
}

template <std::size_t N, class T>
void advance(saddle::dynamics::consensus, const T* c, T eta, T gamma, T* theta, T* omega, int steps) {
  constexpr int n = static_cast<int>(N);
  T f[N], g[N];
  for (int k = 0; k < steps; ++k) {
    product(CblasNoTrans, n, T(1), c, omega, T(0), f);
    product(CblasTrans, n, T(-1), c, theta, T(0), g);
    for (std::size_t i = 0; i < N; ++i) {
      theta[i] -= eta * f[i];
      omega[i] -= eta * g[i];
    }
    product(CblasNoTrans, n, eta * gamma, c, g, T(1), theta);
    product(CblasTrans, n, -eta * gamma, c, f, T(1), omega);
  }
}

struct openblas {
  template <class Rule> static constexpr bool plays = representative<Rule>;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, const load& shape) {
    time_one_by_one<Rule, T, N>(
        state, shape,
        [](const auto& game, const auto& p) {
          return std::pair{game, p};
        },
        [](const auto& prepared, auto& z, int steps) {
          const auto& [game, p] = prepared;
          T gamma = 0;
          if constexpr (requires { p.gamma; }) gamma = p.gamma[0];
          advance<N>(Rule{}, game.C.v, p.eta[0], gamma, z.theta.v, z.omega.v, steps);
        });
  }
};

} // namespace

void add_openblas() { add_alone<openblas>("openblas"); }

} // namespace bench::step
