#include <saddle/spectral/singular_values.hpp>

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

template <class T> class singular : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(singular, scalars);

template <std::size_t R, std::size_t C> struct shape {
  static constexpr std::size_t rows = R, columns = C, rank = R < C ? R : C, longest = R < C ? C : R;
};

/// Calls f with every shape: square ones on both sides of the change of algorithm, tall, wide, a row, a column.
template <class F> void each_shape(F f) {
  const auto call = [&]<class... S>(std::tuple<S...>) { (f(S{}), ...); };
  call(std::tuple<shape<1, 1>, shape<2, 2>, shape<3, 3>, shape<4, 4>, shape<8, 8>, shape<15, 15>, shape<16, 16>,
                  shape<32, 32>, shape<5, 2>, shape<2, 7>, shape<1, 6>, shape<6, 1>, shape<32, 3>, shape<20, 17>,
                  shape<17, 32>>{});
}

template <class T> std::vector<int> exponents() {
  using limit = std::numeric_limits<T>;
  return {0, limit::max_exponent - 13, limit::min_exponent - 3};
}
template <class T> constexpr int reach = std::numeric_limits<T>::digits / 2;
template <class T> constexpr long double denormal = std::numeric_limits<T>::denorm_min();

TYPED_TEST(singular, values_match_a_long_double_reference) {
  using T = TypeParam;
  long double worst = 0;
  each_shape([&](auto s) {
    using S = decltype(s);
    for (unsigned seed = 0; seed < 3; ++seed)
      for (const auto& family : families::rectangular(S::rows, S::columns, 10 * seed + 1, reach<T>))
        for (const int exponent : exponents<T>()) {
          const auto a = families::rounded<T, S::rows, S::columns>(family.matrix, exponent);
          const auto spectrum = saddle::singular_values(a);
          ASSERT_EQ(spectrum.status, status::ok) << family.name;
          const auto expected = families::singular_values(families::widened(a));
          const long double unit = static_cast<long double>(S::longest + 10) * saddle::epsilon<T> * expected[0];
          for (std::size_t i = 0; i < S::rank; ++i) {
            const long double error = std::fabs(spectrum.values[i] - expected[i]);
            EXPECT_LE(error, unit + denormal<T>)
                << family.name << " " << S::rows << "x" << S::columns << " 2^" << exponent << " σ" << i;
            EXPECT_GE(spectrum.values[i], T(0));
            if (i > 0) {
              EXPECT_GE(spectrum.values[i - 1], spectrum.values[i]);
            }
            if (exponent == 0 && unit > 0) worst = std::max(worst, error / unit);
          }
        }
  });
  std::printf("worst error of a singular value: %.3Lf (n + 10)·eps·σ1\n", worst);
}

TYPED_TEST(singular, vectors_decompose) {
  using T = TypeParam;
  long double worst_residual = 0, worst_angle = 0;
  each_shape([&](auto s) {
    using S = decltype(s);
    for (const auto& family : families::rectangular(S::rows, S::columns, 3, reach<T>))
      for (const int exponent : exponents<T>()) {
        const auto a = families::rounded<T, S::rows, S::columns>(family.matrix, exponent);
        const auto d = saddle::singular_vectors(a);
        ASSERT_EQ(d.status, status::ok) << family.name;
        const wide u = families::widened(d.u), v = families::widened(d.v), exact = families::widened(a);
        const auto k = static_cast<Eigen::Index>(S::rank);
        wide sigma = wide::Zero(k, k);
        for (Eigen::Index i = 0; i < k; ++i) sigma(i, i) = d.values[static_cast<std::size_t>(i)];
        const long double unit = static_cast<long double>(S::longest) * saddle::epsilon<T>, norm = exact.norm();
        const long double residual = (exact - u * sigma * v.transpose()).norm();
        const long double angle = std::max((u.transpose() * u - wide::Identity(k, k)).norm(),
                                           (v.transpose() * v - wide::Identity(k, k)).norm());
        EXPECT_LE(residual, 4 * unit * norm + static_cast<long double>(S::longest) * denormal<T>)
            << family.name << " " << S::rows << "x" << S::columns << " 2^" << exponent;
        EXPECT_LE(angle, 8 * unit) << family.name << " " << S::rows << "x" << S::columns;
        if (exponent == 0 && norm > 0) worst_residual = std::max(worst_residual, residual / (unit * norm));
        worst_angle = std::max(worst_angle, angle / unit);
      }
  });
  std::printf("worst residual %.3Lf n·eps·|A|, orthogonality %.3Lf n·eps\n", worst_residual, worst_angle);
}

