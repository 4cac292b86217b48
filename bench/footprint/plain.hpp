/// A step of each rule as one writes it without a library: arrays, loops of constant length, the rule spelt out. N numbers
/// a player, a step size a player. The arrays of game, parameters and state lie as those of the library do.
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
template <class T, std::size_t N> struct with_memory { pair<T, N> z, memory; };

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

template <class G, class T, std::size_t N> void simultaneous(const G& g, const one_step<T>& p, pair<T, N>& z) {
  descend(z, p.eta, field(g, z));
}

template <class G, class T, std::size_t N> void alternating(const G& g, const one_step<T>& p, pair<T, N>& z) {
  T slope[N];
  theta_slope(g, z.theta, z.omega, slope);
  for (std::size_t i = 0; i < N; ++i) z.theta[i] -= p.eta.theta * slope[i];
  omega_slope(g, z.theta, z.omega, slope);
  for (std::size_t i = 0; i < N; ++i) z.omega[i] -= p.eta.omega * slope[i];
}

template <class G, class T, std::size_t N> void optimistic(const G& g, const one_step<T>& p, with_memory<T, N>& s) {
  const pair<T, N> f = field(g, s.z);
  for (std::size_t i = 0; i < N; ++i) s.z.theta[i] -= p.eta.theta * (2 * f.theta[i] - s.memory.theta[i]);
  for (std::size_t i = 0; i < N; ++i) s.z.omega[i] -= p.eta.omega * (2 * f.omega[i] - s.memory.omega[i]);
  s.memory = f;
}

template <class G, class T, std::size_t N> void consensus(const G& g, const two_steps<T>& p, pair<T, N>& z) {
  pair<T, N> f = field(g, z);
  const pair<T, N> t = transposed(g, f);
  for (std::size_t i = 0; i < N; ++i) f.theta[i] += p.gamma.theta * t.theta[i];
  for (std::size_t i = 0; i < N; ++i) f.omega[i] += p.gamma.omega * t.omega[i];
  descend(z, p.eta, f);
}

template <class G, class T, std::size_t N> void gradient_penalty(const G& g, const two_steps<T>& p, pair<T, N>& z) {
  pair<T, N> f = field(g, z);
  const pair<T, N> t = steepness(g, f);
  for (std::size_t i = 0; i < N; ++i) f.theta[i] += 2 * p.gamma.theta * t.theta[i];
  for (std::size_t i = 0; i < N; ++i) f.omega[i] += 2 * p.gamma.omega * t.omega[i];
  descend(z, p.eta, f);
}

template <class G, class T, std::size_t N> void predictive(const G& g, const two_steps<T>& p, pair<T, N>& z) {
  pair<T, N> y = z;
  descend(y, p.gamma, field(g, z));
  descend(z, p.eta, field(g, y));
}

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

template <class T, std::size_t N> void implicit(const bilinear<T, N>& g, const resolvent<T, N>& r, pair<T, N>& z) {
  T s[N]{};
  add_transposed(g.C, z.theta, s);
  for (std::size_t i = 0; i < N; ++i) z.omega[i] += r.eta.omega * s[i];
  solve(r.schur, z.omega);
  T t[N]{};
  add(g.C, z.omega, t);
  for (std::size_t i = 0; i < N; ++i) z.theta[i] -= r.eta.theta * t[i];
}

template <class T, std::size_t N> void implicit(const quadratic<T, N>& g, const resolvent<T, N>& r, pair<T, N>& z) {
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

} // namespace plain
