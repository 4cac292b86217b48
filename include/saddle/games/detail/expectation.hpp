/// Expectations by Gauss quadrature: exact for polynomials up to degree 31, and the same number in every run.
#pragma once

#include <cstddef>

#include <saddle/lane/walk.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games::detail {

/// The positive half of 16 nodes that lie symmetrically, and their weights.
struct symmetric_rule {
  double node[8], weight[8];
};

/// The uniform distribution on [−1, 1]: Gauss–Legendre.
inline constexpr symmetric_rule uniform_rule{
    {0.9894009349916499, 0.9445750230732326, 0.8656312023878318, 0.755404408355003, 0.6178762444026438,
     0.45801677765722737, 0.2816035507792589, 0.09501250983763744},
    {0.013576229705877048, 0.031126761969323947, 0.04757925584124639, 0.06231448562776694, 0.07479799440828837,
     0.08457825969750127, 0.09130170752246179, 0.09472530522753425}};

/// The standard normal distribution: Gauss–Hermite.
inline constexpr symmetric_rule normal_rule{
    {0.3867606045005573, 1.1638291005549648, 1.9519803457163334, 2.7602450476307014, 3.600873624171548,
     4.492955302520011, 5.472225705949343, 6.630878198393129},
    {0.28656852123801213, 0.1583383727509496, 0.047284752354014026, 0.007266937601184733, 0.0005259849265739092,
     1.5300032162487272e-05, 1.3094732162868227e-07, 1.4978147231618397e-10}};

/// Σ w f(x) over the nodes: f takes a node and returns any value with + and a scaling by a lane.
template <class L, class F> SADDLE_INLINE constexpr auto expectation(const symmetric_rule& rule, F f) noexcept {
  const auto pair = [&](std::size_t k) {
    const L node = broadcast<L>(static_cast<scalar_t<L>>(rule.node[k]));
    return broadcast<L>(static_cast<scalar_t<L>>(rule.weight[k])) * (f(node) + f(-node));
  };
  auto r = pair(0);
  for (std::size_t k = 1; k < 8; ++k) r = r + pair(k);
  return r;
}

} // namespace games::detail
} // namespace saddle::inline SADDLE_ISA
