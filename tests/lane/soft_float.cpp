// The arithmetic of constant expressions gives the bits of the hardware.
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "support/bits.hpp"
#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_soft_float {
namespace {

template <class T> struct triple { T a, b, c; };

/// A number with `digits` significant binary digits.
template <class T> T short_number(random_source& random, int digits, int exponent) {
  const int m = random.integer(1, (1 << digits) - 1);
  return std::ldexp(static_cast<T>(random.bits() % 2 == 0 ? m : -m), exponent);
}

/// Operands of a·b + c, of the kinds at which roundings go wrong.
template <class T> triple<T> adversary(random_source& random, std::uint64_t k) {
  using limits = std::numeric_limits<T>;
  const int fraction = limits::digits - 1;
  const T a = random.uniform(T(-2), T(2)), b = random.uniform(T(-2), T(2));
  switch (k % 10) {
  case 0: return {random.pattern<T>(), random.pattern<T>(), random.pattern<T>()};
  case 1: return {a, b, random.uniform(T(-2), T(2))};
  case 2: return {a, b, -(a * b)}; // what is left is the rounding error of the product
  case 3: return {a, b, std::nextafter(-(a * b), T(0))};
  case 4: { // a result among the subnormals
    const T tiny = std::ldexp(a, limits::min_exponent - random.integer(-4, fraction + 3));
    return {tiny, b, limits::denorm_min() * static_cast<T>(random.integer(-3, 3))};
  }
  case 5:
    return {std::ldexp(a, limits::max_exponent - 2), std::ldexp(b, random.integer(0, 2)),
            std::ldexp(random.uniform(T(-2), T(2)), limits::max_exponent - random.integer(2, 4))}; // overflow
  case 6: // halfway between two neighbours, or one unit of the product beside it
    return {short_number<T>(random, 6, 0), short_number<T>(random, 5, 0),
            short_number<T>(random, 3, fraction + random.integer(-2, 4))};
  case 7: return {a, b, std::ldexp(random.uniform(T(-2), T(2)), random.integer(-3 * fraction, 3 * fraction))};
  case 8: // exact cancellation
    return {short_number<T>(random, 8, -4), T(2), T(0)};
  default: {
    const auto& all_of_them = special_values<T>;
    const auto pick = [&] { return all_of_them[static_cast<std::size_t>(random.bits() % all_of_them.size())]; };
    return {pick(), pick(), pick()};
  }
  }
}

template <class T> class soft_float : public ::testing::Test {};
TYPED_TEST_SUITE(soft_float, scalars);

// std::fma is an instruction where there is one and a correctly rounded routine elsewhere.
TYPED_TEST(soft_float, fma_is_rounded_once) {
  random_source random(3);
  for (std::uint64_t k = 0; k < some_of(2000000u); ++k) {
    auto [a, b, c] = adversary<TypeParam>(random, k);
    if (k % 10 == 8) c = -(a * b);
    ASSERT_TRUE(equal_bits(saddle::soft::fma(a, b, c), std::fma(a, b, c)))
        << std::hexfloat << a << " * " << b << " + " << c << " is not " << saddle::soft::fma(a, b, c);
  }
}

TYPED_TEST(soft_float, square_root_is_rounded_once) {
  using T = TypeParam;
  random_source random(4);
  const auto check = [](T x) { ASSERT_TRUE(equal_bits(saddle::soft::sqrt(x), std::sqrt(x))) << std::hexfloat << x; };
  for (T x : special_values<T>) check(x);
  for (int k = 0; k < some_of(700000); ++k) {
    check(random.pattern<T>());
    const T root = random.uniform(T(1), T(2));
    check(root * root); // a square, and beside it the roots that lie closest to a tie
    check(std::nextafter(root * root, T(0)));
    check(std::ldexp(random.uniform(T(0), T(1)), std::numeric_limits<T>::min_exponent - 1)); // subnormal
    if (this->HasFatalFailure()) return;
  }
}

// The same operands at compile time and at run time.

constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 31)) * 0x7fb5d329728ea185u;
  x = (x ^ (x >> 27)) * 0x81dadef4bc2dd44du;
  return x ^ (x >> 33);
}

