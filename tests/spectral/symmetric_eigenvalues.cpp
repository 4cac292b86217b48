#include <saddle/spectral/symmetric_eigenvalues.hpp>

#include <gtest/gtest.h>
#include <lapacke.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "spectral/families.hpp"
#include "spectral/lanes.hpp"

namespace {

using families::wide;
using saddle::mat;
using saddle::status;
using saddle::vec;

template <class T> class symmetric : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(symmetric, scalars);

/// Calls f with every size as a compile-time constant.
template <class F> void each_size(F f) {
  [&]<std::size_t... N>(std::index_sequence<N...>) {
    (f(std::integral_constant<std::size_t, N>{}), ...);
  }(std::index_sequence<1, 2, 3, 4, 5, 8, 13, 16, 32>{});
}

/// Exponents that move a matrix of magnitude 1: nowhere, to the overflow threshold (room for the factor n left), into the
/// middle of the subnormal numbers.
template <class T> std::vector<int> exponents() {
  using limit = std::numeric_limits<T>;
  return {0, limit::max_exponent - 13, limit::min_exponent - 3};
}

template <class T> constexpr int reach = std::numeric_limits<T>::digits / 2;

/// What is representable at all around a subnormal result: one unit there.
template <class T> constexpr long double denormal = std::numeric_limits<T>::denorm_min();

TYPED_TEST(symmetric, values_match_a_long_double_reference) {
  using T = TypeParam;
  long double worst = 0;
  each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (unsigned seed = 0; seed < 4; ++seed)
      for (const auto& family : families::symmetric(N, 10 * seed + 1, reach<T>))
        for (const int exponent : exponents<T>()) {
          const auto a = families::rounded<T, N, N>(family.matrix, exponent);
          const auto spectrum = saddle::symmetric_eigenvalues(a);
          ASSERT_EQ(spectrum.status, status::ok) << family.name << " " << N;
          const auto expected = families::symmetric_eigenvalues(families::widened(a));
          const long double norm = std::max(std::fabs(expected.front()), std::fabs(expected.back()));
          const long double unit = static_cast<long double>(N + 10) * saddle::epsilon<T> * norm;
          for (std::size_t i = 0; i < N; ++i) {
            const long double error = std::fabs(spectrum.values[i] - expected[i]);
            EXPECT_LE(error, unit + denormal<T>) << family.name << " N=" << N << " 2^" << exponent << " λ" << i;
            if (i > 0) {
              EXPECT_LE(spectrum.values[i - 1], spectrum.values[i]);
            }
            if (exponent == 0 && unit > 0) worst = std::max(worst, error / unit);
          }
        }
  });
  std::printf("worst error of an eigenvalue: %.3Lf (n + 10)·eps·|A|\n", worst);
}

TYPED_TEST(symmetric, vectors_diagonalise) {
  using T = TypeParam;
  long double worst_residual = 0, worst_angle = 0;
  each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (const auto& family : families::symmetric(N, 7, reach<T>))
      for (const int exponent : exponents<T>()) {
        const auto a = families::rounded<T, N, N>(family.matrix, exponent);
        const auto d = saddle::symmetric_eigenvectors(a);
        ASSERT_EQ(d.status, status::ok);
        const wide x = families::widened(d.vectors), exact = families::widened(a);
        wide lambda = wide::Zero(N, N);
        for (std::size_t i = 0; i < N; ++i)
          lambda(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(i)) = d.values[i];
        const long double unit = static_cast<long double>(N) * saddle::epsilon<T>;
        const long double residual = (exact * x - x * lambda).norm(), norm = exact.norm();
        const long double angle = (x.transpose() * x - wide::Identity(N, N)).norm();
        EXPECT_LE(residual, 2 * unit * norm + static_cast<long double>(N) * denormal<T>) << family.name << " N=" << N << " 2^" << exponent;
        EXPECT_LE(angle, 4 * unit) << family.name << " N=" << N;
        if (exponent == 0 && norm > 0) worst_residual = std::max(worst_residual, residual / (unit * norm));
        worst_angle = std::max(worst_angle, angle / unit);
      }
  });
  std::printf("worst residual %.3Lf n·eps·|A|, orthogonality %.3Lf n·eps\n", worst_residual, worst_angle);
}

TEST(symmetric_double, agrees_with_lapack) {
  each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (const auto& family : families::symmetric(N, 3, 26)) {
      const auto a = families::rounded<double, N, N>(family.matrix);
      auto work = a;
      double expected[N];
      ASSERT_EQ(LAPACKE_dsyev(LAPACK_ROW_MAJOR, 'N', 'L', N, work.v, N, expected), 0);
      const auto spectrum = saddle::symmetric_eigenvalues(a);
      const double norm = std::max(std::fabs(expected[0]), std::fabs(expected[N - 1]));
      for (std::size_t i = 0; i < N; ++i)
        EXPECT_NEAR(spectrum.values[i], expected[i], 2 * N * saddle::epsilon<double> * norm) << family.name << N;
    }
  });
}

TYPED_TEST(symmetric, powers_of_two_commute_exactly) {
  using T = TypeParam;
  each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (const auto& family : families::symmetric(N, 5, 3)) {
      const auto a = families::rounded<T, N, N>(family.matrix);
      const auto plain = saddle::symmetric_eigenvectors(a);
      const auto values = saddle::symmetric_eigenvalues(a).values;
      for (const int k : {-std::numeric_limits<T>::max_exponent / 2, -1, 17, std::numeric_limits<T>::max_exponent - 13}) {
        auto b = a;
        for (T& x : b.v) x = std::ldexp(x, k);
        const auto scaled = saddle::symmetric_eigenvectors(b);
        const auto scaled_values = saddle::symmetric_eigenvalues(b).values;
        for (std::size_t i = 0; i < N; ++i) {
          EXPECT_EQ(scaled_values[i], std::ldexp(values[i], k)) << family.name;
          EXPECT_EQ(scaled.values[i], std::ldexp(plain.values[i], k)) << family.name;
        }
        for (std::size_t i = 0; i < N * N; ++i) EXPECT_EQ(scaled.vectors.v[i], plain.vectors.v[i]);
      }
    }
  });
}

