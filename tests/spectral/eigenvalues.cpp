// Eigenvalues of matrices without symmetry. LAPACK is the judge: λ is an eigenvalue of a matrix close to A exactly when the
// smallest singular value of A − λI is small. That lanes have the bits of scalars is a law (laws.cpp), so scalars do here.
#include <saddle/spectral/eigenvalues.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"
#include "spectral/operations.hpp"

namespace test_eigenvalues {
namespace {

using saddle::eigenvalues;
using saddle::mat;
using saddle::status;
using spectral::complex;
using spectral::format;
using spectral::matrix;
using spectral::operation;
using spectral::spectrum_of;

/// Largest backward error we accept, in units of N·ε·‖A‖_F. The bound that holds for every QR method (Golub & Van Loan,
/// sec. 7.5.6) is a "small multiple" of it; LAPACK, on the same matrices, is printed beside ours.
constexpr double backward_limit = 4;

struct family_answer {
  std::string name;
  matrix a;
  std::vector<complex> lambda;
};

/// Every family through the function; all have to converge.
std::vector<family_answer> solve_families(const operation& o) {
  const auto members = spectral::families::every(o.rows, o.columns, o.number);
  std::vector<matrix> a;
  for (const auto& m : members) a.push_back(spectral::rounded(m.matrix, o.number));
  const auto found = spectral::compute(o, a);
  std::vector<family_answer> r;
  for (std::size_t m = 0; m < a.size(); ++m) {
    EXPECT_EQ(found[m].status, status::ok) << o << ", " << members[m].name;
    r.push_back({members[m].name, a[m], spectrum_of(found[m])});
  }
  return r;
}

/// Pairs the two spectra up, nearest first, and returns the largest distance.
double distance(const std::vector<complex>& found, std::vector<complex> expected) {
  double r = 0;
  for (const complex z : found) {
    const auto nearest = std::min_element(expected.begin(), expected.end(),
                                          [&](complex x, complex y) { return std::abs(x - z) < std::abs(y - z); });
    r = std::max(r, std::abs(*nearest - z));
    expected.erase(nearest);
  }
  return r;
}

SADDLE_SUITE_OF_FORMATS(eigenvalues_of_families);

/// Every size, as scalars.
template <class F> void each(const format& f, F then) { spectral::each_scalar("eigenvalues", f, then); }

TEST_P(eigenvalues_of_families, every_family_has_small_backward_errors) {
  each(*GetParam(), [](const operation& o) {
    double worst = 0, of_peer = 0;
    std::string where;
    for (const auto& f : solve_families(o)) {
      for (const complex l : f.lambda) {
        const double e = spectral::backward_error(f.a, l, o.number);
        EXPECT_LE(e, backward_limit) << o << ", " << f.name << ' ' << l;
        if (e > worst) worst = e, where = f.name;
      }
      for (const complex l : spectral::peer::eigenvalues(f.a, o.number))
        of_peer = std::max(of_peer, spectral::backward_error(f.a, l, o.number));
    }
    std::printf("%s, N = %2zu: worst backward error %.2f N·eps·|A| (%s), %s's %.2f\n", o.number.name, o.rows, worst,
                where.c_str(), spectral::peer::name, of_peer);
  });
}

double trace(const spectral::wide& a) {
  long double r = 0;
  for (std::size_t i = 0; i < a.rows(); ++i) r += a(i, i);
  return static_cast<double>(r);
}

// Backward errors of single eigenvalues do not see one that is missing and another found twice: sums of powers do.
TEST_P(eigenvalues_of_families, sums_of_powers_are_traces) {
  each(*GetParam(), [](const operation& o) {
    for (auto& f : solve_families(o)) {
      const int shift = -spectral::exponent_of(spectral::widened(f.a));
      const auto a = spectral::widened(spectral::shifted(f.a, shift));
      complex sum = 0, squares = 0;
      for (const complex l : f.lambda) {
        const complex z(std::ldexp(l.real(), shift), std::ldexp(l.imag(), shift));
        sum += z;
        squares += z * z;
      }
      const double norm = static_cast<double>(saddle_test::frobenius(a)), n = static_cast<double>(o.rows);
      const double unit = n * std::max(o.number.epsilon * norm, std::ldexp(o.number.denormal, shift));
      EXPECT_LE(std::abs(sum - trace(a)), backward_limit * unit) << o << ", " << f.name;
      EXPECT_LE(std::abs(squares - trace(a * a)), 2 * backward_limit * unit * norm) << o << ", " << f.name;
      EXPECT_EQ(sum.imag(), 0) << o << ", " << f.name;
    }
  });
}

TEST_P(eigenvalues_of_families, pairs_are_conjugate_and_adjacent_and_reals_are_real) {
  each(*GetParam(), [](const operation& o) {
    for (const auto& f : solve_families(o))
      for (std::size_t k = 0; k < f.lambda.size(); ++k) {
        if (f.lambda[k].imag() == 0) continue;
        ASSERT_LT(k + 1, f.lambda.size()) << o << ", " << f.name;
        EXPECT_GT(f.lambda[k].imag(), 0) << o << ", " << f.name;
        EXPECT_EQ(f.lambda[k + 1], std::conj(f.lambda[k])) << o << ", " << f.name;
        ++k;
      }
  });
}

// Normal matrices have perfectly conditioned eigenvalues: the forward error is the backward error.
TEST_P(eigenvalues_of_families, known_spectra_of_normal_matrices_are_found) {
  each(*GetParam(), [](const operation& o) {
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> uniform(-2, 2);
    std::vector<matrix> a;
    std::vector<std::vector<complex>> expected;
    for (int repeat = 0; repeat < 24; ++repeat) {
      matrix d(o.rows, o.rows);
      std::vector<complex> spectrum;
      for (std::size_t i = 0; i < o.rows; ++i) {
        const double re = repeat % 3 == 0 ? 0.0 : uniform(random), im = uniform(random);
        d(i, i) = re;
        if (repeat % 2 == 0 || i + 1 == o.rows) {
          spectrum.emplace_back(re);
          continue;
        }
        d(i, i + 1) = im;
        d(i + 1, i) = -im;
        d(i + 1, i + 1) = re;
        spectrum.emplace_back(re, im);
        spectrum.emplace_back(re, -im);
        ++i;
      }
      const auto q = spectral::families::orthonormal(o.rows, o.rows, random);
      a.push_back(spectral::rounded(q * spectral::widened(d) * q.transposed(), o.number));
      expected.push_back(spectrum);
    }
    const auto found = spectral::compute(o, a);
    for (std::size_t m = 0; m < a.size(); ++m) {
      const double unit = static_cast<double>(o.rows) * o.number.epsilon * spectral::frobenius(a[m]);
      EXPECT_LE(distance(spectrum_of(found[m]), expected[m]), backward_limit * unit) << o;
    }
  });
}

// D·B·D⁻¹ with powers of two in D is B in other units. Entries at both ends of the range have to survive until balancing has
// found the units: scaled by the largest first, the smallest are gone, and eigenvalues of the size of 1 with them.
TEST_P(eigenvalues_of_families, units_as_far_apart_as_the_range_reaches_do_not_matter) {
  each(*GetParam(), [](const operation& o) {
    if (o.rows < 2 || o.rows > 9) return;
    std::mt19937_64 random(8);
    std::vector<matrix> plain, scaled;
    for (int repeat = 0; repeat < 24; ++repeat) {
      const auto b = spectral::families::orthonormal(o.rows, o.rows, random);
      plain.push_back(spectral::rounded(b, o.number));
      matrix a = plain.back();
      std::vector<int> e(o.rows);
      const int reach = (o.number.max_exponent - 2 * o.number.digits) / 2;
      for (int& x : e) x = static_cast<int>(random() % static_cast<unsigned>(2 * reach + 1)) - reach;
      e[0] = reach;
      e[1] = -reach;
      for (std::size_t i = 0; i < o.rows; ++i)
        for (std::size_t j = 0; j < o.rows; ++j) a(i, j) = std::ldexp(a(i, j), e[i] - e[j]);
      scaled.push_back(a);
    }
    const auto found = spectral::compute(o, scaled), expected = spectral::compute(o, plain);
    const double n = static_cast<double>(o.rows), unit = n * o.number.epsilon * std::sqrt(n);
    for (std::size_t m = 0; m < scaled.size(); ++m) {
      EXPECT_EQ(found[m].status, status::ok) << o;
      EXPECT_LE(distance(spectrum_of(found[m]), spectrum_of(expected[m])), 2 * backward_limit * unit) << o;
    }
  });
}

TEST_P(eigenvalues_of_families, random_spectra_agree_with_the_peer) {
  each(*GetParam(), [](const operation& o) {
    std::mt19937_64 random(6);
    std::vector<matrix> a(48, matrix(o.rows, o.rows));
    for (std::size_t m = 0; m < a.size(); ++m)
      spectral::families::fill(a[m], static_cast<spectral::families::kind>(m % 2), o.number, random);
    const auto found = spectral::compute(o, a);
    const double n = static_cast<double>(o.rows);
    double largest = 0, sum = 0;
    for (std::size_t m = 0; m < a.size(); ++m) {
      const auto expected = spectral::peer::eigenvalues(a[m], spectral::format_of<double>);
      const double e = distance(spectrum_of(found[m]), expected) / (n * o.number.epsilon * spectral::frobenius(a[m]));
      largest = std::max(largest, e);
      sum += e;
    }
    // The condition of an eigenvalue of such a matrix is of order √N on average; a single one may be unlucky, and a nearly
    // double eigenvalue moves by the square root of the perturbation.
    EXPECT_LE(sum / double(a.size()), backward_limit * std::sqrt(n)) << o;
    EXPECT_LE(largest, backward_limit / std::sqrt(o.number.epsilon) / n) << o;
  });
}

TEST_P(eigenvalues_of_families, triangular_matrices_give_their_diagonal_exactly) {
  each(*GetParam(), [](const operation& o) {
    std::mt19937_64 random(7);
    std::vector<matrix> a(20, matrix(o.rows, o.rows));
    for (matrix& m : a) {
      spectral::families::fill(m, spectral::families::kind::normal, o.number, random);
      for (std::size_t i = 0; i < o.rows; ++i)
        for (std::size_t j = 0; j < i; ++j) m(i, j) = 0;
    }
    const auto found = spectral::compute(o, a);
    for (std::size_t m = 0; m < a.size(); ++m)
      for (std::size_t i = 0; i < o.rows; ++i) EXPECT_EQ(spectrum_of(found[m])[i], complex(a[m](i, i))) << o;
  });
}

// The bilinear game of one number each: F = (ω, −θ) turns, with eigenvalues ±i.
constexpr auto turning = eigenvalues(mat<double, 2, 2>{{0, 1, -1, 0}});
static_assert(turning.re[0] == 0 && turning.im[0] == 1 && turning.re[1] == 0 && turning.im[1] == -1);

constexpr auto triangular = eigenvalues(mat<float, 3, 3>{{3, 5, 7, 0, -1, 4, 0, 0, 2}});
static_assert(triangular.re[0] == 3 && triangular.re[1] == -1 && triangular.re[2] == 2 && triangular.im[1] == 0);

constexpr auto full = eigenvalues(mat<double, 3, 3>{{1, 2, 3, 4, 5, 6, 7, 8, 10}});
static_assert(full.status[0] == status::ok);

constexpr auto bilinear = eigenvalues(mat<double, 4, 4>{{0, 0, 1, 2, 0, 0, 3, 4, -1, -3, 0, 0, -2, -4, 0, 0}});
static_assert(bilinear.im[0] > 0 && bilinear.im[1] == -bilinear.im[0] && bilinear.re[0] == bilinear.re[1]);

template <class T> struct two_by_two : testing::Test {};
TYPED_TEST_SUITE(two_by_two, spectral::numbers);

// b·c = 1 whatever the sizes: a global scaling would lose c.
TYPED_TEST(two_by_two, entries_may_lie_at_both_ends_of_the_range) {
  using T = TypeParam;
  const int e = std::numeric_limits<T>::max_exponent - 3;
  const auto r = eigenvalues(mat<T, 2, 2>{{0, std::ldexp(T(1), e), std::ldexp(T(1), -e), 0}});
  EXPECT_EQ(std::abs(r.re[0]), 1);
  EXPECT_EQ(r.re[1], -r.re[0]);
  const auto c = eigenvalues(mat<T, 2, 2>{{0, std::ldexp(T(1), e), -std::ldexp(T(1), -e), 0}});
  EXPECT_EQ(c.re[0], 0);
  EXPECT_EQ(c.im[0], 1);
  EXPECT_EQ(c.im[1], -1);
}

TYPED_TEST(two_by_two, the_largest_numbers_do_not_overflow) {
  using T = TypeParam;
  const T m = std::numeric_limits<T>::max();
  const auto r = eigenvalues(mat<T, 2, 2>{{m / 2, m / 2, m / 2, m / 2}});
  EXPECT_EQ(r.re[0], m);
  EXPECT_EQ(r.re[1], 0);
  const auto c = eigenvalues(mat<T, 2, 2>{{m, m, -m, m}});
  EXPECT_EQ(c.re[0], m);
  EXPECT_EQ(c.im[0], m);
}

// The same embedded in larger matrices, which are balanced, and with lengths beyond the largest number.
TYPED_TEST(two_by_two, ends_of_the_range_are_found_in_larger_matrices) {
  using T = TypeParam;
  const int e = std::numeric_limits<T>::max_exponent - 3;
  const T large = std::ldexp(T(1), e), small = std::ldexp(T(1), -e), m = std::numeric_limits<T>::max();
  const auto c = eigenvalues(mat<T, 3, 3>{{0, large, 0, -small, 0, 0, 0, 0, 0}});
  EXPECT_EQ(std::abs(c.im[0]), 1);
  EXPECT_EQ(c.im[0], -c.im[1]);
  EXPECT_EQ(c.re[0], 0);
  const auto r = eigenvalues(mat<T, 4, 4>{{1, large, 0, 0, small, 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, -3}});
  EXPECT_EQ(r.re[0] + r.re[1], 2);
  EXPECT_EQ(r.re[0] * r.re[1], 0);
  EXPECT_EQ(r.re[2], 5);
  EXPECT_EQ(r.re[3], -3);
  // Upper triangular, and too uneven for its entries to be scaled by the largest.
  const auto t = eigenvalues(mat<T, 3, 3>{{2, large, small, 0, 3, large, 0, 0, 4}});
  EXPECT_EQ(t.re[0], 2);
  EXPECT_EQ(t.re[1], 3);
  EXPECT_EQ(t.re[2], 4);
  // Σ|aᵢⱼ| is infinite, b·c = −1.
  const auto h = eigenvalues(mat<T, 3, 3>{{0, large, 0, -small, 0, 0, 0, m, m}});
  EXPECT_EQ(h.status[0], status::ok);
  EXPECT_EQ(h.re[2], m);
}

// Of ones times the largest number, N times that is an eigenvalue.
template <class T, std::size_t N> void the_largest_is_too_large() {
  mat<T, N, N> a;
  for (T& x : a.v) x = std::numeric_limits<T>::max();
  const auto r = eigenvalues(a);
  EXPECT_EQ(r.status[0], status::non_finite) << N;
  int infinite = 0;
  for (std::size_t k = 0; k < N; ++k) infinite += std::isinf(r.re[k]);
  EXPECT_EQ(infinite, 1) << N;
  for (T& x : a.v) x = x / (2 * N);
  EXPECT_EQ(eigenvalues(a).status[0], status::ok) << N;
}

TYPED_TEST(two_by_two, and_larger_matrices_say_what_is_too_large_for_a_number) {
  the_largest_is_too_large<TypeParam, 2>();
  the_largest_is_too_large<TypeParam, 3>();
}

TYPED_TEST(two_by_two, the_smallest_numbers_do_not_vanish) {
  using T = TypeParam;
  const T d = std::numeric_limits<T>::denorm_min();
  const auto r = eigenvalues(mat<T, 2, 2>{{0, 4 * d, -4 * d, 0}});
  EXPECT_EQ(r.im[0], 4 * d);
}

// A tiny eigenvalue beside a large one: (1, 1; ε⁴, 2ε⁴) has det ε⁴, so λ₂ = ε⁴ up to ε⁸.
TYPED_TEST(two_by_two, the_smaller_eigenvalue_does_not_cancel) {
  using T = TypeParam;
  const T tiny = std::pow(saddle::epsilon<T>, T(4));
  const auto r = eigenvalues(mat<T, 2, 2>{{1, 1, tiny, 2 * tiny}});
  EXPECT_NEAR(r.re[0], T(1), saddle::epsilon<T>);
  EXPECT_NEAR(r.re[1] / tiny, T(1), 4 * saddle::epsilon<T>);
}

TYPED_TEST(two_by_two, double_eigenvalues_are_found_exactly_where_they_are_exact) {
  using T = TypeParam;
  const auto r = eigenvalues(mat<T, 2, 2>{{3, 1, -1, 1}}); // (λ − 2)²
  EXPECT_EQ(r.re[0], 2);
  EXPECT_EQ(r.re[1], 2);
  EXPECT_EQ(r.im[0], 0);
  EXPECT_EQ(r.im[1], 0);
}

} // namespace
} // namespace test_eigenvalues
