/// What a step as one writes it without a library is made of: arrays, loops of constant length, the game spelt out. N
/// numbers a player, a step size a player. The arrays of game, parameters and state lie as those of the library do.
///
/// The step of a rule is bench/footprint/plain/<rule>.hpp: a namespace plain::<rule> with the types plan<T, N> and
/// state<T, N> and a function step(game, plan, state).
#pragma once

#include <cstddef>

namespace plain {

/// U = θᵀCω
template <class T, std::size_t N> struct bilinear { T C[N][N]; };

/// U = ½θᵀAθ + θᵀCω − ½ωᵀBω + aᵀθ − bᵀω
template <class T, std::size_t N> struct quadratic { T A[N][N], B[N][N], C[N][N], a[N], b[N]; };

template <class T, std::size_t N> struct pair { T theta[N], omega[N]; };
template <class T> struct steps { T theta, omega; };

template <class T> struct one_step { steps<T> eta; };
template <class T> struct two_steps { steps<T> eta, gamma; };

/// r ± M·x and r ± Mᵀ·x
template <class T, std::size_t N> void add(const T (&m)[N][N], const T (&x)[N], T (&r)[N]) {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) r[i] += m[i][j] * x[j];
}
template <class T, std::size_t N> void subtract(const T (&m)[N][N], const T (&x)[N], T (&r)[N]) {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) r[i] -= m[i][j] * x[j];
}
template <class T, std::size_t N> void add_transposed(const T (&m)[N][N], const T (&x)[N], T (&r)[N]) {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) r[j] += m[i][j] * x[i];
}
template <class T, std::size_t N> void subtract_transposed(const T (&m)[N][N], const T (&x)[N], T (&r)[N]) {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) r[j] -= m[i][j] * x[i];
}

template <class T, std::size_t N>
void theta_slope(const bilinear<T, N>& g, const T (&)[N], const T (&omega)[N], T (&r)[N]) {
  for (T& x : r) x = 0;
  add(g.C, omega, r);
}
template <class T, std::size_t N>
void omega_slope(const bilinear<T, N>& g, const T (&theta)[N], const T (&)[N], T (&r)[N]) {
  for (T& x : r) x = 0;
  subtract_transposed(g.C, theta, r);
}
template <class T, std::size_t N>
void theta_slope(const quadratic<T, N>& g, const T (&theta)[N], const T (&omega)[N], T (&r)[N]) {
  for (std::size_t i = 0; i < N; ++i) r[i] = g.a[i];
  add(g.A, theta, r);
  add(g.C, omega, r);
}
template <class T, std::size_t N>
void omega_slope(const quadratic<T, N>& g, const T (&theta)[N], const T (&omega)[N], T (&r)[N]) {
  for (std::size_t i = 0; i < N; ++i) r[i] = g.b[i];
  add(g.B, omega, r);
  subtract_transposed(g.C, theta, r);
}
template <class G, class T, std::size_t N> pair<T, N> field(const G& g, const pair<T, N>& z) {
  pair<T, N> f;
  theta_slope(g, z.theta, z.omega, f.theta);
  omega_slope(g, z.theta, z.omega, f.omega);
  return f;
}

/// (−Cω, Cᵀθ): what the others' slopes do to a player
template <class G, class T, std::size_t N> pair<T, N> steepness(const G& g, const pair<T, N>& f) {
  pair<T, N> r{};
  subtract(g.C, f.omega, r.theta);
  add_transposed(g.C, f.theta, r.omega);
  return r;
}
/// Jᵀf
template <class T, std::size_t N> pair<T, N> transposed(const bilinear<T, N>& g, const pair<T, N>& f) {
  return steepness(g, f);
}
template <class T, std::size_t N> pair<T, N> transposed(const quadratic<T, N>& g, const pair<T, N>& f) {
  pair<T, N> r = steepness(g, f);
  add_transposed(g.A, f.theta, r.theta);
  add_transposed(g.B, f.omega, r.omega);
  return r;
}

/// z − η f, a step size a player
template <class T, std::size_t N> void descend(pair<T, N>& z, const steps<T>& eta, const pair<T, N>& f) {
  for (std::size_t i = 0; i < N; ++i) z.theta[i] -= eta.theta * f.theta[i];
  for (std::size_t i = 0; i < N; ++i) z.omega[i] -= eta.omega * f.omega[i];
}

} // namespace plain