TYPED_TEST(symmetric, only_the_lower_triangle_is_read) {
  using T = TypeParam;
  auto a = families::rounded<T, 6, 6>(families::symmetric(6, 1, 4)[1].matrix);
  const auto expected = saddle::symmetric_eigenvectors(a);
  const auto values = saddle::symmetric_eigenvalues(a).values;
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = i + 1; j < 6; ++j) a(i, j) = std::numeric_limits<T>::quiet_NaN();
  const auto same = saddle::symmetric_eigenvectors(a);
  EXPECT_EQ(same.status, status::ok);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(same.values[i], expected.values[i]);
    EXPECT_EQ(saddle::symmetric_eigenvalues(a).values[i], values[i]);
  }
}

TYPED_TEST(symmetric, what_is_not_finite_is_said) {
  using T = TypeParam;
  using limit = std::numeric_limits<T>;
  for (const T poison : {limit::quiet_NaN(), limit::infinity(), -limit::infinity()})
    for (std::size_t place : {0u, 4u, 8u, 24u}) {
      auto a = saddle::identity<T, 5>();
      a.v[place / 5 * 5 + std::min<std::size_t>(place % 5, place / 5)] = poison;
      const auto d = saddle::symmetric_eigenvectors(a);
      EXPECT_EQ(d.status, status::non_finite);
      EXPECT_EQ(saddle::symmetric_eigenvalues(a).status, status::non_finite);
      EXPECT_TRUE(d.values[0] != d.values[0]);
    }
  // λ = ±3·max of this matrix is no number; its other eigenvalues are.
  mat<T, 3, 3> large;
  for (T& x : large.v) x = limit::max();
  EXPECT_EQ(saddle::symmetric_eigenvalues(large).status, status::non_finite);
}

TEST(symmetric_pair, keeps_the_small_eigenvalue_of_a_nearly_singular_matrix) {
  // det = 2^-52 exactly: the eigenvalues are 2 + … and 2^-53 (1 + O(2^-50)).
  const double e = saddle::epsilon<double>;
  const auto s = saddle::symmetric_eigenvalues(mat<double, 2, 2>{{1 + e, 1, 1, 1}});
  if (saddle::fused<double>) {
    EXPECT_NEAR(s.values[0], e / 2, 4 * e * e);
  }
  EXPECT_NEAR(s.values[1], 2 + e / 2, 2 * e);
}

template <class L, std::size_t N> void lanes_are_scalars() {
  using T = saddle::scalar_t<L>;
  std::vector<mat<T, N, N>> inputs;
  for (const auto& family : families::symmetric(N, 11, reach<T>)) inputs.push_back(families::rounded<T, N, N>(family.matrix));
  inputs.push_back(families::rounded<T, N, N>(families::symmetric(N, 12, 3)[0].matrix, exponents<T>()[1]));
  inputs.push_back(families::rounded<T, N, N>(families::symmetric(N, 12, 3)[0].matrix, exponents<T>()[2]));
  lanes::equal_the_scalar<L, N, N>(
      inputs, [](const auto& a) { return saddle::symmetric_eigenvalues(a); },
      [](const auto& r) { return lanes::numbers(r.values); });
  lanes::equal_the_scalar<L, N, N>(
      inputs, [](const auto& a) { return saddle::symmetric_eigenvectors(a); },
      [](const auto& r) {
        auto all = lanes::numbers(r.values);
        for (const auto& x : lanes::numbers(r.vectors)) all.push_back(x);
        return all;
      });
}

TYPED_TEST(symmetric, a_vector_lane_has_the_bits_of_the_scalar) {
  using L = saddle::native_lane<TypeParam>;
  lanes_are_scalars<L, 1>();
  lanes_are_scalars<L, 2>();
  lanes_are_scalars<L, 3>();
  lanes_are_scalars<L, 5>();
  lanes_are_scalars<L, 17>();
}

TYPED_TEST(symmetric, a_group_lane_has_the_bits_of_the_scalar) {
  using L = saddle::group<saddle::native_lane<TypeParam>, 2>;
  lanes_are_scalars<L, 2>();
  lanes_are_scalars<L, 4>();
}

// At compile time, with the bits of run time.
constexpr mat<double, 3, 3> laplace{{2, 0, 0, -1, 2, 0, 0, -1, 2}};
constexpr auto at_compile_time = saddle::symmetric_eigenvalues(laplace);
constexpr auto vectors_at_compile_time = saddle::symmetric_eigenvectors(laplace);
static_assert(at_compile_time.status == status::ok);
static_assert(saddle::symmetric_eigenvalues(mat<float, 2, 2>{{2, 9, 1, 2}}).values[1] == 3.0f);
static_assert(saddle::symmetric_eigenvalues(mat<double, 1, 1>{{-4}}).values[0] == -4);

TEST(symmetric_double, constant_expressions_have_the_bits_of_run_time) {
  volatile double two = 2;
  mat<double, 3, 3> a = laplace;
  a(0, 0) = two;
  const auto d = saddle::symmetric_eigenvectors(a);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(saddle::symmetric_eigenvalues(a).values[i], at_compile_time.values[i]);
    EXPECT_EQ(d.values[i], vectors_at_compile_time.values[i]);
  }
  for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(d.vectors.v[i], vectors_at_compile_time.vectors.v[i]);
}

} // namespace
