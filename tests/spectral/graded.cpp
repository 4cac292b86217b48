// Eigenvalues far below ‖A‖. In A = (bᵢⱼ·2^(−s(i+j)/2)) they fall by 2^s from one to the next, and for large s they are, to
// the last digit, the pivots of elimination: an oracle at any distance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <random>
#include <vector>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace test_graded {
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

/// Of the eigenvalues above `floor` the relative errors, of those below the absolute ones.
struct errors {
  double relative = 0, absolute = 0; ///< largest
  double digits = 0;                 ///< decimal digits that are right, all eigenvalues together
  void see(std::vector<complex> found, const std::vector<long double>& expected, long double floor, double epsilon) {
    std::sort(found.begin(), found.end(), [](complex x, complex y) { return std::abs(x) > std::abs(y); });
    for (std::size_t k = 0; k < expected.size(); ++k) {
      const auto error = static_cast<double>(std::abs(std::complex<long double>(found[k]) - expected[k]));
      const double part = error / static_cast<double>(expected[k]);
      if (expected[k] > floor) relative = std::max(relative, part);
      else absolute = std::max(absolute, error);
      digits -= std::log10(std::clamp(part, epsilon, 1.0));
    }
  }
};

/// Nobody promises digits here: a backward error of ε·‖A‖ may be larger than most of these eigenvalues. The kernel takes a
/// subdiagonal entry below N·min/ε² (of a matrix of magnitude 1) for zero where LAPACK stops at N·min/ε, and this shows that
/// the coarser floor costs nothing: LAPACK's reflections have lost those digits long before, balanced or not, and the kernel
/// keeps more of them. What the floor itself may cost is an error of its own size.
TEST_P(graded_eigenvalues, keep_more_digits_than_the_peer_and_lose_no_more_than_the_floor) {
  const format& f = *GetParam();
  const int depth = -f.min_exponent;
  double digits = 0, of_peer = 0;
  spectral::each_scalar("eigenvalues", f, [&](const operation& o) {
    if (o.rows < 3 || o.rows > 8) return;
    const double n = static_cast<double>(o.rows), floor = n * f.smallest / (f.epsilon * f.epsilon);
    for (const double share : {0.3, 0.6, 0.75, 0.85, 0.95}) {
      // From 2^-digits on the pivots are the eigenvalues to the last digit.
      const int s = std::max(static_cast<int>(share * depth / (n - 1)), f.digits);
      if (s * static_cast<int>(o.rows - 1) > depth) continue;
      std::mt19937_64 random(9);
      errors ours, theirs;
      for (int repeat = 0; repeat < 40; ++repeat) {
        const matrix a = graded(o.rows, s, f, random);
        const auto r = spectral::compute(o, {a})[0];
        ASSERT_EQ(r.status, saddle::status::ok);
        const auto found = spectral::spectrum_of(r);
        const auto expected = pivots(a);
        const double norm = spectral::frobenius(a);
        ours.see(found, expected, 4 * floor, f.epsilon);
        theirs.see(spectral::peer::eigenvalues(a, f), expected, 4 * floor, f.epsilon);
        EXPECT_LE(std::abs(found[0] - complex(static_cast<double>(expected[0]))), 4 * n * f.epsilon * norm) << o;
      }
      const double count = 40 * n;
      std::printf("%s, N = %zu, eigenvalues down to 2^-%d: %.1f digits, %s %.1f; worst above the floor %.0e, "
                  "against %.0e; below %.0e, against %.0e\n",
                  f.name, o.rows, s * static_cast<int>(o.rows - 1), ours.digits / count, spectral::peer::name,
                  theirs.digits / count, ours.relative, theirs.relative, ours.absolute, theirs.absolute);
      EXPECT_LE(ours.absolute, 4 * floor) << o << ", s = " << s;
      digits += ours.digits / count;
      of_peer += theirs.digits / count;
    }
  });
  EXPECT_GT(of_peer, 0);
  EXPECT_GE(digits, of_peer);
}

} // namespace
} // namespace test_graded
