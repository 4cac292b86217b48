#include <saddle/spectral/gershgorin.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "spectral/estimates.hpp"
#include "spectral/lanes.hpp"

namespace {

using families::wide;
using saddle::mat;
using saddle::status;

template <class T> class gershgorin : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(gershgorin, scalars);

TYPED_TEST(gershgorin, contains_the_spectrum) {
  using T = TypeParam;
  estimates::each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (unsigned seed = 0; seed < 10; ++seed)
      for (const auto& family : families::general(N, seed)) {
        if (family.name == "Jordan block" || family.name == "nilpotent") continue; // their reference is off by eps^(1/N)
        const auto a = families::rounded<T, N, N>(family.matrix);
        const auto b = saddle::gershgorin(a);
        ASSERT_EQ(b.status, status::ok);
        const wide exact = families::widened(a);
        const long double rounding = 100 * saddle::epsilon<long double> * exact.norm();
        for (const auto& z : families::eigenvalues(exact)) {
          EXPECT_LE(b.left, z.real() + rounding) << family.name;
          EXPECT_GE(b.right, z.real() - rounding) << family.name;
          EXPECT_GE(b.radius, std::abs(z) - rounding) << family.name;
        }
        EXPECT_LE(b.radius, exact.cwiseAbs().rowwise().sum().maxCoeff() * (1 + 4 * N * saddle::epsilon<T>));
      }
  });
}

TYPED_TEST(gershgorin, takes_the_better_of_rows_and_columns) {
  using T = TypeParam;
  const auto b = saddle::gershgorin(mat<T, 2, 2>{{4, 100, 0, -2}}); // columns: [4, 4] and [-102, 98]; rows: [-96, 104], [-2, -2]
  EXPECT_NEAR(b.left, T(-96), T(1000) * saddle::epsilon<T>);
  EXPECT_NEAR(b.right, T(98), T(1000) * saddle::epsilon<T>);
  EXPECT_NEAR(b.radius, T(102), T(1000) * saddle::epsilon<T>);
}

TYPED_TEST(gershgorin, a_diagonal_matrix_is_exact) {
  using T = TypeParam;
  const auto b = saddle::gershgorin(mat<T, 3, 3>{{3, 0, 0, 0, -5, 0, 0, 0, 1}});
  EXPECT_EQ(b.left, T(-5));
  EXPECT_EQ(b.right, T(3));
  EXPECT_EQ(b.radius, T(5));
}

TYPED_TEST(gershgorin, what_is_not_finite_is_said) {
  using T = TypeParam;
  for (const T poison : {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity()}) {
    mat<T, 3, 3> small = saddle::identity<T, 3>();
    mat<T, 6, 6> large = saddle::identity<T, 6>();
    small(0, 2) = poison;
    large(5, 1) = poison;
    EXPECT_EQ(saddle::gershgorin(small).status[0], status::non_finite);
    EXPECT_EQ(saddle::gershgorin(large).status[0], status::non_finite);
  }
}

template <class L, std::size_t N> void lanes_are_scalars() {
  using T = saddle::scalar_t<L>;
  std::vector<mat<T, N, N>> inputs;
  for (const auto& family : families::general(N, 21)) inputs.push_back(families::rounded<T, N, N>(family.matrix));
  lanes::equal_the_scalar<L, N, N>(
      inputs, [](const auto& a) { return saddle::gershgorin(a); }, [](const auto& r) { return std::vector{r.left, r.right, r.radius}; });
}

TYPED_TEST(gershgorin, lanes_have_the_bits_of_the_scalar) {
  lanes_are_scalars<saddle::native_lane<TypeParam>, 3>();
  lanes_are_scalars<saddle::native_lane<TypeParam>, 6>();
  lanes_are_scalars<saddle::group<saddle::native_lane<TypeParam>, 2>, 2>();
}

static_assert(saddle::gershgorin(mat<double, 2, 2>{{-3, 1, 1, -3}}).right < 0);

} // namespace
