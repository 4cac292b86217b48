#pragma once

#include "../plain.hpp"

namespace plain {

namespace gradient_penalty {
template <class T, std::size_t N> using plan = two_steps<T>;
template <class T, std::size_t N> using state = pair<T, N>;

template <class G, class T, std::size_t N> void step(const G& g, const two_steps<T>& p, pair<T, N>& z) {
  pair<T, N> f = field(g, z);
  const pair<T, N> t = steepness(g, f);
  for (std::size_t i = 0; i < N; ++i) f.theta[i] += 2 * p.gamma.theta * t.theta[i];
  for (std::size_t i = 0; i < N; ++i) f.omega[i] += 2 * p.gamma.omega * t.omega[i];
  descend(z, p.eta, f);
}
} // namespace gradient_penalty

} // namespace plain
