// Cholesky, LDLᵀ and LU: what they solve, what they refuse, and vectors of systems with the bits of single ones.
#include <saddle/linalg/solve.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_solve {
namespace {

using saddle::cholesky;
using saddle::ldlt;
using saddle::lu;
using saddle::mat;
using saddle::vec;

template <class T, std::size_t N> mat<T, N, N> random_positive_definite(random_source& random) {
  auto a = random.fill<mat<T, N, N>>(-1, 1);
  detail::make_positive_definite(a);
  return a;
}

template <class T> class solves : public ::testing::Test {
protected:
  /// ‖A·x − b‖ ≤ c·n²·ε·‖A‖·‖x‖ in the Frobenius norm: backward stability (Higham 2002, th. 9.4 and 10.4), for LU as long
  /// as pivots do not grow, which random matrices of this size do not do.
  template <std::size_t N> static void is_small(const mat<T, N, N>& a, const vec<T, N>& x, const vec<T, N>& b) {
    const dense da = dense::from(a);
    const real residual = norm(da * as_column(x) - as_column(b));
    EXPECT_LE(residual, 3 * static_cast<real>(N * N) * saddle::epsilon<T> * frobenius(da) * norm(as_column(x)));
  }

  template <std::size_t N> static void of_size() {
    SCOPED_TRACE(N);
    random_source random(N);
    for (int k = 0; k < 10; ++k) {
      const auto b = random.fill<vec<T, N>>(-1, 1);
      const auto p = random_positive_definite<T, N>(random);
      const cholesky<T, N> c(p);
      EXPECT_TRUE(c.solved);
      is_small(p, c.solve(b), b);
      const dense l = dense::from(c.lower);
      EXPECT_LE(frobenius(l * l.transposed() - dense::from(p)),
                static_cast<real>(N + 2) * saddle::epsilon<T> * frobenius(dense::from(p)) * 2);
      const ldlt<T, N> d(p);
      EXPECT_TRUE(d.solved);
      is_small(p, d.solve(b), b);
      const auto a = random.fill<mat<T, N, N>>(-1, 1);
      const lu<T, N> f(a);
      EXPECT_TRUE(f.solved);
      is_small(a, f.solve(b), b);
    }
  }
};
TYPED_TEST_SUITE(solves, scalars);

TYPED_TEST(solves, leave_a_residual_of_rounding_size) {
  this->template of_size<1>();
  this->template of_size<2>();
  this->template of_size<3>();
  this->template of_size<5>();
  this->template of_size<8>();
  this->template of_size<16>();
  this->template of_size<32>();
}

TYPED_TEST(solves, several_right_hand_sides_are_solved_column_by_column) {
  using T = TypeParam;
  random_source random(11);
  const auto a = random_positive_definite<T, 4>(random);
  const auto b = random.fill<mat<T, 4, 3>>(-1, 1);
  const auto agree = [&](const auto& factors) {
    const auto x = factors.solve(b);
    for (std::size_t j = 0; j < 3; ++j) {
      vec<T, 4> one;
      for (std::size_t i = 0; i < 4; ++i) one[i] = b(i, j);
      one = factors.solve(one);
      for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(same_bits(x(i, j), one[i]));
    }
  };
  agree(cholesky<T, 4>(a));
  agree(ldlt<T, 4>(a));
}

TYPED_TEST(solves, the_lower_triangle_only_is_read) {
  using T = TypeParam;
  random_source random(12);
  auto a = random_positive_definite<T, 3>(random);
  const cholesky<T, 3> expected(a);
  const ldlt<T, 3> expected_too(a);
  a(0, 1) = a(0, 2) = a(1, 2) = std::numeric_limits<T>::quiet_NaN();
  EXPECT_TRUE(same_bits(cholesky<T, 3>(a).lower, expected.lower));
  EXPECT_TRUE(same_bits(ldlt<T, 3>(a).lower, expected_too.lower));
}

TYPED_TEST(solves, what_is_not_positive_definite_is_refused) {
  using T = TypeParam;
  const T nan = std::numeric_limits<T>::quiet_NaN(), infinity = std::numeric_limits<T>::infinity();
  const auto accepts = [](T a, T b, T c) {
    const mat<T, 2, 2> m{{a, b, b, c}};
    const bool accepted = cholesky<T, 2>(m).solved;
    EXPECT_EQ((ldlt<T, 2>(m).solved), accepted);
    return accepted;
  };
  EXPECT_TRUE(accepts(2, 1, 2));
  EXPECT_FALSE(accepts(1, 2, 1)); // indefinite
  EXPECT_FALSE(accepts(1, 1, 1)); // semidefinite: the last pivot is exactly zero
  EXPECT_FALSE(accepts(-1, 0, 1));
  EXPECT_FALSE(accepts(0, 0, 1));
  EXPECT_FALSE(accepts(nan, 0, 1));
  EXPECT_FALSE(accepts(1, nan, 1));
  EXPECT_FALSE(accepts(1, 0, infinity));
}

TYPED_TEST(solves, lu_refuses_singular_matrices_and_pivots_others) {
  using T = TypeParam;
  EXPECT_FALSE((lu<T, 2>(mat<T, 2, 2>{{1, 2, 2, 4}}).solved));
  EXPECT_FALSE((lu<T, 3>(mat<T, 3, 3>{{1, 2, 3, 0, 0, 0, 4, 5, 6}}).solved));
  EXPECT_FALSE((lu<T, 2>(mat<T, 2, 2>{{1, std::numeric_limits<T>::quiet_NaN(), 0, 1}}).solved));
  EXPECT_FALSE((lu<T, 1>(mat<T, 1, 1>{{std::numeric_limits<T>::infinity()}}).solved));
  // A zero on the diagonal, and a cyclic permutation: impossible without exchanges, exact with them.
  const lu<T, 2> swapped(mat<T, 2, 2>{{0, 1, 2, 0}});
  EXPECT_TRUE(swapped.solved);
  const auto x = swapped.solve({{T(3), T(8)}});
  EXPECT_EQ(x[0], T(4));
  EXPECT_EQ(x[1], T(3));
  const lu<T, 3> cycle(mat<T, 3, 3>{{0, 0, 1, 1, 0, 0, 0, 1, 0}});
  const auto y = cycle.solve({{T(7), T(8), T(9)}});
  EXPECT_TRUE(same_bits(y, vec<T, 3>{{T(8), T(9), T(7)}}));
}

template <class L, std::size_t N> void lanes_solve_as_alone() {
  using T = scalar_t<L>;
  random_source random(13);
  const T bad[] = {T(0), std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity(), T(-1)};
  mat<T, N, N> each_p[width<L>], each_a[width<L>];
  vec<T, N> each_b[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    each_p[i] = random_positive_definite<T, N>(random);
    each_a[i] = random.fill<mat<T, N, N>>(-1, 1);
    each_b[i] = random.fill<vec<T, N>>(-1, 1);
    // Every third lane cannot be solved, each for its own reason.
    if (i % 3 == 1) each_p[i](N - 1, N - 1) = bad[i % 4];
    if (i % 3 == 2)
      for (std::size_t j = 0; j < N; ++j) each_a[i](j, 0) = bad[i % 3];
  }
  const cholesky<L, N> c(join<mat<L, N, N>>(each_p));
  const ldlt<L, N> d(join<mat<L, N, N>>(each_p));
  const lu<L, N> f(join<mat<L, N, N>>(each_a));
  const auto b = join<vec<L, N>>(each_b);
  const auto x = c.solve(b), y = f.solve(b), w = d.solve(b);
  for (std::size_t i = 0; i < width<L>; ++i) {
    const cholesky<T, N> own_c(each_p[i]);
    const ldlt<T, N> own_d(each_p[i]);
    const lu<T, N> own_f(each_a[i]);
    EXPECT_EQ(get(c.solved, i), own_c.solved);
    EXPECT_EQ(get(d.solved, i), own_d.solved);
    EXPECT_EQ(get(f.solved, i), own_f.solved);
    EXPECT_TRUE(same_bits((saddle::extract_as<vec<T, N>>(x, i)), own_c.solve(each_b[i])));
    EXPECT_TRUE(same_bits((saddle::extract_as<vec<T, N>>(w, i)), own_d.solve(each_b[i])));
    EXPECT_TRUE(same_bits((saddle::extract_as<vec<T, N>>(y, i)), own_f.solve(each_b[i])));
  }
}

TYPED_TEST(solves, every_lane_has_its_own_pivots) {
  lanes_solve_as_alone<saddle::native_lane<TypeParam>, 1>();
  lanes_solve_as_alone<saddle::native_lane<TypeParam>, 2>();
  lanes_solve_as_alone<saddle::native_lane<TypeParam>, 5>();
  lanes_solve_as_alone<saddle::group<TypeParam, 3>, 3>();
}

constexpr cholesky<double, 2> constant_factor(mat<double, 2, 2>{{4, 2, 2, 5}});
static_assert(constant_factor.solved && constant_factor.lower(1, 0) == 1 && constant_factor.lower(1, 1) == 2);
constexpr ldlt<double, 2> constant_ldlt(mat<double, 2, 2>{{4, 2, 2, 5}});
static_assert(constant_ldlt.solved && constant_ldlt.lower(1, 0) == 0.5 && constant_ldlt.inverse_diagonal[1] == 0.25);
constexpr auto constant_solution = lu<double, 2>(mat<double, 2, 2>{{0, 2, 4, 0}}).solve({{6, 8}});
static_assert(constant_solution[0] == 2 && constant_solution[1] == 3);

} // namespace
} // namespace saddle_test::test_solve
