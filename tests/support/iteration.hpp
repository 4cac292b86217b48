/// The linear iteration of each rule on a quadratic game, written down from the papers in long double: z⁺ = T z around the
/// equilibrium, with M = [A C; −Cᵀ B] and one step a player in H = diag(ηθ I, ηω I), Γ = diag(γθ I, γω I).
#pragma once

#include <saddle/registry.hpp>

#include "reference.hpp"

namespace saddle_test {

struct linear_game {
  dense m;
  std::size_t p, q;

  dense a() const { return m.block(0, 0, p, p); }
  dense c() const { return m.block(0, p, p, q); }
  dense b() const { return m.block(p, p, q, q); }
};

/// diag(s₀ I_p, s₁ I_q)
template <class Step> dense per_player(const linear_game& g, const Step& s) {
  dense r(g.p + g.q, g.p + g.q);
  for (std::size_t i = 0; i < g.p + g.q; ++i) r(i, i) = s[i < g.p ? 0 : 1];
  return r;
}

// T of each rule. A rule that remembers a point has T on (z, z₋), twice the size.

template <class P> dense iteration_matrix(saddle::dynamics::simultaneous, const linear_game& g, const P& parameters) {
  return dense::identity(g.p + g.q) - per_player(g, parameters.eta) * g.m;
}

template <class P> dense iteration_matrix(saddle::dynamics::alternating, const linear_game& g, const P& parameters) {
  const real e1 = parameters.eta[0], e2 = parameters.eta[1];
  const dense own = dense::identity(g.p) - e1 * g.a(), ct = g.c().transposed();
  dense t(g.p + g.q, g.p + g.q);
  t.put(0, 0, own);
  t.put(0, g.p, -e1 * g.c());
  t.put(g.p, 0, e2 * (ct * own));
  t.put(g.p, g.p, dense::identity(g.q) - e2 * g.b() - (e1 * e2) * (ct * g.c()));
  return t;
}

template <class P> dense iteration_matrix(saddle::dynamics::optimistic, const linear_game& g, const P& parameters) {
  const std::size_t n = g.p + g.q;
  const dense hm = per_player(g, parameters.eta) * g.m;
  dense t(2 * n, 2 * n);
  t.put(0, 0, dense::identity(n) - 2 * hm);
  t.put(0, n, hm);
  t.put(n, 0, dense::identity(n));
  return t;
}

template <class P> dense iteration_matrix(saddle::dynamics::consensus, const linear_game& g, const P& parameters) {
  const dense gradient_of_half_norm = g.m.transposed() * g.m;
  return dense::identity(g.p + g.q) -
         per_player(g, parameters.eta) * (g.m + per_player(g, parameters.gamma) * gradient_of_half_norm);
}

template <class P> dense iteration_matrix(saddle::dynamics::implicit, const linear_game& g, const P& parameters) {
  return inverse(dense::identity(g.p + g.q) + per_player(g, parameters.eta) * g.m);
}

template <class P> dense iteration_matrix(saddle::dynamics::predictive, const linear_game& g, const P& parameters) {
  const dense identity = dense::identity(g.p + g.q);
  return identity - per_player(g, parameters.eta) * g.m * (identity - per_player(g, parameters.gamma) * g.m);
}

// Nagarajan & Kolter's [A + 2γCCᵀ, C(I − 2γB)] for θ, and the same for ω with the other γ.
template <class P>
dense iteration_matrix(saddle::dynamics::gradient_penalty, const linear_game& g, const P& parameters) {
  const dense c = g.c(), ct = c.transposed();
  dense gradient(g.p + g.q, g.p + g.q); // ½∇ of the other player's squared gradient, in each player's rows
  gradient.put(0, 0, c * ct);
  gradient.put(0, g.p, -1 * (c * g.b()));
  gradient.put(g.p, 0, ct * g.a());
  gradient.put(g.p, g.p, ct * c);
  return dense::identity(g.p + g.q) -
         per_player(g, parameters.eta) * (g.m + 2 * (per_player(g, parameters.gamma) * gradient));
}

} // namespace saddle_test
