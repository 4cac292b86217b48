#include <saddle/spectral/power_iteration.hpp>

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

template <class T> class power_iteration : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(power_iteration, scalars);

/// An eigenvalue that stands out by a factor of 2, real or a complex pair, in a normal and in a skewed basis.
TYPED_TEST(power_iteration, finds_real_values_and_complex_pairs) {
  using T = TypeParam;
  estimates::each_size([&](auto size) {
    constexpr std::size_t N = size;
    constexpr auto n = static_cast<Eigen::Index>(N);
    if constexpr (N >= 2) {
      for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937_64 random(seed);
        const bool pair = seed % 2 == 0;
        wide d = wide::Identity(n, n) * 0.9L;
        for (Eigen::Index i = 0; i < n; ++i) d(i, i) /= static_cast<long double>(1 + i);
        d(0, 0) = -2;
        if (pair) {
          d(0, 0) = d(1, 1) = -1.2L;
          d(0, 1) = 1.6L;
          d(1, 0) = -1.6L;
        }
        const wide basis = families::orthonormal(n, n, random) + (seed % 4 < 2 ? 0.0L : 0.3L) * families::orthonormal(n, n, random);
        const auto a = families::rounded<T, N, N>(basis * d * families::inverse(basis));
        const auto r = saddle::power_iteration(a);
        EXPECT_EQ(r.status, status::converged) << "N=" << N << " seed " << seed << " residual " << r.residual;
        const auto sigma = families::singular_values(basis);
        const long double condition = sigma.front() / sigma.back();
        const long double unit = 8 * static_cast<long double>(N) * saddle::epsilon<T> * families::widened(a).norm() * condition;
        EXPECT_NEAR(static_cast<double>(r.re), pair ? -1.2 : -2, static_cast<double>(unit)) << "N=" << N << " seed " << seed;
        EXPECT_NEAR(static_cast<double>(r.im), pair ? 1.6 : 0, static_cast<double>(unit)) << "N=" << N << " seed " << seed;
        EXPECT_GE(r.im, T(0));
      }
    }
  });
}

/// Whatever it returns: A − E has that eigenvalue for some ‖E‖₂ ≤ residual, so σ_min(A − λI) ≤ residual.
TYPED_TEST(power_iteration, the_residual_bounds_the_backward_error) {
  using T = TypeParam;
  estimates::each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (const auto& family : families::general(N, 4))
      for (const int steps : {0, 1, 7, 200}) {
        const auto a = families::rounded<T, N, N>(family.matrix);
        const auto r = saddle::power_iteration(a, steps);
        const long double smallest = families::smallest_singular_value(families::widened(a), {r.re, r.im});
        EXPECT_LE(smallest, r.residual + std::numeric_limits<T>::denorm_min()) << family.name << " N=" << N << " steps " << steps;
      }
  });
}

TYPED_TEST(power_iteration, plus_and_minus_the_same_modulus) {
  using T = TypeParam;
  const auto r = saddle::power_iteration(mat<T, 3, 3>{{0, 2, 0, 2, 0, 0, 0, 0, T(0.5)}}); // 2, −2, ½
  EXPECT_EQ(r.status, status::converged);
  EXPECT_NEAR(std::fabs(r.re), T(2), 32 * saddle::epsilon<T>);
  EXPECT_EQ(r.im, T(0));
}

TYPED_TEST(power_iteration, three_of_one_modulus_are_not_claimed) {
  using T = TypeParam;
  const auto r = saddle::power_iteration(mat<T, 3, 3>{{0, 0, 1, 1, 0, 0, 0, 1, 0}}); // the cube roots of 1
  EXPECT_EQ(r.status, status::not_converged);
}

TYPED_TEST(power_iteration, what_is_not_finite_is_said) {
  using T = TypeParam;
  for (const T poison : {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity()}) {
    mat<T, 3, 3> small = saddle::identity<T, 3>();
    mat<T, 6, 6> large = saddle::identity<T, 6>();
    small(0, 2) = poison;
    large(5, 1) = poison;
    EXPECT_EQ(saddle::power_iteration(small).status[0], status::non_finite);
    EXPECT_EQ(saddle::power_iteration(large).status[0], status::non_finite);
  }
}

template <class L, std::size_t N> void lanes_are_scalars() {
  using T = saddle::scalar_t<L>;
  std::vector<mat<T, N, N>> inputs;
  for (const auto& family : families::general(N, 21)) inputs.push_back(families::rounded<T, N, N>(family.matrix));
  lanes::equal_the_scalar<L, N, N>(
      inputs, [](const auto& a) { return saddle::power_iteration(a); }, [](const auto& r) { return std::vector{r.re, r.im, r.residual}; });
}

TYPED_TEST(power_iteration, lanes_have_the_bits_of_the_scalar) {
  lanes_are_scalars<saddle::native_lane<TypeParam>, 3>();
  lanes_are_scalars<saddle::native_lane<TypeParam>, 6>();
  lanes_are_scalars<saddle::group<saddle::native_lane<TypeParam>, 2>, 2>();
}

static_assert(saddle::power_iteration(mat<double, 2, 2>{{1, -2, 2, 1}}, 4).status == status::converged);

} // namespace
