/// What the tests of the fixed-cost estimates share: general matrices and their eigenvalues in long double.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <utility>
#include <vector>

#include "spectral/families.hpp"

namespace estimates {

using families::wide;
using eigenvalues = std::vector<std::complex<long double>>;

inline long double radius(const eigenvalues& all) {
  long double r = 0;
  for (const auto& z : all) r = std::max(r, std::abs(z));
  return r;
}
inline long double abscissa(const eigenvalues& all) {
  long double r = -std::numeric_limits<long double>::infinity();
  for (const auto& z : all) r = std::max(r, z.real());
  return r;
}

/// Calls f with every size as a compile-time constant, on both sides of the change of method at 4.
template <class F> void each_size(F f) {
  [&]<std::size_t... N>(std::index_sequence<N...>) {
    (f(std::integral_constant<std::size_t, N>{}), ...);
  }(std::index_sequence<1, 2, 3, 4, 5, 9>{});
}

} // namespace estimates
