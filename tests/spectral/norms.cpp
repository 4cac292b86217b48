#include <saddle/spectral/norms.hpp>

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

template <class T> class norms : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(norms, scalars);

TYPED_TEST(norms, match_long_double) {
  using T = TypeParam;
  for (const auto& family : families::rectangular(5, 7, 3, 8))
    for (const int exponent : {0, std::numeric_limits<T>::max_exponent - 8, std::numeric_limits<T>::min_exponent - 3}) {
      const auto a = families::rounded<T, 5, 7>(family.matrix, exponent);
      const wide exact = families::widened(a);
      const auto near = [&](const auto& norm, long double expected, const char* which) {
        EXPECT_EQ(norm.status, status::ok) << which << " " << family.name;
        EXPECT_LE(std::fabs(norm.value - expected), norm.error_bound) << which << " " << family.name << " 2^" << exponent;
        EXPECT_LE(norm.error_bound, 36 * saddle::epsilon<T> * expected + 4 * std::numeric_limits<T>::denorm_min()) << which;
      };
      const long double two = families::singular_values(exact)[0];
      near(saddle::max_norm(a), exact.cwiseAbs().maxCoeff(), "max");
      near(saddle::infinity_norm(a), exact.cwiseAbs().rowwise().sum().maxCoeff(), "infinity");
      near(saddle::one_norm(a), exact.cwiseAbs().colwise().sum().maxCoeff(), "one");
      near(saddle::frobenius_norm(a), exact.norm(), "Frobenius");
      near(saddle::two_norm(a), two, "two");
      const auto upper = saddle::two_norm_bound(a);
      EXPECT_GE(upper.value, two) << family.name << " 2^" << exponent;
      EXPECT_LE(upper.value - two, upper.error_bound) << family.name << " 2^" << exponent;
      EXPECT_LE(upper.value, std::sqrt(5.0L) * two * (1 + 64 * saddle::epsilon<T>) + 4 * std::numeric_limits<T>::denorm_min());
    }
}

TYPED_TEST(norms, of_huge_numbers_do_not_overflow_on_the_way) {
  using T = TypeParam;
  const T huge = std::numeric_limits<T>::max() / 4;
  const mat<T, 2, 2> a{{huge, 0, 0, -huge}};
  EXPECT_EQ(saddle::max_norm(a).value, huge);
  EXPECT_EQ(saddle::infinity_norm(a).value, huge);
  EXPECT_EQ(saddle::two_norm(a).value, huge);
  EXPECT_NEAR(saddle::frobenius_norm(a).value / huge, std::sqrt(T(2)), 4 * saddle::epsilon<T>);
}

TYPED_TEST(norms, what_is_not_finite_is_said) {
  using T = TypeParam;
  for (const T poison : {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity()}) {
    mat<T, 3, 3> small = saddle::identity<T, 3>();
    mat<T, 6, 6> large = saddle::identity<T, 6>();
    small(0, 2) = poison;
    large(5, 1) = poison;
    EXPECT_EQ(saddle::frobenius_norm(small).status[0], status::non_finite);
    EXPECT_EQ(saddle::frobenius_norm(large).status[0], status::non_finite);
  }
}

template <class L, std::size_t N> void lanes_are_scalars() {
  using T = saddle::scalar_t<L>;
  std::vector<mat<T, N, N>> inputs;
  for (const auto& family : families::general(N, 21)) inputs.push_back(families::rounded<T, N, N>(family.matrix));
  lanes::equal_the_scalar<L, N, N>(
      inputs, [](const auto& a) { return saddle::two_norm_bound(a); }, [](const auto& r) { return std::vector{r.value, r.error_bound}; });
}

TYPED_TEST(norms, lanes_have_the_bits_of_the_scalar) {
  lanes_are_scalars<saddle::native_lane<TypeParam>, 3>();
  lanes_are_scalars<saddle::native_lane<TypeParam>, 6>();
  lanes_are_scalars<saddle::group<saddle::native_lane<TypeParam>, 2>, 2>();
}

static_assert(saddle::infinity_norm(mat<double, 2, 2>{{1, -2, 3, 4}}).value == 7);
static_assert(saddle::one_norm(mat<double, 2, 2>{{1, -2, 3, 4}}).value == 6);
static_assert(saddle::frobenius_norm(mat<double, 1, 2>{{3, 4}}).value == 5);

} // namespace
