// Eigenvalues far below ‖A‖. In A = (bᵢⱼ·2^(−s(i+j)/2)) they fall by 2^s from one to the next, and for large s they are, to
// the last digit, the pivots of elimination: an oracle at any distance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace {

using spectral::complex;
using spectral::format;
using spectral::matrix;
using spectral::operation;

SADDLE_SUITE_OF_FORMATS(graded_eigenvalues);

/// The diagonal of b is 1 to 2 and the rest below 1/N: every pivot is of the size of its place.
matrix graded(std::size_t n, int s, const format& f, std::mt19937_64& random) {
  std::uniform_real_distribution<double> uniform(-1, 1);
  matrix a(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const double b = i == j ? 1.5 + uniform(random) / 2 : uniform(random) / static_cast<double>(n);
      a(i, j) = f.round(std::ldexp(static_cast<long double>(b), -s * static_cast<int>(i + j) / 2));
    }
  return a;
}

std::vector<long double> pivots(const matrix& a) {
  auto u = spectral::widened(a);
  std::vector<long double> r;
  for (std::size_t k = 0; k < u.rows(); ++k) {
    r.push_back(u(k, k));
    for (std::size_t i = k + 1; i < u.rows(); ++i)
      for (std::size_t j = k + 1; j < u.rows(); ++j) u(i, j) -= u(i, k) / u(k, k) * u(k, j);
  }
  return r;
}

/// Largest relative error of the eigenvalues that are larger than `floor`; the others' largest absolute error.
struct errors {
  double relative = 0, absolute = 0;
  void see(std::vector<complex> found, const std::vector<long double>& expected, long double floor) {
    std::sort(found.begin(), found.end(), [](complex x, complex y) { return std::abs(x) > std::abs(y); });
    for (std::size_t k = 0; k < expected.size(); ++k) {
      const double error = static_cast<double>(std::fabs(static_cast<long double>(found[k].real()) - expected[k]));
      if (expected[k] > floor) relative = std::max(relative, error / static_cast<double>(expected[k]));
      else absolute = std::max(absolute, error);
    }
  }
};

/// The kernel takes a subdiagonal entry below N·min/ε² (of a matrix of magnitude 1) for zero, LAPACK one below N·min/ε. Either
/// leaves an error of that size at most in an eigenvalue, and relative accuracy above it. This shows where the two differ.
TEST_P(graded_eigenvalues, keep_their_digits_down_to_the_deflation_floor) {
  const format& f = *GetParam();
  const int depth = -f.min_exponent;
  spectral::each_scalar("eigenvalues", f, [&](const operation& o) {
    if (o.rows < 3 || o.rows > 8) return;
    const double n = static_cast<double>(o.rows), floor = n * f.smallest / (f.epsilon * f.epsilon);
    for (const double share : {0.3, 0.6, 0.75, 0.85, 0.95}) {
      const int s = std::max(static_cast<int>(share * depth / (n - 1)), f.digits / 3);
      std::mt19937_64 random(9);
      errors ours, theirs;
      for (int repeat = 0; repeat < 40; ++repeat) {
        const matrix a = graded(o.rows, s, f, random);
        const auto r = spectral::compute(o, {a})[0];
        ASSERT_EQ(r.status, saddle::status::ok);
        std::vector<complex> found;
        for (std::size_t k = 0; k < o.rows; ++k) found.emplace_back(r.numbers[k], r.numbers[o.rows + k]);
        const auto expected = pivots(a);
        ours.see(found, expected, 4 * floor);
        theirs.see(spectral::lapack::eigenvalues(a, f), expected, 4 * floor);
      }
      std::printf("%s, N = %zu, smallest eigenvalue 2^-%d: above the floor relative %.1e, LAPACK's %.1e; below absolute "
                  "%.1e, LAPACK's %.1e\n",
                  f.name, o.rows, s * static_cast<int>(o.rows - 1), ours.relative, theirs.relative, ours.absolute,
                  theirs.absolute);
      // What the pivots leave out is 2^-s.
      EXPECT_LE(ours.relative, 4 * n * (f.epsilon + std::ldexp(1.0, -s))) << o << ", s = " << s;
      EXPECT_LE(ours.absolute, 4 * floor) << o << ", s = " << s;
    }
  });
}

} // namespace
