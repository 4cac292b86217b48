#include <saddle/spectral/symmetric_part.hpp>

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

template <class T> class symmetric_part : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(symmetric_part, scalars);

TYPED_TEST(symmetric_part, matches_long_double) {
  using T = TypeParam;
  estimates::each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (unsigned seed = 0; seed < 5; ++seed)
      for (const auto& family : families::general(N, seed))
        for (const int exponent : {0, std::numeric_limits<T>::max_exponent - 13, std::numeric_limits<T>::min_exponent - 3}) {
          const auto a = families::rounded<T, N, N>(family.matrix, exponent);
          const auto r = saddle::symmetric_part(a);
          ASSERT_EQ(r.status, status::ok) << family.name;
          const wide exact = families::widened(a);
          const auto expected = families::symmetric_eigenvalues((exact + exact.transpose()) / 2);
          EXPECT_LE(std::fabs(r.smallest - expected.front()), r.error_bound) << family.name << " 2^" << exponent;
          EXPECT_LE(std::fabs(r.largest - expected.back()), r.error_bound) << family.name << " 2^" << exponent;
        }
  });
}

TYPED_TEST(symmetric_part, the_coupling_of_a_game_does_not_count) {
  using T = TypeParam;
  const auto r = saddle::symmetric_part(mat<T, 2, 2>{{1, 1000, -1000, 3}});
  EXPECT_EQ(r.smallest, T(1));
  EXPECT_EQ(r.largest, T(3));
}

TYPED_TEST(symmetric_part, what_is_not_finite_is_said) {
  using T = TypeParam;
  for (const T poison : {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity()}) {
    mat<T, 3, 3> small = saddle::identity<T, 3>();
    mat<T, 6, 6> large = saddle::identity<T, 6>();
    small(0, 2) = poison;
    large(5, 1) = poison;
    EXPECT_EQ(saddle::symmetric_part(small).status[0], status::non_finite);
    EXPECT_EQ(saddle::symmetric_part(large).status[0], status::non_finite);
  }
}

template <class L, std::size_t N> void lanes_are_scalars() {
  using T = saddle::scalar_t<L>;
  std::vector<mat<T, N, N>> inputs;
  for (const auto& family : families::general(N, 21)) inputs.push_back(families::rounded<T, N, N>(family.matrix));
  lanes::equal_the_scalar<L, N, N>(
      inputs, [](const auto& a) { return saddle::symmetric_part(a); }, [](const auto& r) { return std::vector{r.smallest, r.largest, r.error_bound}; });
}

TYPED_TEST(symmetric_part, lanes_have_the_bits_of_the_scalar) {
  lanes_are_scalars<saddle::native_lane<TypeParam>, 3>();
  lanes_are_scalars<saddle::native_lane<TypeParam>, 6>();
  lanes_are_scalars<saddle::group<saddle::native_lane<TypeParam>, 2>, 2>();
}

static_assert(saddle::symmetric_part(mat<double, 2, 2>{{1, 5, -5, 3}}).smallest == 1);

} // namespace