TEST(singular_double, agrees_with_lapack) {
  each_shape([&](auto s) {
    using S = decltype(s);
    for (const auto& family : families::rectangular(S::rows, S::columns, 8, 26)) {
      const auto a = families::rounded<double, S::rows, S::columns>(family.matrix);
      auto work = a;
      double expected[S::rank], unused[1], super[S::rank];
      ASSERT_EQ(LAPACKE_dgesvd(LAPACK_ROW_MAJOR, 'N', 'N', S::rows, S::columns, work.v, S::columns, expected, unused, 1,
                               unused, 1, super),
                0);
      const auto spectrum = saddle::singular_values(a);
      for (std::size_t i = 0; i < S::rank; ++i)
        EXPECT_NEAR(spectrum.values[i], expected[i], 2 * S::longest * saddle::epsilon<double> * expected[0]) << family.name;
    }
  });
}

/// A = B·D with B well conditioned and D = diag(2^-k, …): the bound of one-sided Jacobi does not contain D.
TYPED_TEST(singular, small_values_of_scaled_columns_keep_their_digits) {
  using T = TypeParam;
  constexpr std::size_t N = 6;
  constexpr auto n = static_cast<Eigen::Index>(N);
  constexpr int step = std::numeric_limits<T>::max_exponent / 20; // 2^-51 or 2^-6 a column: condition 2^255 or 2^30
  long double worst = 0;
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::mt19937_64 random(seed);
    const wide b = families::filled(n, n, random, true);
    wide d = wide::Zero(n, n);
    for (Eigen::Index i = 0; i < n; ++i) d(i, i) = std::ldexp(1.0L, -step * static_cast<int>((5 * i + static_cast<Eigen::Index>(seed)) % n));
    const auto a = families::rounded<T, N, N>(b * d);
    const auto scaled = families::singular_values(families::widened(a) * families::inverse(d));
    const long double condition = scaled.front() / scaled.back();

    // The reference: the long double Jacobi below keeps relative accuracy too, unlike the library routine on A itself.
    wide w = families::widened(a);
    for (int sweep = 0; sweep < 60; ++sweep)
      for (Eigen::Index p = 0; p < n; ++p)
        for (Eigen::Index q = p + 1; q < n; ++q) {
          const long double alpha = w.col(p).squaredNorm(), beta = w.col(q).squaredNorm(), gamma = w.col(p).dot(w.col(q));
          if (gamma == 0) continue;
          const long double zeta = (beta - alpha) / (2 * gamma);
          const long double t = (zeta < 0 ? -1 : 1) / (std::fabs(zeta) + std::hypot(1.0L, zeta));
          const long double c = 1 / std::hypot(1.0L, t), s = c * t;
          const wide x = w.col(p), y = w.col(q);
          w.col(p) = c * x - s * y;
          w.col(q) = s * x + c * y;
        }
    std::vector<long double> expected;
    for (Eigen::Index i = 0; i < n; ++i) expected.push_back(w.col(i).norm());
    std::sort(expected.rbegin(), expected.rend());

    const auto spectrum = saddle::singular_values(a);
    const auto vectors = saddle::singular_vectors(a);
    for (std::size_t i = 0; i < N; ++i) {
      const long double unit = static_cast<long double>(N) * saddle::epsilon<T> * condition * expected[i];
      EXPECT_LE(std::fabs(spectrum.values[i] - expected[i]), unit) << "seed " << seed << " σ" << i;
      EXPECT_LE(std::fabs(vectors.values[i] - expected[i]), unit) << "seed " << seed << " σ" << i;
      worst = std::max(worst, std::fabs(spectrum.values[i] - expected[i]) / unit);
    }
  }
  std::printf("worst relative error: %.3Lf n·eps·cond(B)\n", worst);
}

