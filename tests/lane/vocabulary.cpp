// Every operation on every lane type is the scalar operation lane by lane, bit for bit, special values included.
#include <cmath>
#include <vector>

#include "support/bits.hpp"
#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_vocabulary {
namespace {

/// Operands, as many of each as make whole vectors of 64 numbers.
template <class T> struct operands {
  std::vector<T> a, b, c;

  void add(T x, T y, T z) {
    a.push_back(x);
    b.push_back(y);
    c.push_back(z);
  }
  operands() {
    for (T x : special_values<T>)
      for (T y : special_values<T>)
        for (T z : special_values<T>) add(x, y, z);
    random_source random(1);
    for (int k = 0; k < 2000; ++k) add(random.pattern<T>(), random.pattern<T>(), random.pattern<T>());
    for (int k = 0; k < 2000 || a.size() % 64 != 0; ++k)
      add(random.uniform(T(-1), T(1)), random.uniform(T(-1), T(1)), random.uniform(T(-1), T(1)));
  }
};

template <class L> class vocabulary : public ::testing::Test {
protected:
  using number = scalar_t<L>;

  static const operands<number>& inputs() {
    static const operands<number> all;
    return all;
  }

  /// The results of `operation` on vectors and on scalars agree: numbers in bits, truth values as they are.
  template <class F> static void agrees(F operation) {
    const operands<number>& in = inputs();
    for (std::size_t first = 0; first < in.a.size(); first += width<L>) {
      const auto wide = operation(load<L>(&in.a[first]), load<L>(&in.b[first]), load<L>(&in.c[first]));
      number results[width<L>];
      if constexpr (saddle::has_lane_traits<decltype(wide)>) store(results, wide);
      for (std::size_t i = 0; i < width<L>; ++i) {
        const number x = in.a[first + i], y = in.b[first + i], z = in.c[first + i];
        if (may_vanish<L>(x) || may_vanish<L>(y) || may_vanish<L>(z) || may_vanish<L>(x * y)) continue;
        const auto alone = operation(x, y, z);
        if (may_vanish<L>(static_cast<number>(alone))) continue;
        bool same = false;
        if constexpr (std::is_same_v<decltype(alone), const bool>) same = get(wide, i) == alone;
        else same = equal_bits(results[i], alone);
        if (!same) return differs(x, y, z);
      }
    }
  }

private:
  // Out of line: the message is the larger part of the code, and there are hundreds of instances of `agrees`.
  [[gnu::noinline]] static void differs(number x, number y, number z) {
    ADD_FAILURE() << "of " << std::hexfloat << x << ", " << y << ", " << z;
  }
};
TYPED_TEST_SUITE(vocabulary, all_lanes);

TYPED_TEST(vocabulary, sums_and_products) {
  this->agrees([](auto a, auto b, auto) { return a + b; });
  this->agrees([](auto a, auto b, auto) { return a - b; });
  this->agrees([](auto a, auto b, auto) { return a * b; });
  this->agrees([](auto a, auto b, auto) { return a / b; });
  this->agrees([](auto a, auto, auto) { return -a; });
}

TYPED_TEST(vocabulary, assigning_operators) {
  this->agrees([](auto a, auto b, auto) { return a += b; });
  this->agrees([](auto a, auto b, auto) { return a -= b; });
  this->agrees([](auto a, auto b, auto) { return a *= b; });
  this->agrees([](auto a, auto b, auto) { return a /= b; });
}

TYPED_TEST(vocabulary, multiply_add) {
  this->agrees([](auto a, auto b, auto c) { return fma(a, b, c); });
  this->agrees([](auto a, auto b, auto c) { return fnma(a, b, c); });
}

TYPED_TEST(vocabulary, comparisons) {
  this->agrees([](auto a, auto b, auto) { return a < b; });
  this->agrees([](auto a, auto b, auto) { return a <= b; });
  this->agrees([](auto a, auto b, auto) { return a > b; });
  this->agrees([](auto a, auto b, auto) { return a >= b; });
  this->agrees([](auto a, auto b, auto) { return a == b; });
  this->agrees([](auto a, auto, auto) { return finite(a); });
}

TYPED_TEST(vocabulary, choices) {
  this->agrees([](auto a, auto b, auto c) { return select(a < b, b, c); });
  this->agrees([](auto a, auto b, auto) { return min(a, b); });
  this->agrees([](auto a, auto b, auto) { return max(a, b); });
  this->agrees([](auto a, auto, auto) { return abs(a); });
}

TYPED_TEST(vocabulary, square_root) {
  this->agrees([](auto a, auto, auto) { return sqrt(a); });
}

// What the scalar operations are compared with: the C library, and for fma its definition on this instruction set.
TYPED_TEST(vocabulary, scalar_operations_are_those_of_ieee_754) {
  using T = scalar_t<TypeParam>;
  const operands<T>& in = this->inputs();
  for (std::size_t i = 0; i < in.a.size(); ++i) {
    const T a = in.a[i], b = in.b[i], c = in.c[i];
    volatile T product = a * b;
    const T sum = product + c;
    ASSERT_TRUE(same_bits(fma(a, b, c), saddle::fused<T> ? std::fma(a, b, c) : sum)) << a << ", " << b << ", " << c;
    ASSERT_TRUE(same_bits(sqrt(a), std::sqrt(a))) << a;
    ASSERT_TRUE(same_bits(abs(a), std::fabs(a))) << a;
    ASSERT_EQ(finite(a), std::isfinite(a)) << a;
  }
}

TYPED_TEST(vocabulary, numbers_go_in_and_out_at_any_alignment) {
  using T = scalar_t<TypeParam>;
  constexpr std::size_t w = width<TypeParam>;
  T from[w + 1], to[w + 2];
  for (std::size_t i = 0; i <= w; ++i) from[i] = static_cast<T>(i + 1);
  for (T& x : to) x = T(-7);
  TypeParam lane = load<TypeParam>(from + 1);
  store(to + 1, lane);
  EXPECT_EQ(to[0], T(-7));
  EXPECT_EQ(to[w + 1], T(-7));
  for (std::size_t i = 0; i < w; ++i) {
    EXPECT_EQ(to[1 + i], from[1 + i]);
    EXPECT_EQ(extract(lane, i), from[1 + i]);
    insert(lane, i, T(100) + static_cast<T>(i));
    for (std::size_t k = 0; k < w; ++k) EXPECT_EQ(extract(lane, k), k <= i ? T(100) + static_cast<T>(k) : from[1 + k]);
  }
  const TypeParam same = broadcast<TypeParam>(T(0.375));
  for (std::size_t i = 0; i < w; ++i) EXPECT_EQ(extract(same, i), T(0.375));
}

TYPED_TEST(vocabulary, masks) {
  using M = mask_t<TypeParam>;
  constexpr std::size_t w = width<TypeParam>;
  random_source random(2);
  EXPECT_TRUE(all(M(true)));
  EXPECT_FALSE(any(M(false)));
  for (int round = 0; round < 500; ++round) {
    // Both ends of the range of patterns, then single lanes, then random ones.
    const auto pattern = [&](int k) -> std::uint64_t {
      if (k < 2) return k == 0 ? 0 : ~std::uint64_t{0};
      if (k < 2 + static_cast<int>(w)) return std::uint64_t{1} << (k - 2);
      return random.bits();
    };
    const std::uint64_t x = pattern(round), y = pattern(round % 7);
    M a(false), b(true);
    bool any_a = false, all_a = true;
    for (std::size_t i = 0; i < w; ++i) {
      const bool bit = (x >> i & 1) != 0;
      set(a, i, bit);
      set(b, i, (y >> i & 1) != 0);
      any_a = any_a || bit;
      all_a = all_a && bit;
    }
    EXPECT_EQ(any(a), any_a);
    EXPECT_EQ(all(a), all_a);
    const M both = a & b, either = a | b, one = a ^ b, none = !a;
    for (std::size_t i = 0; i < w; ++i) {
      const bool p = (x >> i & 1) != 0, q = (y >> i & 1) != 0;
      EXPECT_EQ(get(a, i), p);
      EXPECT_EQ(get(both, i), p && q);
      EXPECT_EQ(get(either, i), p || q);
      EXPECT_EQ(get(one, i), p != q);
      EXPECT_EQ(get(none, i), !p);
    }
  }
}

TYPED_TEST(vocabulary, masks_of_comparisons_combine) {
  this->agrees([](auto a, auto b, auto c) {
    const auto first = a < b, second = b < c;
    return select(first & second, a, c);
  });
  this->agrees([](auto a, auto b, auto c) {
    const auto first = a < b, second = b < c;
    return select(first | second, a, c);
  });
  this->agrees([](auto a, auto b, auto c) {
    const auto first = a < b, second = b < c;
    return select(first ^ second, a, c);
  });
  this->agrees([](auto a, auto b, auto c) { return select(!(a == b), a, c); });
}

TYPED_TEST(vocabulary, select_does_not_compute_with_the_lane_it_drops) {
  using T = scalar_t<TypeParam>;
  const TypeParam infinite = broadcast<TypeParam>(std::numeric_limits<T>::infinity());
  const TypeParam one = broadcast<TypeParam>(T(1));
  const TypeParam kept = select(one == one, one, infinite);
  for (std::size_t i = 0; i < width<TypeParam>; ++i) EXPECT_EQ(extract(kept, i), T(1));
}

static_assert(saddle::lane<float> && saddle::lane<double>);
static_assert(saddle::lane<saddle::native_lane<float>> && saddle::lane<saddle::group<saddle::native_lane<double>, 2>>);
static_assert(width<saddle::group<double, 3>> == 3);
static_assert(width<saddle::group<saddle::native_lane<float>, 2>> == 2 * width<saddle::native_lane<float>>);

} // namespace
} // namespace saddle_test::test_vocabulary
