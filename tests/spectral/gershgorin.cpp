#include <saddle/spectral/gershgorin.hpp>

#include <gtest/gtest.h>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace test_gershgorin {
namespace {

using saddle::mat;
using spectral::operation;

SADDLE_SUITE_OF_FORMATS(gershgorin);

TEST_P(gershgorin, contains_the_spectrum) {
  spectral::each_scalar("gershgorin", *GetParam(), [](const operation& o) {
    for (const auto& m : spectral::families::every(o.rows, o.columns, o.number)) {
      const auto a = spectral::rounded(m.matrix, o.number);
      const auto b = spectral::compute(o, {a})[0];
      const double left = b.numbers[0], right = b.numbers[1], radius = b.numbers[2];
      const auto exact = spectral::widened(a);
      const auto size = spectral::radius(exact), reach = spectral::abscissa(exact),
                 back = spectral::abscissa(-1 * exact);
      EXPECT_GE(radius + size.uncertainty, size.value) << o << ", " << m.name;
      EXPECT_GE(right + reach.uncertainty, reach.value) << o << ", " << m.name;
      EXPECT_LE(left - back.uncertainty, -back.value) << o << ", " << m.name;
      // No worse than the row sums, but for rounding outwards.
      const long double rows = spectral::largest_row_sum(exact);
      EXPECT_LE(radius, rows * (1 + 4 * static_cast<long double>(o.rows) * o.number.epsilon) + 2 * o.number.denormal)
          << o << ", " << m.name;
    }
  });
}

template <class T> class gershgorin_of : public testing::Test {};
TYPED_TEST_SUITE(gershgorin_of, spectral::numbers);

TYPED_TEST(gershgorin_of, takes_the_better_of_rows_and_columns) {
  using T = TypeParam;
  // columns: [4, 4] and [-102, 98]; rows: [-96, 104], [-2, -2]
  const auto b = saddle::gershgorin(mat<T, 2, 2>{{4, 100, 0, -2}});
  EXPECT_NEAR(b.left, T(-96), T(1000) * saddle::epsilon<T>);
  EXPECT_NEAR(b.right, T(98), T(1000) * saddle::epsilon<T>);
  EXPECT_NEAR(b.radius, T(102), T(1000) * saddle::epsilon<T>);
}

TYPED_TEST(gershgorin_of, a_diagonal_matrix_is_exact) {
  using T = TypeParam;
  const auto b = saddle::gershgorin(mat<T, 3, 3>{{3, 0, 0, 0, -5, 0, 0, 0, 1}});
  EXPECT_EQ(b.left, T(-5));
  EXPECT_EQ(b.right, T(3));
  EXPECT_EQ(b.radius, T(5));
}

static_assert(saddle::gershgorin(mat<double, 2, 2>{{-3, 1, 1, -3}}).right < 0);

} // namespace
} // namespace test_gershgorin
