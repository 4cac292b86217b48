#include <saddle/spectral/symmetric_part.hpp>

#include <gtest/gtest.h>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace test_symmetric_part {
namespace {

using saddle::mat;
using spectral::operation;

SADDLE_SUITE_OF_FORMATS(symmetric_part);

TEST_P(symmetric_part, is_within_its_bound) {
  spectral::each_scalar("symmetric_part", *GetParam(), [](const operation& o) {
    for (const auto& m : spectral::families::every(o.rows, o.columns, o.number))
      for (const int exponent : spectral::families::exponents(o.number)) {
        const int own = exponent == 0 ? 0 : spectral::exponent_of(m.matrix);
        const auto a = spectral::rounded(m.matrix, o.number, exponent - own);
        const auto r = spectral::compute(o, {a})[0];
        ASSERT_EQ(r.status, saddle::status::ok) << o << ", " << m.name;
        const auto exact = spectral::widened(a);
        const auto expected = spectral::symmetric_eigenvalues(0.5L * (exact + exact.transposed()));
        const double smallest = r.numbers[0], largest = r.numbers[1], bound = r.numbers[2];
        EXPECT_LE(std::fabs(smallest - expected.front()), bound) << o << ", " << m.name << " 2^" << exponent;
        EXPECT_LE(std::fabs(largest - expected.back()), bound) << o << ", " << m.name << " 2^" << exponent;
      }
  });
}

template <class T> class symmetric_part_of : public testing::Test {};
TYPED_TEST_SUITE(symmetric_part_of, spectral::numbers);

TYPED_TEST(symmetric_part_of, does_not_count_the_coupling_of_a_game) {
  using T = TypeParam;
  const auto r = saddle::symmetric_part(mat<T, 2, 2>{{1, 1000, -1000, 3}});
  EXPECT_EQ(r.smallest, T(1));
  EXPECT_EQ(r.largest, T(3));
}

static_assert(saddle::symmetric_part(mat<double, 2, 2>{{1, 5, -5, 3}}).smallest == 1);

} // namespace
} // namespace test_symmetric_part
