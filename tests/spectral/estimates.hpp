/// What the tests of the fixed-cost estimates share: general matrices and their eigenvalues in long double.
#pragma once

#include <Eigen/Eigenvalues>

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

inline eigenvalues eigenvalues_of(const wide& a) {
  const Eigen::EigenSolver<wide> solver(a, false);
  return {solver.eigenvalues().begin(), solver.eigenvalues().end()};
}
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

/// Square families without symmetry: those of `rectangular`, games, shifted and defective matrices.
inline std::vector<families::member> general(std::size_t size, unsigned seed) {
  std::vector<families::member> all = families::rectangular(size, size, seed, 6);
  const auto n = static_cast<Eigen::Index>(size);
  std::mt19937_64 random(seed + 1);
  const wide g = families::filled(n, n, random, true);
  all.push_back({"skew", g - g.transpose()});
  all.push_back({"contraction", g * (0.4L / std::sqrt(static_cast<long double>(n)))});
  all.push_back({"left of the axis", g - wide::Identity(n, n) * (1.2L * std::sqrt(static_cast<long double>(n)) + 1)});
  wide jordan = wide::Zero(n, n), nilpotent = wide::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    jordan(i, i) = -0.5L;
    if (i + 1 < n) jordan(i, i + 1) = nilpotent(i, i + 1) = 1;
  }
  all.push_back({"Jordan block", jordan});
  all.push_back({"nilpotent", nilpotent});
  return all;
}

/// Calls f with every size as a compile-time constant, on both sides of the change of method at 4.
template <class F> void each_size(F f) {
  [&]<std::size_t... N>(std::index_sequence<N...>) {
    (f(std::integral_constant<std::size_t, N>{}), ...);
  }(std::index_sequence<1, 2, 3, 4, 5, 9>{});
}

} // namespace estimates
