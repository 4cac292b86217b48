#pragma once

#include "../plain.hpp"

namespace plain {

namespace simultaneous {
template <class T, std::size_t N> using plan = one_step<T>;
template <class T, std::size_t N> using state = pair<T, N>;

template <class G, class T, std::size_t N> void step(const G& g, const one_step<T>& p, pair<T, N>& z) {
  descend(z, p.eta, field(g, z));
}
} // namespace simultaneous

} // namespace plain
