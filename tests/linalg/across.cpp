// Vectors and matrices across registers: exact to the rounding of their sums, and of the same bits for every width.
#include <cmath>

#include <saddle/linalg/wide.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_across {
namespace {

using saddle::across;
using saddle::laid_across;
using saddle::mat;
using saddle::narrow;
using saddle::point;
using saddle::vec;

static_assert(saddle::lane<saddle::wide<double>> && saddle::lane<across<float>>);
static_assert(saddle::joint_point<point<saddle::wide<float>, 7, 3>>);
static_assert(width<saddle::wide<double>> == 1, "one game, whatever the register");

/// Every vector that may carry a game here, the plain number among them.
template <class T, class F> void each_carrier(F f) {
  f.template operator()<T>();
  f.template operator()<saddle::native_lane<T>>();
#if defined(__AVX512F__) && defined(__FMA__)
  f.template operator()<saddle::batch<T, xsimd::fma3<xsimd::avx2>>>();
#endif
#if defined(__AVX__)
  f.template operator()<saddle::batch<T, xsimd::sse4_2>>();
#endif
}

template <class T> class across_registers : public ::testing::Test {
protected:
  /// Sizes below, at and between powers of two and cache lines; small, large, and one of each; of one block and of
  /// several. Where a build asks for less, those that fill vectors of four and those that do not.
  template <class F> static void each_size(F f) {
    f.template operator()<3, 4>();
    f.template operator()<5, 13>();
    if constexpr (this_tier >= tier::host) {
      f.template operator()<1, 1>();
      f.template operator()<8, 8>();
    }
    if constexpr (this_tier >= tier::full) {
      f.template operator()<3, 17>();
      f.template operator()<12, 17>();
    }
  }
};
TYPED_TEST_SUITE(across_registers, scalars);

template <class T, std::size_t N> column absolute(const vec<T, N>& v) {
  column r = as_column(v);
  for (real& x : r) x = std::fabs(x);
  return r;
}

TYPED_TEST(across_registers, products_are_exact_to_the_rounding_of_their_sums) {
  using T = TypeParam;
  this->each_size([]<std::size_t R, std::size_t C>() {
    random_source random(R * 100 + C);
    const auto m = random.fill<mat<T, R, C>>(-1, 1);
    const auto x = random.fill<vec<T, C>>(-1, 1);
    const auto y = random.fill<vec<T, R>>(-1, 1);
    dense size = dense::from(m);
    for (std::size_t i = 0; i < R; ++i)
      for (std::size_t j = 0; j < C; ++j) size(i, j) = std::fabs(size(i, j));
    each_carrier<T>([&]<class V>() {
      SCOPED_TRACE(testing::Message() << R << " x " << C << ", " << width<V> << " numbers a register");
      using W = across<V>;
      const mat<W, R, C> wide(m);
      const vec<W, C> wide_x(x);
      const vec<W, R> wide_y(y);
      const auto near = [](const auto& got, const column& exact, const column& terms, std::size_t count) {
        for (std::size_t i = 0; i < exact.size(); ++i)
          EXPECT_LE(std::fabs(static_cast<real>(got[i]) - exact[i]),
                    static_cast<real>(count + 1) * saddle::epsilon<T> * terms[i])
              << "element " << i;
      };
      const column mx = dense::from(m) * as_column(x), mx_terms = size * absolute(x);
      const column my = dense::from(m).transposed() * as_column(y), my_terms = size.transposed() * absolute(y);
      near((wide * wide_x).plain(), mx, mx_terms, C);
      near(transposed_product(wide, wide_y).plain(), my, my_terms, R);
      near(fma(wide, wide_x, wide_y).plain(), mx + as_column(y), mx_terms + absolute(y), C + 1);
      const point<W, R, C> z{wide_y, wide_x};
      const auto both = coupled(wide, z, z);
      near(both.theta.plain(), mx + as_column(y), mx_terms + absolute(y), C + 1);
      near(both.omega.plain(), as_column(x) - my, my_terms + absolute(x), R + 1);
      real exact = 0, terms = 0;
      for (std::size_t i = 0; i < R; ++i) {
        exact += static_cast<real>(y[i]) * y[i];
        terms += std::fabs(static_cast<real>(y[i]) * y[i]);
      }
      EXPECT_LE(std::fabs(static_cast<real>(dot(wide_y, wide_y).value) - exact),
                static_cast<real>(R + 1) * saddle::epsilon<T> * terms);
    });
  });
}

TYPED_TEST(across_registers, bits_do_not_depend_on_the_width) {
  using T = TypeParam;
  this->each_size([]<std::size_t R, std::size_t C>() {
    random_source random(R * 100 + C + 1);
    const auto m = random.fill<mat<T, R, C>>(-1, 1);
    const auto z = random_point<point<T, R, C>>(random);
    const auto field_on = [&]<class V>() {
      const mat<across<V>, R, C> wide(m);
      const auto at = laid_across<V>(z);
      return narrow(coupled(wide, at, at));
    };
    const auto product_on = [&]<class V>() {
      const mat<across<V>, R, C> wide(m);
      const auto at = laid_across<V>(z);
      return narrow(point<across<V>, R, C>{wide * at.omega, transposed_product(wide, at.theta)});
    };
    each_carrier<T>([&]<class V>() {
      SCOPED_TRACE(testing::Message() << R << " x " << C << ", " << width<V> << " numbers a register");
      EXPECT_TRUE(same_bits(field_on.template operator()<V>(), field_on.template operator()<T>()));
      EXPECT_TRUE(same_bits(product_on.template operator()<V>(), product_on.template operator()<T>()));
      const auto at = laid_across<V>(z);
      EXPECT_TRUE(equal_bits(dot(at, at).value, dot(laid_across<T>(z), laid_across<T>(z)).value));
    });
  });
}

TYPED_TEST(across_registers, point_vocabulary_is_that_of_plain_numbers) {
  using T = TypeParam;
  this->each_size([]<std::size_t P, std::size_t Q>() {
    using Z = point<T, P, Q>;
    random_source random(P + Q);
    const Z a = random_point<Z>(random), b = random_point<Z>(random);
    const typename Z::step s(T(0.5), T(0.3));
    each_carrier<T>([&]<class V>() {
      const auto wa = laid_across<V>(a), wb = laid_across<V>(b);
      const auto ws = typename decltype(wa)::step(T(0.5), T(0.3));
      EXPECT_TRUE(same_bits(narrow(wa), a));
      EXPECT_TRUE(same_bits(narrow(wa + wb), a + b));
      EXPECT_TRUE(same_bits(narrow(wa - wb), a - b));
      EXPECT_TRUE(same_bits(narrow(-wa), -a));
      EXPECT_TRUE(same_bits(narrow(ws * wa), s * a));
      EXPECT_TRUE(same_bits(narrow(fma(ws, wa, wb)), fma(s, a, b)));
      EXPECT_TRUE(same_bits(narrow(fnma(ws, wa, wb)), fnma(s, a, b)));
      EXPECT_TRUE(same_bits(narrow(saddle::select(true, wa, wb)), a));
      EXPECT_TRUE(same_bits(narrow(saddle::select(false, wa, wb)), b));
      for (const T x : special_values<T>) {
        Z spoilt = a;
        spoilt[P + Q - 1] = x;
        EXPECT_EQ(finite(laid_across<V>(spoilt).omega), finite(x)) << x;
      }
    });
  });
}

// In constant expressions, with the bits of the machine.
constexpr mat<double, 3, 5> m35{{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6}};
constexpr point<double, 3, 5> z35{{{0.3, -0.7, 0.9}}, {{1.1, -1.3, 1.7, 0.1, -0.2}}};
template <class V> constexpr auto coupled_on() {
  const mat<across<V>, 3, 5> m(m35);
  const auto z = laid_across<V>(z35);
  return narrow(coupled(m, z, z));
}

TEST(across_constant, has_the_bits_of_run_time) {
  constexpr auto compiled = coupled_on<double>();
  EXPECT_TRUE(same_bits(compiled, coupled_on<saddle::native_lane<double>>()));
}

// Movements between the lanes of every vector.
template <class L> class movements : public ::testing::Test {};
TYPED_TEST_SUITE(movements, scalars);

TYPED_TEST(movements, go_where_they_say) {
  using T = TypeParam;
  each_carrier<T>([]<class V>() {
    constexpr std::size_t w = width<V>;
    T a[w];
    for (std::size_t i = 0; i < w; ++i) a[i] = T(i + 1);
    saddle::detail::times<w>([&]<std::size_t K>() {
      T got[w];
      store(got, saddle::exchange<K>(load<V>(a)));
      for (std::size_t i = 0; i < w; ++i) EXPECT_EQ(got[i], a[i ^ K]);
    });
  });
}

} // namespace
} // namespace saddle_test::test_across
