// exp, log, sigmoid, softplus and turn: units in the last place against long double, special values, and the bits of the
// scalar on every lane type and at compile time.
#include <saddle/lane/elementary.hpp>

#include <cmath>

#include "support/bits.hpp"
#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_elementary {
namespace {

constexpr real pi = 3.14159265358979323846264338327950288L;

/// The distance of `actual` from `expected` in units in the last place of the result's format.
template <class T> real units_apart(T actual, real expected) {
  const real size = std::fabs(expected);
  if (size > std::numeric_limits<T>::max()) return std::isinf(actual) ? 0 : 1e9L;
  int e = 0;
  std::frexp(std::max<real>(size, std::numeric_limits<T>::min()), &e);
  return std::fabs(actual - expected) / std::ldexp(real(1), e - std::numeric_limits<T>::digits);
}

template <class T> class elementary : public ::testing::Test {
protected:
  /// The largest error of f against `exact` on random numbers of [low, high].
  template <class F, class Exact> static real worst(T low, T high, F f, Exact exact) {
    random_source random(71);
    real most = 0;
    for (int k = 0; k < some_of(200000); ++k) {
      const T x = random.uniform(low, high);
      most = std::max(most, units_apart(f(x), exact(real(x))));
    }
    return most;
  }
};
TYPED_TEST_SUITE(elementary, measurable);

TYPED_TEST(elementary, exp_is_within_one_unit) {
  using T = TypeParam;
  const auto f = [](T x) { return saddle::exp(x); };
  const auto exact = [](real x) { return std::exp(x); };
  const T end = saddle::detail::format<T>::overflow;
  EXPECT_LT(this->worst(T(-1), T(1), f, exact), 1);
  EXPECT_LT(this->worst(-end, end, f, exact), 1);
  EXPECT_LT(this->worst(T(-1.2) * end, -end, f, exact), 1); // results below the normal numbers
  EXPECT_TRUE(std::isfinite(f(end)));
  EXPECT_TRUE(std::isinf(f(std::nextafter(end, 2 * end))));
}

TYPED_TEST(elementary, log_is_within_one_unit) {
  using T = TypeParam;
  const auto f = [](T x) { return saddle::log(x); };
  const auto exact = [](real x) { return std::log(x); };
  EXPECT_LT(this->worst(T(0.5), T(2), f, exact), 1);
  EXPECT_LT(this->worst(T(0.999), T(1.001), f, exact), 1);
  EXPECT_LT(this->worst(T(0), std::numeric_limits<T>::max(), f, exact), 1);
  EXPECT_LT(this->worst(T(0), std::numeric_limits<T>::min(), f, exact), 1);
}

TYPED_TEST(elementary, sigmoid_and_softplus_are_within_a_few_units) {
  using T = TypeParam;
  const auto s = [](T x) { return saddle::sigmoid(x); };
  const auto p = [](T x) { return saddle::softplus(x); };
  const auto sigmoid = [](real x) { return 1 / (1 + std::exp(-x)); };
  const auto softplus = [](real x) { return std::log1p(std::exp(x)); };
  for (const T end : {T(1), T(20), T(80)}) {
    EXPECT_LT(this->worst(-end, end, s, sigmoid), 2.5);
    EXPECT_LT(this->worst(-end, end, p, softplus), 2);
  }
}

TYPED_TEST(elementary, turn_is_within_two_units) {
  using T = TypeParam;
  random_source random(72);
  for (const T end : {T(0.25), T(1), T(1000)})
    for (int k = 0; k < some_of(100000); ++k) {
      const T u = random.uniform(-end, end);
      // Quarter turns taken off exactly: near a zero of the result nothing is left of an angle that was rounded.
      const real quarters = std::round(4 * real(u)), angle = 2 * pi * (real(u) - quarters / 4);
      const real c = std::cos(angle), d = std::sin(angle);
      const real cosines[] = {c, -d, -c, d}, sines[] = {d, c, -d, -c};
      const auto quadrant = static_cast<std::size_t>(static_cast<long>(quarters) & 3);
      const auto at = saddle::turn(u);
      ASSERT_LT(units_apart(at.sine, sines[quadrant]), 2) << u;
      ASSERT_LT(units_apart(at.cosine, cosines[quadrant]), 2) << u;
    }
  EXPECT_EQ(saddle::turn(T(0.25)).cosine, T(0));
  EXPECT_EQ(saddle::turn(T(0.25)).sine, T(1));
  EXPECT_EQ(saddle::turn(T(-0.5)).cosine, T(-1));
  EXPECT_EQ(saddle::turn(T(0.75)).sine, T(-1));
}

TYPED_TEST(elementary, special_values) {
  using T = TypeParam;
  const T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  EXPECT_EQ(saddle::exp(T(0)), T(1));
  EXPECT_EQ(saddle::exp(-T(0)), T(1));
  EXPECT_EQ(saddle::exp(inf), inf);
  EXPECT_EQ(saddle::exp(-inf), T(0));
  EXPECT_EQ(saddle::exp(std::numeric_limits<T>::max()), inf);
  EXPECT_TRUE(std::isnan(saddle::exp(nan)));
  EXPECT_EQ(saddle::log(T(1)), T(0));
  EXPECT_EQ(saddle::log(T(0)), -inf);
  EXPECT_EQ(saddle::log(-T(0)), -inf);
  EXPECT_EQ(saddle::log(inf), inf);
  EXPECT_TRUE(std::isnan(saddle::log(T(-1))) && std::isnan(saddle::log(-inf)) && std::isnan(saddle::log(nan)));
  EXPECT_EQ(saddle::sigmoid(T(0)), T(0.5));
  EXPECT_EQ(saddle::sigmoid(-inf), T(0));
  EXPECT_EQ(saddle::sigmoid(inf), T(1));
  EXPECT_TRUE(std::isnan(saddle::sigmoid(nan)));
  EXPECT_EQ(saddle::softplus(-inf), T(0));
  EXPECT_EQ(saddle::softplus(inf), inf);
  EXPECT_TRUE(std::isnan(saddle::softplus(nan)));
}

// All of them in one value, so that lanes, constants and duals are compared at once.
template <class L> constexpr saddle::vec<L, 6> everything(const L& x) {
  const auto at = saddle::turn(x);
  return {{saddle::exp(x), saddle::log(x), saddle::sigmoid(x), saddle::softplus(x), at.cosine, at.sine}};
}

TYPED_TEST(elementary, a_constant_has_the_bits_of_run_time) {
  using T = TypeParam;
  constexpr T numbers[] = {T(0.3), T(-7.25), T(55), T(1e-30)};
  constexpr saddle::vec<T, 6> constants[] = {everything(numbers[0]), everything(numbers[1]), everything(numbers[2]),
                                             everything(numbers[3])};
  for (std::size_t k = 0; k < 4; ++k) {
    const volatile T hidden = numbers[k];
    const T x = hidden;
    EXPECT_TRUE(same_bits(everything(x), constants[k]));
  }
}

TYPED_TEST(elementary, duals_carry_the_derivative) {
  using T = TypeParam;
  using D = saddle::dual<T, 1>;
  for (const T x : {T(0.375), T(2.5)}) {
    const auto slope = everything(D{x, {T(1)}});
    const real r = x, s = 1 / (1 + std::exp(-r));
    const real expected[] = {
        std::exp(r), 1 / r, s * (1 - s), s, -2 * pi * std::sin(2 * pi * r), 2 * pi * std::cos(2 * pi * r)};
    for (std::size_t k = 0; k < 6; ++k)
      EXPECT_LE(std::fabs(slope[k].part[0] - expected[k]), 8 * saddle::epsilon<T> * (1 + std::fabs(expected[k]))) << k;
  }
}

template <class L> class elementary_lanes : public ::testing::Test {};
TYPED_TEST_SUITE(elementary_lanes, all_lanes);

TYPED_TEST(elementary_lanes, have_the_bits_of_the_scalar) {
  using L = TypeParam;
  using T = scalar_t<L>;
  random_source random(73);
  for (int k = 0; k < 400; ++k) {
    T numbers[width<L>];
    for (std::size_t i = 0; i < width<L>; ++i) {
      numbers[i] = k < 8 ? special_values<T>[(std::size_t(k) * 8 + i) % special_values<T>.size()]
                         : random.uniform(T(-90), T(90));
      if (may_vanish<L>(numbers[i])) numbers[i] = T(0);
    }
    const auto wide = everything(load<L>(numbers));
    for (std::size_t i = 0; i < width<L>; ++i)
      for (std::size_t f = 0; f < 6; ++f) {
        const T alone = everything(numbers[i])[f];
        if (may_vanish<L>(alone)) continue;
        ASSERT_TRUE(equal_bits(extract(wide[f], i), alone)) << f << " of " << numbers[i];
      }
  }
}

} // namespace
} // namespace saddle_test::test_elementary
