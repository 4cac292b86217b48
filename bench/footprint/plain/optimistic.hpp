#pragma once

#include "../plain.hpp"

namespace plain {

template <class T, std::size_t N> struct with_memory { pair<T, N> z, memory; };

namespace optimistic {
template <class T, std::size_t N> using plan = one_step<T>;
template <class T, std::size_t N> using state = with_memory<T, N>;

template <class G, class T, std::size_t N> void step(const G& g, const one_step<T>& p, with_memory<T, N>& s) {
  const pair<T, N> f = field(g, s.z);
  for (std::size_t i = 0; i < N; ++i) s.z.theta[i] -= p.eta.theta * (2 * f.theta[i] - s.memory.theta[i]);
  for (std::size_t i = 0; i < N; ++i) s.z.omega[i] -= p.eta.omega * (2 * f.omega[i] - s.memory.omega[i]);
  s.memory = f;
}
} // namespace optimistic

} // namespace plain