TYPED_TEST(singular, powers_of_two_commute_exactly) {
  using T = TypeParam;
  each_shape([&](auto s) {
    using S = decltype(s);
    for (const auto& family : families::rectangular(S::rows, S::columns, 5, 3)) {
      const auto a = families::rounded<T, S::rows, S::columns>(family.matrix);
      const auto plain = saddle::singular_values(a);
      for (const int k : {-std::numeric_limits<T>::max_exponent / 2, -1, 17, std::numeric_limits<T>::max_exponent - 13}) {
        auto b = a;
        for (T& x : b.v) x = std::ldexp(x, k);
        const auto scaled = saddle::singular_values(b);
        for (std::size_t i = 0; i < S::rank; ++i) EXPECT_EQ(scaled.values[i], std::ldexp(plain.values[i], k)) << family.name;
      }
    }
  });
}

TYPED_TEST(singular, what_is_not_finite_is_said) {
  using T = TypeParam;
  using limit = std::numeric_limits<T>;
  for (const T poison : {limit::quiet_NaN(), limit::infinity(), -limit::infinity()}) {
    mat<T, 4, 3> small = saddle::zero_matrix<T, 4, 3>();
    mat<T, 16, 16> large = saddle::identity<T, 16>();
    small(2, 1) = poison;
    large(1, 9) = poison;
    EXPECT_EQ(saddle::singular_values(small).status, status::non_finite);
    EXPECT_EQ(saddle::singular_values(large).status, status::non_finite);
    const auto d = saddle::singular_vectors(small);
    EXPECT_EQ(d.status, status::non_finite);
    EXPECT_TRUE(d.u(0, 0) != d.u(0, 0));
  }
  mat<T, 3, 3> huge;
  for (T& x : huge.v) x = limit::max();
  EXPECT_EQ(saddle::singular_values(huge).status, status::non_finite);
}

TEST(singular_double, constant_expressions_have_the_bits_of_run_time) {
  static constexpr mat<double, 3, 2> a{{1, 2, 3, 4, 5, 6}};
  constexpr auto before = saddle::singular_vectors(a);
  static_assert(before.status == status::ok);
  static_assert(saddle::singular_values(mat<double, 2, 2>{{0, 2, 1, 0}}).values[0] == 2);
  volatile double one = 1;
  mat<double, 3, 2> b = a;
  b(0, 0) = one;
  const auto after = saddle::singular_vectors(b);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(after.values[i], before.values[i]);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(after.u.v[i], before.u.v[i]);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(after.v.v[i], before.v.v[i]);
}

template <class L, std::size_t R, std::size_t C> void lanes_are_scalars(bool vectors) {
  using T = saddle::scalar_t<L>;
  std::vector<mat<T, R, C>> inputs;
  for (const auto& family : families::rectangular(R, C, 11, reach<T>)) inputs.push_back(families::rounded<T, R, C>(family.matrix));
  for (const int exponent : exponents<T>())
    inputs.push_back(families::rounded<T, R, C>(families::rectangular(R, C, 12, 3)[0].matrix, exponent));
  lanes::equal_the_scalar<L, R, C>(
      inputs, [](const auto& a) { return saddle::singular_values(a); },
      [](const auto& r) { return lanes::numbers(r.values); });
  if (!vectors) return;
  lanes::equal_the_scalar<L, R, C>(
      inputs, [](const auto& a) { return saddle::singular_vectors(a); },
      [](const auto& r) {
        auto all = lanes::numbers(r.values);
        for (const auto& x : lanes::numbers(r.u)) all.push_back(x);
        for (const auto& x : lanes::numbers(r.v)) all.push_back(x);
        return all;
      });
}

TYPED_TEST(singular, a_vector_lane_has_the_bits_of_the_scalar) {
  using L = saddle::native_lane<TypeParam>;
  lanes_are_scalars<L, 2, 2>(true);
  lanes_are_scalars<L, 5, 3>(true);
  lanes_are_scalars<L, 2, 4>(true);
  lanes_are_scalars<L, 17, 16>(false);
}

TYPED_TEST(singular, a_group_lane_has_the_bits_of_the_scalar) {
  using L = saddle::group<saddle::native_lane<TypeParam>, 2>;
  lanes_are_scalars<L, 3, 3>(true);
}

} // namespace
