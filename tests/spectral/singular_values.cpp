#include <saddle/spectral/singular_values.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace test_singular_values {
namespace {

using saddle::mat;
using saddle::status;
using spectral::format;
using spectral::operation;
using spectral::wide;

SADDLE_SUITE_OF_FORMATS(singular_values);

std::size_t longest(const operation& o) { return std::max(o.rows, o.columns); }
std::size_t shortest(const operation& o) { return std::min(o.rows, o.columns); }

/// (n + 10)·ε·σ₁, n the longer side: the unit of the symmetric eigenvalues. LAPACK's error on the same matrices is printed
/// beside ours: up to 15 columns Jacobi's rotations and LAPACK both have up to 3ε; from 16 on we have 5ε to 12ε, LAPACK 2ε
/// to 18ε. LAPACK's worst limits ours, because what a matrix allows it allows both.
TEST_P(singular_values, match_a_long_double_reference) {
  const format& f = *GetParam();
  spectral::each_scalar("singular_values", f, [&](const operation& o) {
    long double worst = 0, of_peer = 0;
    std::string where;
    for (unsigned seed = 0; seed < 3; ++seed)
      for (const auto& m : spectral::families::rectangular(o.rows, o.columns, 10 * seed + 1, f.digits / 2))
        for (const int exponent : spectral::families::exponents(f)) {
          const auto a = spectral::rounded(m.matrix, f, exponent);
          const auto found = spectral::compute(o, {a})[0];
          ASSERT_EQ(found.status, status::ok) << o << ", " << m.name;
          const auto expected = spectral::singular_values(spectral::widened(a));
          const long double error = spectral::error_of(found.numbers, expected), unit = f.epsilon * expected[0];
          EXPECT_LE(error, static_cast<long double>(longest(o) + 10) * unit + f.denormal)
              << o << ", " << m.name << " 2^" << exponent;
          EXPECT_TRUE(std::is_sorted(found.numbers.rbegin(), found.numbers.rend())) << o << ", " << m.name;
          EXPECT_GE(found.numbers.back(), 0) << o << ", " << m.name;
          if (exponent != 0 || unit == 0) continue;
          if (error / unit > worst) worst = error / unit, where = m.name;
          of_peer = std::max(of_peer, spectral::error_of(spectral::peer::singular_values(a, f), expected) / unit);
        }
    EXPECT_LE(worst, 4 * of_peer + 4) << o;
    std::printf("%s, %2zu x %2zu: worst error %.2Lf eps·|A| (%s), %s's %.2Lf\n", f.name, o.rows, o.columns, worst,
                where.c_str(), spectral::peer::name, of_peer);
  });
}

TEST_P(singular_values, vectors_decompose) {
  const format& f = *GetParam();
  long double worst_residual = 0, worst_angle = 0;
  spectral::each_scalar("singular_vectors", f, [&](const operation& o) {
    const std::size_t k = shortest(o);
    for (const auto& m : spectral::families::rectangular(o.rows, o.columns, 3, f.digits / 2))
      for (const int exponent : spectral::families::exponents(f)) {
        const auto a = spectral::rounded(m.matrix, f, exponent);
        const auto d = spectral::compute(o, {a})[0];
        ASSERT_EQ(d.status, status::ok) << o << ", " << m.name;
        const wide exact = spectral::widened(a), u = spectral::widened(d, 0, o.rows, k);
        const auto first = d.numbers.begin() + static_cast<std::ptrdiff_t>(o.rows * k);
        const wide sigma = spectral::diagonal({first, first + static_cast<std::ptrdiff_t>(k)});
        const wide v = spectral::widened(d, (o.rows + 1) * k, o.columns, k), one = wide::identity(k);
        const long double unit = static_cast<long double>(longest(o)) * f.epsilon, norm = saddle_test::frobenius(exact);
        const long double residual = saddle_test::frobenius(exact - u * sigma * v.transposed());
        const long double angle = std::max(saddle_test::frobenius(u.transposed() * u - one),
                                           saddle_test::frobenius(v.transposed() * v - one));
        EXPECT_LE(residual, 4 * unit * norm + static_cast<long double>(longest(o)) * f.denormal)
            << o << ", " << m.name << " 2^" << exponent;
        EXPECT_LE(angle, 8 * unit) << o << ", " << m.name;
        if (exponent == 0 && norm > 0) worst_residual = std::max(worst_residual, residual / (unit * norm));
        worst_angle = std::max(worst_angle, angle / unit);
      }
  });
  std::printf("%s: worst residual %.2Lf n·eps·|A|, orthogonality %.2Lf n·eps\n", f.name, worst_residual, worst_angle);
}

/// Rows that leave each other nothing but rounding, and elements so small that the squares of their products are nothing:
/// U has to be orthonormal all the same, and UΣVᵀ to be the matrix.
TEST_P(singular_values, vectors_of_dependent_and_of_tiny_rows_are_orthonormal) {
  const format& f = *GetParam();
  const int bits = f.max_exponent;
  long double worst = 0;
  spectral::each_scalar("singular_vectors", f, [&](const operation& o) {
    if (longest(o) > 16) return;
    const std::size_t k = shortest(o);
    std::mt19937_64 random(9);
    std::normal_distribution<double> normal;
    const auto power = [&](int below) { return -static_cast<int>(random() % static_cast<unsigned>(below)); };
    for (int repeat = 0; repeat < 40; ++repeat) {
      std::vector<spectral::matrix> all(6, spectral::matrix(o.rows, o.columns));
      std::vector<double> u(o.rows), v(o.columns);
      std::vector<int> e(o.rows), g(o.columns);
      for (double& x : u) x = normal(random);
      for (double& x : v) x = normal(random);
      for (int& x : e) x = power(bits / 2);
      for (int& x : g) x = power(bits / 2);
      const double tiny = std::ldexp(1.0, power(bits));
      for (std::size_t i = 0; i < o.rows; ++i)
        for (std::size_t j = 0; j < o.columns; ++j) {
          all[0](i, j) = f.round(u[i]);                                                   // constant rows
          all[1](i, j) = f.round(v[j]);                                                   // constant columns
          all[2](i, j) = f.round(u[i] * v[j]);                                            // rank one
          all[3](i, j) = f.round(i == 0 && j == 0 ? 1.0 : i == 0 || j == 0 ? 0.0 : tiny); // one large, the rest alike
          all[4](i, j) = f.round(std::ldexp(static_cast<long double>(normal(random)), power(bits)));
          all[5](i, j) = f.round(std::ldexp(static_cast<long double>(normal(random)), e[i] + g[j]));
        }
      for (std::size_t m = 0; m < all.size(); ++m) {
        const auto d = spectral::compute(o, {all[m]})[0];
        ASSERT_EQ(d.status, status::ok) << o;
        const wide exact = spectral::widened(all[m]), one = wide::identity(k);
        const wide left = spectral::widened(d, 0, o.rows, k),
                   right = spectral::widened(d, (o.rows + 1) * k, o.columns, k);
        const auto first = d.numbers.begin() + static_cast<std::ptrdiff_t>(o.rows * k);
        const wide sigma = spectral::diagonal({first, first + static_cast<std::ptrdiff_t>(k)});
        const long double unit = static_cast<long double>(longest(o)) * f.epsilon;
        const long double angle = std::max(saddle_test::frobenius(left.transposed() * left - one),
                                           saddle_test::frobenius(right.transposed() * right - one));
        EXPECT_LE(angle, 8 * unit) << o << ", kind " << m << ", " << repeat;
        EXPECT_LE(saddle_test::frobenius(exact - left * sigma * right.transposed()),
                  4 * unit * saddle_test::frobenius(exact) + static_cast<long double>(longest(o)) * f.denormal)
            << o << ", kind " << m << ", " << repeat;
        worst = std::max(worst, angle / unit);
      }
    }
  });
  std::printf("%s: worst orthogonality %.2Lf n·eps\n", f.name, worst);
}

/// A = B·D with B well conditioned and D = diag(2^-k, …): the bound of one-sided Jacobi does not contain D.
TEST_P(singular_values, small_ones_of_scaled_columns_keep_their_digits) {
  const format& f = *GetParam();
  constexpr std::size_t size = 6;
  const int step = f.max_exponent / 20; // 2^-51 or 2^-6 a column: condition 2^255 or 2^30
  long double worst = 0;
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::mt19937_64 random(seed);
    const wide b = spectral::families::filled(size, size, random, true);
    wide d(size, size);
    for (std::size_t i = 0; i < size; ++i) d(i, i) = std::ldexp(1.0L, -step * static_cast<int>((5 * i + seed) % size));
    const auto a = spectral::rounded(b * d, f);
    const auto scaled = spectral::singular_values(spectral::widened(a) * saddle_test::inverse(d));
    const long double unit = static_cast<long double>(size) * f.epsilon * scaled.front() / scaled.back();
    const auto expected = spectral::singular_values(spectral::widened(a)); // to their last digit, too
    for (const char* function : {"singular_values", "singular_vectors"})
      spectral::each_scalar(function, f, [&](const operation& o) {
        if (o.rows != size || o.columns != size) return;
        const auto found = spectral::compute(o, {a})[0];
        const std::size_t first = found.numbers.size() > size ? size * size : 0;
        for (std::size_t i = 0; i < size; ++i) {
          const long double error =
              std::fabs(static_cast<long double>(found.numbers[first + i]) - expected[i]) / expected[i];
          EXPECT_LE(error, unit) << o << ", seed " << seed << " σ" << i;
          worst = std::max(worst, error / unit);
        }
      });
  }
  EXPECT_GT(worst, 0);
  std::printf("%s: worst relative error %.3Lf n·eps·cond(B)\n", f.name, worst);
}

