// Vectors and matrices: no padding, and products within the rounding error of their sums.
#include <type_traits>

#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_products {
namespace {

using saddle::mat;
using saddle::point;
using saddle::vec;

static_assert(sizeof(vec<float, 3>) == 3 * sizeof(float));
static_assert(sizeof(mat<double, 3, 5>) == 15 * sizeof(double));
static_assert(sizeof(point<float, 3, 2>) == 5 * sizeof(float));
static_assert(sizeof(point<double, 32, 1>) == 33 * sizeof(double));
static_assert(sizeof(vec<saddle::native_lane<double>, 3>) == 3 * sizeof(saddle::native_lane<double>));
static_assert(std::is_aggregate_v<vec<float, 3>> && std::is_trivially_copyable_v<mat<float, 2, 2>>);
static_assert(std::is_standard_layout_v<point<double, 2, 3>>);
static_assert(saddle::joint_point<point<double, 2, 3>> && saddle::joint_point<point<saddle::native_lane<float>, 1, 1>>);

// In constant expressions.
constexpr mat<double, 2, 3> a23{{1, 2, 3, 4, 5, 6}};
constexpr vec<double, 3> x3{{1, -1, 2}};
static_assert((a23 * x3)[0] == 5 && (a23 * x3)[1] == 11);
static_assert(transpose(a23)(2, 0) == 3);
static_assert((a23 * transpose(a23))(0, 1) == 32);
static_assert(transposed_product(a23, vec<double, 2>{{1, 1}})[2] == 9);
static_assert(saddle::identity<float, 3>()(1, 1) == 1 && saddle::identity<float, 3>()(1, 2) == 0);
static_assert(saddle::norm(point<double, 1, 1>{{{3}}, {{4}}}) == 5);
static_assert(saddle::max_norm(point<double, 2, 1>{{{1, -7}}, {{4}}}) == 7);
static_assert(saddle::lane_count<point<float, 3, 2>>() == 5);

template <class T> class products : public ::testing::Test {
protected:
  /// |got − exact| ≤ n·ε·Σ|terms|, the bound of a sum of n products in any order; one ε more for the product itself.
  static void near(T got, real exact, real size, std::size_t n) {
    EXPECT_LE(std::fabs(static_cast<real>(got) - exact), static_cast<real>(n + 1) * saddle::epsilon<T> * size);
  }

  template <std::size_t R, std::size_t K, std::size_t C> static void of_size() {
    SCOPED_TRACE(testing::Message() << R << " x " << K << " x " << C);
    random_source random(R * 100 + K * 10 + C);
    const auto a = random.fill<mat<T, R, K>>(-1, 1);
    const auto b = random.fill<mat<T, K, C>>(-1, 1);
    const auto x = random.fill<vec<T, K>>(-1, 1);
    const auto y = random.fill<vec<T, R>>(-1, 1);
    const dense da = dense::from(a), db = dense::from(b);
    dense size_a = da, size_b = db;
    for (std::size_t i = 0; i < R; ++i)
      for (std::size_t k = 0; k < K; ++k) size_a(i, k) = std::fabs(da(i, k));
    for (std::size_t k = 0; k < K; ++k)
      for (std::size_t j = 0; j < C; ++j) size_b(k, j) = std::fabs(db(k, j));
    const auto absolute = [](column v) {
      for (real& each : v) each = std::fabs(each);
      return v;
    };

    const auto ab = a * b;
    const dense exact = da * db, size = size_a * size_b;
    for (std::size_t i = 0; i < R; ++i)
      for (std::size_t j = 0; j < C; ++j) near(ab(i, j), exact(i, j), size(i, j), K);

    const column cx = as_column(x), cy = as_column(y);
    const column ax = da * cx, ax_size = size_a * absolute(cx);
    const auto product = a * x, sum = fma(a, x, y), difference = fnma(a, x, y);
    for (std::size_t i = 0; i < R; ++i) {
      near(product[i], ax[i], ax_size[i], K);
      near(sum[i], cy[i] + ax[i], ax_size[i] + std::fabs(cy[i]), K + 1);
      near(difference[i], cy[i] - ax[i], ax_size[i] + std::fabs(cy[i]), K + 1);
    }
    const column aty = da.transposed() * cy, aty_size = size_a.transposed() * absolute(cy);
    const auto backward = transposed_product(a, y);
    for (std::size_t j = 0; j < K; ++j) near(backward[j], aty[j], aty_size[j], R);
    EXPECT_TRUE(same_bits(transpose(transpose(a)), a));
    EXPECT_TRUE(same_bits(saddle::identity<T, R>() * a, a));
  }
};
TYPED_TEST_SUITE(products, scalars);

TYPED_TEST(products, are_exact_to_the_rounding_of_their_sums) {
  this->template of_size<1, 1, 1>();
  this->template of_size<2, 3, 1>();
  this->template of_size<3, 2, 4>();
  this->template of_size<8, 8, 8>();
  this->template of_size<1, 32, 1>();
  this->template of_size<32, 1, 2>();
  this->template of_size<32, 32, 3>();
}

TYPED_TEST(products, point_vocabulary) {
  using T = TypeParam;
  using Z = point<T, 2, 3>;
  random_source random(9);
  const Z a = random_point<Z>(random), b = random_point<Z>(random);
  const typename Z::step s(T(0.5), T(0.25)), common = T(0.125);
  for (std::size_t i = 0; i < 5; ++i) {
    const T own = i < 2 ? T(0.5) : T(0.25);
    EXPECT_EQ((a + b)[i], a[i] + b[i]);
    EXPECT_EQ((a - b)[i], a[i] - b[i]);
    EXPECT_EQ((-a)[i], -a[i]);
    EXPECT_EQ((s * a)[i], own * a[i]);
    EXPECT_EQ((common * a)[i], T(0.125) * a[i]);
    EXPECT_EQ((T(3) * a)[i], T(3) * a[i]);
    EXPECT_EQ(fma(s, a, b)[i], fma(own, a[i], b[i]));
    EXPECT_EQ(fnma(s, a, b)[i], fnma(own, a[i], b[i]));
  }
  EXPECT_EQ((T(2) * s)[1], T(0.5));
  EXPECT_EQ((s * s)[0], T(0.25));
  real exact = 0, size = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    exact += static_cast<real>(a[i]) * b[i];
    size += std::fabs(static_cast<real>(a[i]) * b[i]);
  }
  this->near(dot(a, b), exact, size, 5);
  EXPECT_EQ(&a.template block<0>(), &a.theta);
  EXPECT_EQ(&a.template block<1>(), &a.omega);
}

// Vectors: what walk, spread, extract_as and insert_as move is where the index says.
TYPED_TEST(products, values_move_between_lanes_and_scalars) {
  using T = TypeParam;
  using L = saddle::group<saddle::native_lane<T>, 2>;
  using Z = point<T, 2, 1>;
  random_source random(10);
  point<L, 2, 1> wide = saddle::spread<point<L, 2, 1>>(Z{{{T(1), T(2)}}, {{T(3)}}});
  Z each[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(wide, i), Z{{{T(1), T(2)}}, {{T(3)}}}));
    each[i] = random_point<Z>(random);
    saddle::insert_as(wide, i, each[i]);
  }
  for (std::size_t i = 0; i < width<L>; ++i) EXPECT_TRUE(same_bits(saddle::extract_as<Z>(wide, i), each[i]));
  const auto positive = wide.theta[0] > broadcast<L>(0);
  const auto chosen = saddle::select(positive, wide, saddle::spread<point<L, 2, 1>>(Z{}));
  for (std::size_t i = 0; i < width<L>; ++i)
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(chosen, i), each[i].theta[0] > T(0) ? each[i] : Z{}));
}

} // namespace
} // namespace saddle_test::test_products
