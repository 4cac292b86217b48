// Eigenvalues of matrices of any size against LAPACK's dgeev, and the advice against closed forms.
#include "spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <lapacke.h>
#include <saddle/saddle.hpp>

#include "support/random.hpp"

namespace {

using saddle_test::random_source;
using tool::matrix;
using complex = std::complex<double>;

constexpr double eps = std::numeric_limits<double>::epsilon();

matrix random_matrix(random_source& random, std::size_t n) {
  matrix m{n, n, std::vector<double>(n * n), {}};
  for (double& x : m.values) x = random.uniform(-1.0, 1.0);
  return m;
}

double frobenius(const matrix& m) {
  double s = 0;
  for (const double x : m.values) s += x * x;
  return std::sqrt(s);
}

struct reference {
  std::vector<complex> values;
  std::vector<double> condition; ///< 1/|yᴴx| of each
};

reference lapack(const matrix& m) {
  const auto n = static_cast<lapack_int>(m.rows);
  const std::size_t size = m.rows;
  std::vector<double> a = m.values, re(size), im(size), left(size * size), right(size * size);
  EXPECT_EQ(
      LAPACKE_dgeev(LAPACK_ROW_MAJOR, 'V', 'V', n, a.data(), n, re.data(), im.data(), left.data(), n, right.data(), n),
      0);
  reference r;
  for (std::size_t k = 0; k < size; ++k) {
    r.values.emplace_back(re[k], im[k]);
    // Columns k and k + 1 are the real and imaginary parts of the vectors of a pair.
    const std::size_t first = im[k] < 0 ? k - 1 : k;
    complex product = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const auto entry = [&](const std::vector<double>& v) {
        return im[k] == 0 ? complex(v[i * size + k]) : complex(v[i * size + first], v[i * size + first + 1]);
      };
      product += std::conj(entry(left)) * entry(right);
    }
    r.condition.push_back(1 / std::abs(product));
  }
  return r;
}

// Each of LAPACK's eigenvalues is matched by one of ours, no nearer neighbour being taken twice.
void expect_same(const matrix& m, const std::string& what) {
  const auto ours = tool::spectrum_of<double>(m);
  const reference theirs = lapack(m);
  EXPECT_EQ(ours.status, "ok");
  ASSERT_EQ(ours.values.size(), theirs.values.size());
  std::vector<complex> left = ours.values;
  double radius = 0, abscissa = -std::numeric_limits<double>::infinity(), worst = 0;
  for (std::size_t k = 0; k < theirs.values.size(); ++k) {
    const complex x = theirs.values[k];
    const auto at = std::min_element(left.begin(), left.end(),
                                     [&](complex a, complex b) { return std::abs(a - x) < std::abs(b - x); });
    const double bound = 8 * static_cast<double>(m.rows) * eps * theirs.condition[k] * frobenius(m);
    EXPECT_LE(std::abs(*at - x), bound) << what << " eigenvalue " << k;
    worst = std::max(worst, bound);
    left.erase(at);
    radius = std::max(radius, std::abs(x));
    abscissa = std::max(abscissa, x.real());
  }
  EXPECT_NEAR(ours.radius, radius, worst);
  EXPECT_NEAR(ours.abscissa, abscissa, worst);
}

TEST(spectrum, agrees_with_lapack_for_every_size) {
  random_source random(7101);
  for (std::size_t n = 1; n <= tool::largest_matrix; ++n)
    for (int k = 0; k < 10; ++k) expect_same(random_matrix(random, n), "n = " + std::to_string(n));
}

TEST(spectrum, agrees_with_lapack_on_uneven_and_sparse_matrices) {
  random_source random(7102);
  for (std::size_t n = 2; n <= tool::largest_matrix; n += 3) {
    matrix scaled = random_matrix(random, n), sparse = random_matrix(random, n);
    for (double& x : scaled.values) x *= std::exp2(random.integer(-20, 20));
    for (double& x : sparse.values)
      if (random.integer(0, 3) != 0) x = 0;
    expect_same(scaled, "scaled, n = " + std::to_string(n));
    // What zeros decouple may be defective; a little noise, far above rounding, tells the eigenvalues apart.
    for (double& x : sparse.values) x += 1e-3 * random.uniform(-1.0, 1.0);
    expect_same(sparse, "sparse, n = " + std::to_string(n));
  }
}

