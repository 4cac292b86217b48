#pragma once

#include "../plain.hpp"

namespace plain {

namespace alternating {
template <class T, std::size_t N> using plan = one_step<T>;
template <class T, std::size_t N> using state = pair<T, N>;

template <class G, class T, std::size_t N> void step(const G& g, const one_step<T>& p, pair<T, N>& z) {
  T slope[N];
  theta_slope(g, z.theta, z.omega, slope);
  for (std::size_t i = 0; i < N; ++i) z.theta[i] -= p.eta.theta * slope[i];
  omega_slope(g, z.theta, z.omega, slope);
  for (std::size_t i = 0; i < N; ++i) z.omega[i] -= p.eta.omega * slope[i];
}
} // namespace alternating

} // namespace plain
