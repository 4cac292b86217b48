#include <saddle/spectral/norms.hpp>

#include <gtest/gtest.h>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace test_norms {
namespace {

using saddle::mat;
using spectral::format;
using spectral::operation;
using spectral::wide;

SADDLE_SUITE_OF_FORMATS(norms);

/// The value, and that |value − exact| ≤ error_bound ≤ 36ε·exact: a bound is no excuse.
void match(const char* function, const format& f, long double (*reference)(const wide&)) {
  spectral::each_scalar(function, f, [&](const operation& o) {
    for (const auto& m : spectral::families::rectangular(o.rows, o.columns, 3, 8))
      for (const int exponent : {0, f.max_exponent - 8, f.min_exponent - 3}) {
        const auto a = spectral::rounded(m.matrix, f, exponent);
        const auto r = spectral::compute(o, {a})[0];
        const long double expected = reference(spectral::widened(a)), value = static_cast<long double>(r.numbers[0]);
        EXPECT_EQ(r.status, saddle::status::ok) << o << ", " << m.name;
        EXPECT_LE(std::fabs(value - expected), r.numbers[1]) << o << ", " << m.name << " 2^" << exponent;
        EXPECT_LE(r.numbers[1], 36 * f.epsilon * expected + 4 * f.denormal) << o << ", " << m.name << " 2^" << exponent;
      }
  });
}

long double two(const wide& a) { return spectral::singular_values(a)[0]; }
long double largest_entry(const wide& a) {
  long double r = 0;
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < a.columns(); ++j) r = std::max(r, std::fabs(a(i, j)));
  return r;
}

TEST_P(norms, match_long_double) {
  match("max_norm", *GetParam(), largest_entry);
  match("infinity_norm", *GetParam(), spectral::largest_row_sum);
  match("one_norm", *GetParam(), [](const wide& a) { return spectral::largest_row_sum(a.transposed()); });
  match("frobenius_norm", *GetParam(), saddle_test::frobenius);
  match("two_norm", *GetParam(), two);
}

TEST_P(norms, the_cheap_bound_is_above_and_not_far) {
  const format& f = *GetParam();
  spectral::each_scalar("two_norm_bound", f, [&](const operation& o) {
    const long double root = std::sqrt(static_cast<long double>(std::min(o.rows, o.columns)));
    for (const auto& m : spectral::families::rectangular(o.rows, o.columns, 3, 8))
      for (const int exponent : {0, f.max_exponent - 8, f.min_exponent - 3}) {
        const auto a = spectral::rounded(m.matrix, f, exponent);
        const auto r = spectral::compute(o, {a})[0];
        const long double exact = two(spectral::widened(a)), upper = static_cast<long double>(r.numbers[0]);
        EXPECT_GE(upper, exact) << o << ", " << m.name << " 2^" << exponent;
        EXPECT_LE(upper - exact, r.numbers[1]) << o << ", " << m.name << " 2^" << exponent;
        EXPECT_LE(upper, root * exact * (1 + 64 * f.epsilon) + 4 * f.denormal) << o << ", " << m.name;
      }
  });
}

template <class T> class norms_of : public testing::Test {};
TYPED_TEST_SUITE(norms_of, spectral::numbers);

TYPED_TEST(norms_of, huge_numbers_do_not_overflow_on_the_way) {
  using T = TypeParam;
  const T huge = std::numeric_limits<T>::max() / 4;
  const mat<T, 2, 2> a{{huge, 0, 0, -huge}};
  EXPECT_EQ(saddle::max_norm(a).value, huge);
  EXPECT_EQ(saddle::infinity_norm(a).value, huge);
  EXPECT_EQ(saddle::two_norm(a).value, huge);
  EXPECT_NEAR(saddle::frobenius_norm(a).value / huge, std::sqrt(T(2)), 4 * saddle::epsilon<T>);
}

static_assert(saddle::infinity_norm(mat<double, 2, 2>{{1, -2, 3, 4}}).value == 7);
static_assert(saddle::one_norm(mat<double, 2, 2>{{1, -2, 3, 4}}).value == 6);
static_assert(saddle::frobenius_norm(mat<double, 1, 2>{{3, 4}}).value == 5);

} // namespace
} // namespace test_norms
