#pragma once

#include "../plain.hpp"

namespace plain {

/// The factors of LDLᵀ: L below its diagonal of ones, and the inverse of D.
template <class T, std::size_t N> struct factor { T lower[N][N], inverse[N]; };

/// b := (LDLᵀ)⁻¹ b
template <class T, std::size_t N> void solve(const factor<T, N>& l, T (&b)[N]) {
  for (std::size_t i = 1; i < N; ++i)
    for (std::size_t k = 0; k < i; ++k) b[i] -= l.lower[i][k] * b[k];
  for (std::size_t i = 0; i < N; ++i) b[i] *= l.inverse[i];
  for (std::size_t i = N - 1; i-- > 0;)
    for (std::size_t k = i + 1; k < N; ++k) b[i] -= l.lower[k][i] * b[k];
}

/// What the implicit step has computed once: the factors of I + ηθA (quadratic games) and of the Schur complement.
template <class T, std::size_t N> struct resolvent {
  steps<T> eta;
  factor<T, N> own, schur;
};

namespace implicit {
template <class T, std::size_t N> using plan = resolvent<T, N>;
template <class T, std::size_t N> using state = pair<T, N>;

template <class T, std::size_t N> void step(const bilinear<T, N>& g, const resolvent<T, N>& r, pair<T, N>& z) {
  T s[N]{};
  add_transposed(g.C, z.theta, s);
  for (std::size_t i = 0; i < N; ++i) z.omega[i] += r.eta.omega * s[i];
  solve(r.schur, z.omega);
  T t[N]{};
  add(g.C, z.omega, t);
  for (std::size_t i = 0; i < N; ++i) z.theta[i] -= r.eta.theta * t[i];
}

template <class T, std::size_t N> void step(const quadratic<T, N>& g, const resolvent<T, N>& r, pair<T, N>& z) {
  T t[N], s[N];
  for (std::size_t i = 0; i < N; ++i) t[i] = z.theta[i] - r.eta.theta * g.a[i];
  solve(r.own, t);
  for (std::size_t i = 0; i < N; ++i) s[i] = -g.b[i];
  add_transposed(g.C, t, s);
  for (std::size_t i = 0; i < N; ++i) z.omega[i] += r.eta.omega * s[i];
  solve(r.schur, z.omega);
  for (std::size_t i = 0; i < N; ++i) t[i] = g.a[i];
  add(g.C, z.omega, t);
  for (std::size_t i = 0; i < N; ++i) z.theta[i] -= r.eta.theta * t[i];
  solve(r.own, z.theta);
}
} // namespace implicit

} // namespace plain
