#include <saddle/spectral/symmetric_eigenvalues.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace test_symmetric_eigenvalues {
namespace {

using saddle::mat;
using saddle::status;
using spectral::format;
using spectral::matrix;
using spectral::operation;
using spectral::wide;

SADDLE_SUITE_OF_FORMATS(symmetric_eigenvalues);

/// (N + 10)·ε·‖A‖₂, which the error bounds of the library rely on (detail/estimate.hpp): ε for each of the N − 2 reflections
/// that make the matrix tridiagonal, and 10ε for the sweeps, whose rounding does not grow with N: the worst of all families
/// is 3ε to 8ε at every size from 3 to 32, LAPACK's on the same matrices 2ε to 7ε. N·ε alone is too little at N = 3, where
/// we reach 5.6ε and LAPACK 2.6ε.
TEST_P(symmetric_eigenvalues, match_a_long_double_reference) {
  const format& f = *GetParam();
  spectral::each_scalar("symmetric_eigenvalues", f, [&](const operation& o) {
    long double worst = 0, of_peer = 0;
    std::string where;
    for (unsigned seed = 0; seed < 4; ++seed)
      for (const auto& m : spectral::families::symmetric(o.rows, 10 * seed + 1, f.digits / 2))
        for (const int exponent : spectral::families::exponents(f)) {
          const auto a = spectral::rounded(m.matrix, f, exponent);
          const auto found = spectral::compute(o, {a})[0];
          ASSERT_EQ(found.status, status::ok) << o << ", " << m.name;
          const auto expected = spectral::symmetric_eigenvalues(spectral::widened(a));
          const long double norm = std::max(std::fabs(expected.front()), std::fabs(expected.back()));
          const long double error = spectral::error_of(found.numbers, expected), unit = f.epsilon * norm;
          EXPECT_LE(error, static_cast<long double>(o.rows + 10) * unit + f.denormal)
              << o << ", " << m.name << " 2^" << exponent;
          EXPECT_TRUE(std::is_sorted(found.numbers.begin(), found.numbers.end())) << o << ", " << m.name;
          if (exponent != 0 || norm == 0) continue;
          if (error / unit > worst) worst = error / unit, where = m.name;
          of_peer = std::max(of_peer, spectral::error_of(spectral::peer::symmetric_eigenvalues(a, f), expected) / unit);
        }
    EXPECT_LE(worst, spectral::roundings(f) * (2 * of_peer + 4)) << o;
    std::printf("%s, N = %2zu: worst error %.2Lf eps·|A| (%s), %s's %.2Lf\n", f.name, o.rows, worst, where.c_str(),
                spectral::peer::name, of_peer);
  });
}

TEST_P(symmetric_eigenvalues, vectors_diagonalise) {
  const format& f = *GetParam();
  spectral::each_scalar("symmetric_eigenvectors", f, [&](const operation& o) {
    long double worst_residual = 0, worst_angle = 0;
    for (const auto& m : spectral::families::symmetric(o.rows, 7, f.digits / 2))
      for (const int exponent : spectral::families::exponents(f)) {
        const auto a = spectral::rounded(m.matrix, f, exponent);
        const auto d = spectral::compute(o, {a})[0];
        ASSERT_EQ(d.status, status::ok) << o << ", " << m.name;
        const wide exact = spectral::widened(a), x = spectral::widened(d, o.rows, o.rows, o.rows);
        const wide lambda =
            spectral::diagonal({d.numbers.begin(), d.numbers.begin() + static_cast<std::ptrdiff_t>(o.rows)});
        const long double unit = static_cast<long double>(o.rows) * f.epsilon, norm = saddle_test::frobenius(exact);
        const long double residual = saddle_test::frobenius(exact * x - x * lambda);
        const long double angle = saddle_test::frobenius(x.transposed() * x - wide::identity(o.rows));
        EXPECT_LE(residual, 2 * spectral::roundings(f) * unit * norm + static_cast<long double>(o.rows) * f.denormal)
            << o << ", " << m.name << " 2^" << exponent;
        EXPECT_LE(angle, 4 * spectral::roundings(f) * unit) << o << ", " << m.name;
        if (exponent == 0 && norm > 0) worst_residual = std::max(worst_residual, residual / (unit * norm));
        worst_angle = std::max(worst_angle, angle / unit);
      }
    std::printf("%s, N = %2zu: worst residual %.2Lf N·eps·|A|, orthogonality %.2Lf N·eps\n", f.name, o.rows,
                worst_residual, worst_angle);
  });
}

template <class T> class symmetric_eigenvalues_of : public testing::Test {};
TYPED_TEST_SUITE(symmetric_eigenvalues_of, spectral::numbers);

TYPED_TEST(symmetric_eigenvalues_of, too_large_to_be_numbers_are_said) {
  using T = TypeParam;
  // λ = 3·max of this matrix is no number; its other eigenvalues are.
  mat<T, 3, 3> large;
  for (T& x : large.v) x = std::numeric_limits<T>::max();
  EXPECT_EQ(saddle::symmetric_eigenvalues(large).status, status::non_finite);
}

TEST(symmetric_pair, keeps_the_small_eigenvalue_of_a_nearly_singular_matrix) {
  // det = 2^-52 exactly: the eigenvalues are 2 + … and 2^-53 (1 + O(2^-50)).
  const double e = saddle::epsilon<double>;
  const auto s = saddle::symmetric_eigenvalues(mat<double, 2, 2>{{1 + e, 1, 1, 1}});
  if (saddle::fused<double>) { EXPECT_NEAR(s.values[0], e / 2, 4 * e * e); }
  EXPECT_NEAR(s.values[1], 2 + e / 2, 2 * e);
}

static_assert(saddle::symmetric_eigenvalues(mat<float, 2, 2>{{2, 9, 1, 2}}).values[1] == 3.0f);
static_assert(saddle::symmetric_eigenvalues(mat<double, 1, 1>{{-4}}).values[0] == -4);

} // namespace
} // namespace test_symmetric_eigenvalues