/// Between −1 and 1, so that sums round and cancel. No infinities: on an ISA without fma they are plain arithmetic, which a
/// constant expression may not let overflow.
template <class T> constexpr triple<T> fixed_triple(std::uint64_t k) {
  const auto number = [&](std::uint64_t salt) {
    const std::uint64_t r = mix(3 * k + salt + 1);
    const T size = static_cast<T>(static_cast<std::int64_t>(r >> 11)) * T(0x1p-53);
    return r % 2 == 0 ? size : -size;
  };
  const T a = number(0), b = number(1);
  return {a, b, k % 4 == 0 ? -(a * b) : number(2)};
}

constexpr std::size_t cases = 96;

template <class T> struct constant_results {
  T multiply_add[cases]{}, negated[cases]{}, root[cases]{}, least[cases]{}, size[cases]{};
  T special_root[special_values<T>.size()]{};
};
template <class T> constexpr constant_results<T> compute() {
  constant_results<T> r;
  for (std::size_t k = 0; k < cases; ++k) {
    const auto [a, b, c] = fixed_triple<T>(k);
    r.multiply_add[k] = fma(a, b, c);
    r.negated[k] = fnma(a, b, c);
    r.root[k] = sqrt(a);
    r.least[k] = min(a, max(b, c));
    r.size[k] = abs(b);
  }
  for (std::size_t k = 0; k < special_values<T>.size(); ++k) r.special_root[k] = sqrt(special_values<T>[k]);
  return r;
}

TYPED_TEST(soft_float, a_constant_has_the_bits_of_run_time) {
  using T = TypeParam;
  static constexpr constant_results<T> constant = compute<T>();
  for (std::size_t k = 0; k < cases; ++k) {
    const triple<T> t = fixed_triple<T>(k);
    volatile T va = t.a, vb = t.b, vc = t.c;
    const T a = va, b = vb, c = vc;
    EXPECT_TRUE(same_bits(constant.multiply_add[k], fma(a, b, c))) << std::hexfloat << a << " " << b << " " << c;
    EXPECT_TRUE(same_bits(constant.negated[k], fnma(a, b, c))) << std::hexfloat << a << " " << b << " " << c;
    EXPECT_TRUE(same_bits(constant.root[k], sqrt(a))) << std::hexfloat << a;
    EXPECT_TRUE(same_bits(constant.least[k], min(a, max(b, c))));
    EXPECT_TRUE(same_bits(constant.size[k], abs(b)));
  }
  for (std::size_t k = 0; k < special_values<T>.size(); ++k) {
    volatile T x = special_values<T>[k];
    EXPECT_TRUE(same_bits(constant.special_root[k], sqrt(x))) << x;
  }
}

// Known results: (1 + ε)² needs one rounding, √2 is irrational.
static_assert(saddle::soft::fma(1.0 + 0x1p-52, 1.0 + 0x1p-52, -1.0) == 0x1p-51 + 0x1p-104);
static_assert(saddle::soft::fma(0x1p-600, 0x1p-600, 1.0) == 1.0);
static_assert(saddle::soft::fma(0x1p1023, 2.0, -0x1p1023) == 0x1p1023);
static_assert(saddle::soft::fma(1.0f + 0x1p-23f, 1.0f + 0x1p-23f, -1.0f) == 0x1p-22f + 0x1p-46f);
static_assert(equal_bits(saddle::soft::fma(2.0, 3.0, -6.0), 0.0));
static_assert(equal_bits(saddle::soft::fma(-0.0, 3.0, -0.0), -0.0));
static_assert(saddle::soft::sqrt(2.0) == 0x1.6a09e667f3bcdp+0 && saddle::soft::sqrt(2.0f) == 0x1.6a09e6p+0f);
static_assert(equal_bits(saddle::soft::sqrt(-0.0), -0.0));
static_assert(saddle::soft::sqrt(std::numeric_limits<double>::infinity()) == std::numeric_limits<double>::infinity());
static_assert(equal_bits(saddle::soft::sqrt(-1.0), std::numeric_limits<double>::quiet_NaN()));
static_assert(saddle::soft::fma(std::numeric_limits<double>::infinity(), 2.0, 1.0) ==
              std::numeric_limits<double>::infinity());
static_assert(equal_bits(saddle::soft::fma(std::numeric_limits<double>::infinity(), 0.0, 1.0),
                         std::numeric_limits<double>::quiet_NaN()));

} // namespace
} // namespace saddle_test::test_soft_float
