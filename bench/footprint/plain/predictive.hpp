#pragma once

#include "../plain.hpp"

namespace plain {

namespace predictive {
template <class T, std::size_t N> using plan = two_steps<T>;
template <class T, std::size_t N> using state = pair<T, N>;

template <class G, class T, std::size_t N> void step(const G& g, const two_steps<T>& p, pair<T, N>& z) {
  pair<T, N> y = z;
  descend(y, p.gamma, field(g, z));
  descend(z, p.eta, field(g, y));
}
} // namespace predictive

} // namespace plain
