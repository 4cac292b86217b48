#include <saddle/spectral/is_schur_stable.hpp>

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

template <class T> class is_schur_stable : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(is_schur_stable, scalars);

using saddle::verdict;

/// yes and no are proofs, so they are never wrong; and they are not withheld far from the boundary.
TYPED_TEST(is_schur_stable, verdicts_are_right_and_not_withheld) {
  using T = TypeParam;
  int yes = 0, no = 0, undecided = 0, clear = 0, withheld = 0;
  estimates::each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (unsigned seed = 0; seed < 20; ++seed)
      for (const auto& family : families::general(N, 100 * seed)) {
        const auto a = families::rounded<T, N, N>(family.matrix);
        const auto s = saddle::is_schur_stable(a);
        ASSERT_EQ(s.status, status::ok);
        const wide exact = families::widened(a);
        const long double distance = 1 - estimates::radius(families::eigenvalues(exact));
        const std::string where = family.name + " N=" + std::to_string(N) + " seed " + std::to_string(seed);
        if (s.verdict[0] == verdict::yes) {
          EXPECT_GT(distance, 0) << where;
          EXPECT_GT(s.margin, s.error_bound) << where;
        }
        if (s.verdict[0] == verdict::no) {
          EXPECT_LT(distance, 1e-12L) << where; // the reference of a defective matrix is off
          EXPECT_LT(s.margin, -s.error_bound) << where;
        }
        const bool plain = family.name == "normal" || family.name == "uniform" || family.name == "contraction" ||
                           family.name == "left of the axis";
        if (plain && std::fabs(distance) > 0.02L * exact.norm()) {
          ++clear;
          withheld += s.verdict[0] == verdict::undecided;
        }
        ++(s.verdict[0] == verdict::yes ? yes : s.verdict[0] == verdict::no ? no : undecided);
      }
  });
  std::printf("%d yes, %d no, %d undecided; of %d clear random cases %d undecided\n", yes, no, undecided, clear, withheld);
  // A fiftieth of the norm away from the boundary; float has few digits to prove that with.
  EXPECT_LE(withheld, clear / (std::is_same_v<T, float> ? 50 : 500));
  EXPECT_GT(yes, 100);
  EXPECT_GT(no, 100);
}

/// Matrices whose eigenvalues are known: an orthogonal similarity of blocks, moved through the boundary.
TYPED_TEST(is_schur_stable, decides_near_the_boundary) {
  using T = TypeParam;
  estimates::each_size([&](auto size) {
    constexpr std::size_t N = size;
    constexpr auto n = static_cast<Eigen::Index>(N);
    std::mt19937_64 random(5);
    const wide q = families::orthonormal(n, n, random);
    for (const long double distance : {1e-1L, 1e-2L, -1e-2L, -1e-1L}) {
      const long double edge = 1 - distance;
      wide d = wide::Identity(n, n) * (0.3L);
      d(0, 0) = edge;
      if constexpr (N > 1) { // a complex pair on the edge
        const long double angle = 0.7L;
        d(0, 0) = d(1, 1) = edge * std::cos(angle);
        d(0, 1) = edge * std::sin(angle);
        d(1, 0) = -d(0, 1);
      }
      const auto s = saddle::is_schur_stable(families::rounded<T, N, N>(q * d * q.transpose()));
      EXPECT_EQ(s.verdict[0], distance > 0 ? verdict::yes : verdict::no)
          << "N=" << N << " distance " << static_cast<double>(distance) << " margin " << s.margin << " ± " << s.error_bound;
    }
  });
}

TYPED_TEST(is_schur_stable, the_boundary_itself_is_undecided) {
  using T = TypeParam;
  const T zero = 0, one = 1;
  // Eigenvalues ±i on the unit circle, dyadic, so that the matrix is exact.
  mat<T, 6, 6> large = saddle::zero_matrix<T, 6, 6>();
  for (std::size_t i = 0; i < 6; i += 2) {
    large(i, i + 1) = -one;
    large(i + 1, i) = one;
  }
  EXPECT_EQ(saddle::is_schur_stable(large).verdict[0], verdict::undecided);
  const mat<T, 2, 2> small{{zero, -one, one, zero}};
  EXPECT_EQ(saddle::is_schur_stable(small).verdict[0], verdict::undecided);
}

TYPED_TEST(is_schur_stable, what_is_not_finite_is_said) {
  using T = TypeParam;
  for (const T poison : {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity()}) {
    mat<T, 3, 3> small = saddle::identity<T, 3>();
    mat<T, 6, 6> large = saddle::identity<T, 6>();
    small(0, 2) = poison;
    large(5, 1) = poison;
    EXPECT_EQ(saddle::is_schur_stable(small).status[0], status::non_finite);
    EXPECT_EQ(saddle::is_schur_stable(large).status[0], status::non_finite);
  }
}

template <class L, std::size_t N> void lanes_are_scalars() {
  using T = saddle::scalar_t<L>;
  std::vector<mat<T, N, N>> inputs;
  for (const auto& family : families::general(N, 21)) inputs.push_back(families::rounded<T, N, N>(family.matrix));
  lanes::equal_the_scalar<L, N, N>(
      inputs, [](const auto& a) { return saddle::is_schur_stable(a); }, [](const auto& r) { return std::vector{r.margin, r.error_bound}; });
}

TYPED_TEST(is_schur_stable, lanes_have_the_bits_of_the_scalar) {
  lanes_are_scalars<saddle::native_lane<TypeParam>, 3>();
  lanes_are_scalars<saddle::native_lane<TypeParam>, 6>();
  lanes_are_scalars<saddle::group<saddle::native_lane<TypeParam>, 2>, 2>();
}

static_assert(saddle::is_schur_stable(mat<double, 2, 2>{{0.5, -0.5, 0.5, 0.5}}).verdict[0] == verdict::yes);
static_assert(saddle::is_schur_stable(mat<double, 3, 3>{{0, 1, 0, 0, 0, 1, 2, 0, 0}}).verdict[0] == verdict::no);

} // namespace