TEST(spectrum, order_and_measures) {
  // Blocks with eigenvalues 1 ± 2i, 3 and −4.
  const matrix m{4, 4, {1, 2, 0, 0, -2, 1, 0, 0, 0, 0, -4, 0, 0, 0, 0, 3}, {}};
  const auto s = tool::spectrum_of<double>(m);
  const complex expected[] = {3, {1, 2}, {1, -2}, -4};
  for (std::size_t k = 0; k < 4; ++k) EXPECT_LE(std::abs(s.values[k] - expected[k]), 16 * eps);
  EXPECT_NEAR(s.radius, 4, 16 * eps);
  EXPECT_NEAR(s.abscissa, 3, 16 * eps);
  EXPECT_NEAR(s.turning, 2, 16 * eps);
  const auto turning = tool::spectrum_of<double>({2, 2, {0, 1, -1, 0}, {}});
  EXPECT_TRUE(std::isinf(turning.turning));
}

TEST(spectrum, float_is_computed_in_float) {
  random_source random(7103);
  const matrix m = random_matrix(random, 6);
  const auto wide = tool::spectrum_of<double>(m), narrow = tool::spectrum_of<float>(m);
  const double gap = std::abs(wide.radius - narrow.radius);
  EXPECT_GT(gap, 0);
  EXPECT_LT(gap, 6 * 64 * static_cast<double>(std::numeric_limits<float>::epsilon()) * frobenius(m));
  EXPECT_THROW(tool::spectrum_of<float>({1, 1, {1e300}, {}}), tool::file_error);
}

const tool::rule_advice& of(const std::vector<tool::rule_advice>& all, const std::string& rule) {
  for (const auto& a : all)
    if (a.rule == rule) return a;
  ADD_FAILURE() << "no advice on " << rule;
  return all.front();
}

// The stable steps of a bilinear game are known in its singular values, whatever the shape it is embedded in.
TEST(advice, bilinear_games_of_several_shapes) {
  random_source random(7104);
  for (const auto& [p, q] : {std::pair<std::size_t, std::size_t>{1, 1}, {2, 1}, {3, 2}, {1, 4}, {5, 3}, {16, 16}}) {
    matrix c{p, q, std::vector<double>(p * q), {}};
    const double sigma = random.uniform(0.5, 4.0);
    for (std::size_t i = 0; i < std::min(p, q); ++i) c.values[i * q + i] = sigma;
    const auto all = tool::advise(tool::jacobian_of_payoff(c), {p, q});
    EXPECT_EQ(of(all, "simultaneous").to, 0);
    EXPECT_EQ(of(all, "alternating").eta, 0);
    EXPECT_NEAR(of(all, "optimistic").to, 1 / (std::sqrt(3.0) * sigma), 1e-9 / sigma);
    EXPECT_NEAR(of(all, "predictive").to, 1 / sigma, 1e-9 / sigma);
    EXPECT_TRUE(std::isinf(of(all, "implicit").to));
    for (std::size_t k = 1; k < all.size(); ++k) EXPECT_GE(all[k - 1].decay, all[k].decay);
  }
}

TEST(advice, of_an_embedded_game_is_that_of_the_game) {
  random_source random(7105);
  using Z = saddle::point<double, 3, 1>;
  saddle::linearised<Z> near;
  for (std::size_t i = 0; i < 16; ++i) near.J.v[i] = random.uniform(-0.3, 0.3) + (i % 5 == 0 ? 1.0 : 0.0);
  matrix j{4, 4, {}, {}};
  j.values.assign(std::begin(near.J.v), std::end(near.J.v));
  const auto all = tool::advise(j, {3, 1});
  const auto direct = saddle::recommend(near);
  for (const auto& d : direct) {
    const auto& a = of(all, d.name);
    EXPECT_NEAR(a.rate, d.result.rate, 1e-6) << d.name;
    EXPECT_EQ(a.eta > 0, d.eta > 0) << d.name;
  }
  EXPECT_EQ(all.front().rule, direct.front().name);
  EXPECT_NEAR(of(all, "simultaneous").to, saddle::max_stable_step(saddle::dynamics::simultaneous{}, near), 1e-9);
}

TEST(stable_region, of_closed_forms) {
  const tool::growth_of_rule plain("simultaneous", 0.5, 0), ahead("predictive", 0.5, 0.25);
  EXPECT_NEAR(plain({1, 1}), std::hypot(0.5, 0.5), 8 * eps);
  EXPECT_NEAR(ahead({0, 2}), std::hypot(1 - 0.5 * 0.25 * 4, 1), 8 * eps);
  EXPECT_THROW(tool::growth_of_rule("alternating", 0.5, 0), std::invalid_argument);
}

} // namespace