template <class T> class singular_values_of : public testing::Test {};
TYPED_TEST_SUITE(singular_values_of, spectral::numbers);

TYPED_TEST(singular_values_of, too_large_to_be_numbers_are_said) {
  using T = TypeParam;
  mat<T, 3, 3> huge;
  for (T& x : huge.v) x = std::numeric_limits<T>::max();
  EXPECT_EQ(saddle::singular_values(huge).status, status::non_finite);
}

static_assert(saddle::singular_values(mat<double, 2, 2>{{0, 2, 1, 0}}).values[0] == 2);
// Parallel columns: the rounding of the first rotation is dropped, not turned away sweep after sweep.
static_assert(saddle::singular_values(mat<double, 2, 2>{{1, 1, 1, 1}}).values[1] == 0);
static_assert(saddle::singular_vectors(mat<double, 3, 2>{{1, 2, 3, 4, 5, 6}}).status == status::ok);
// What is left of a row beside its longer neighbour decides its direction, not its square, which is nothing.
constexpr auto beside = saddle::singular_vectors(mat<float, 3, 3>{{1, 0, 0, 0, 1e-16f, 1e-16f, 0, 0, 1e-16f}});
constexpr float overlap(std::size_t i, std::size_t j) {
  return beside.u(0, i) * beside.u(0, j) + beside.u(1, i) * beside.u(1, j) + beside.u(2, i) * beside.u(2, j);
}
static_assert(overlap(1, 2) < 1e-6f && overlap(1, 2) > -1e-6f && overlap(2, 2) > 0.999f && overlap(2, 2) < 1.001f);

} // namespace
} // namespace test_singular_values
