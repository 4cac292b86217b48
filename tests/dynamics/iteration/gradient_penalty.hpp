#pragma once

#include <saddle/dynamics/gradient_penalty.hpp>

#include "support/linear_game.hpp"

namespace saddle_test {

// Nagarajan & Kolter's [A + 2γCCᵀ, C(I − 2γB)] for θ, and the same for ω with the other γ.
template <class P>
dense published_matrix(saddle::dynamics::gradient_penalty, const linear_game& g, const P& parameters) {
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
