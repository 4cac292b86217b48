/// The probability simplex: mixed strategies.
#pragma once

#include <cstddef>
#include <utility>

#include <saddle/linalg/point.hpp>

namespace saddle::inline SADDLE_ISA {
namespace projections {

/// The projection of x ∈ R^N on {p : pᵢ ≥ 0, Σpᵢ = 1}: the nearest mixed strategy (Held, Wolfe & Crowder 1974).
///
///     pᵢ = max(0, xᵢ − τ)     τ = max over k of (x₍₁₎ + … + x₍ₖ₎ − 1)/k,   x₍₁₎ ≥ x₍₂₎ ≥ …
///
/// Every subset A of the coordinates has (Σ_A xᵢ − 1)/|A| ≤ τ, the support of p equality: the largest of these numbers is
/// τ, and nothing has to look for the support. So the work is fixed, and a vector of games has no branch.
/// Σpᵢ = 1 to about N·ε·max|xᵢ|. A NaN or infinite coordinate leaves one that is NaN.
/// Cost: a sorting network of N(N − 1)/2 minima and maxima, N maxima, 3N sums and products.
template <class L, std::size_t N> SADDLE_INLINE constexpr vec<L, N> onto_simplex(const vec<L, N>& x) noexcept {
  vec<L, N> sorted;
  SADDLE_UNROLL
  for (std::size_t i = 0; i < N; ++i) sorted[i] = x[i];
  // N rounds of neighbours exchanged: descending.
  SADDLE_UNROLL
  for (std::size_t round = 0; round < N; ++round) {
    SADDLE_UNROLL
    for (std::size_t i = round % 2; i + 1 < N; i += 2) {
      const L larger = max(sorted[i], sorted[i + 1]), smaller = min(sorted[i], sorted[i + 1]);
      sorted[i] = larger;
      sorted[i + 1] = smaller;
    }
  }
  L sum = sorted[0] - broadcast<L>(1), tau = sum;
  SADDLE_UNROLL
  for (std::size_t k = 1; k < N; ++k) {
    sum = sum + sorted[k];
    tau = max(tau, broadcast<L>(scalar_t<L>(1) / static_cast<scalar_t<L>>(k + 1)) * sum);
  }
  vec<L, N> p;
  SADDLE_UNROLL
  // max returns its second operand where one is NaN: the coordinate goes there.
  for (std::size_t i = 0; i < N; ++i) p[i] = max(broadcast<L>(0), x[i] - tau);
  return p;
}

/// The strategies of all players: each player's block on its simplex. For `projected<Rule, projections::simplex>`.
template <class Step> struct simplex {
  using lane_type = typename Step::lane_type;
  template <class M> using rebind = simplex<typename Step::template rebind<M>>;

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F&, X&...) noexcept {}

  template <class Z> SADDLE_INLINE constexpr Z operator()(const Z& z) const noexcept {
    Z r;
    [&]<std::size_t... K>(std::index_sequence<K...>) {
      ((r.template block<K>() = onto_simplex(z.template block<K>())), ...);
    }
    (std::make_index_sequence<Z::players>{});
    return r;
  }
};

} // namespace projections
} // namespace saddle::inline SADDLE_ISA
