// What does not depend on the size: constant expressions, closed forms, the limits of the number format.
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <limits>

#include <saddle/lane/batch.hpp>
#include <saddle/spectral/eigenvalues.hpp>

namespace {

using saddle::eigenvalues;
using saddle::mat;
using saddle::status;

// The bilinear game of one number each: F = (ω, −θ) turns, with eigenvalues ±i.
constexpr auto turning = eigenvalues(mat<double, 2, 2>{{0, 1, -1, 0}});
static_assert(turning.re[0] == 0 && turning.im[0] == 1 && turning.re[1] == 0 && turning.im[1] == -1);

constexpr auto triangular = eigenvalues(mat<float, 3, 3>{{3, 5, 7, 0, -1, 4, 0, 0, 2}});
static_assert(triangular.re[0] == 3 && triangular.re[1] == -1 && triangular.re[2] == 2 && triangular.im[1] == 0);

constexpr auto full = eigenvalues(mat<double, 3, 3>{{1, 2, 3, 4, 5, 6, 7, 8, 10}});
static_assert(full.status[0] == status::ok);

constexpr auto bilinear = eigenvalues(mat<double, 4, 4>{{0, 0, 1, 2, 0, 0, 3, 4, -1, -3, 0, 0, -2, -4, 0, 0}});
static_assert(bilinear.im[0] > 0 && bilinear.im[1] == -bilinear.im[0] && bilinear.re[0] == bilinear.re[1]);

TEST(eigenvalues, have_the_same_bits_at_compile_time) {
  volatile double v[] = {1, 2, 3, 4, 5, 6, 7, 8, 10};
  mat<double, 3, 3> a;
  for (std::size_t i = 0; i < 9; ++i) a.v[i] = v[i];
  const auto r = eigenvalues(a);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(r.re[k], full.re[k]);
    EXPECT_EQ(r.im[k], full.im[k]);
  }
}

template <class T> struct two_by_two : testing::Test {};
using numbers = testing::Types<float, double>;
TYPED_TEST_SUITE(two_by_two, numbers);

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
