#include <saddle/spectral/spectral_radius.hpp>

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

template <class T> class spectral_radius : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(spectral_radius, scalars);

/// The error bound has to hold for every matrix, defective ones included. The reference of a defective matrix is itself off
/// by (eps of long double)^(1/N), so those families only have exact answers: see below.
TYPED_TEST(spectral_radius, the_bound_holds) {
  using T = TypeParam;
  std::vector<double> widths;
  estimates::each_size([&](auto size) {
    constexpr std::size_t N = size;
    for (unsigned seed = 0; seed < 20; ++seed)
      for (const auto& family : families::general(N, 100 * seed)) {
        if (family.name == "Jordan block" || family.name == "nilpotent" || family.name == "bidiagonal") continue;
        const auto a = families::rounded<T, N, N>(family.matrix);
        const auto r = saddle::spectral_radius(a);
        ASSERT_EQ(r.status, status::ok) << family.name;
        const wide exact = families::widened(a);
        const long double norm = exact.cwiseAbs().rowwise().sum().maxCoeff();
        const long double expected = estimates::radius(families::eigenvalues(exact));
        // The reference: 2^-64 against 2^-52 leaves room for an eigenvalue condition of 100.
        const long double reference = 100 * static_cast<long double>(N) * saddle::epsilon<long double> * norm;
        EXPECT_LE(std::fabs(r.value - expected), r.error_bound + reference) << family.name << " N=" << N << " seed " << seed;
        if (norm > 0 && (family.name == "normal" || family.name == "uniform"))
          widths.push_back(static_cast<double>(r.error_bound / norm));
      }
  });
  std::sort(widths.begin(), widths.end());
  const double median = widths[widths.size() / 2];
  std::printf("error bound of random matrices over their norm: median %.1e, 90%% %.1e, worst %.1e\n", median,
              widths[widths.size() * 9 / 10], widths.back());
  // A bound that says nothing would hold as well.
  EXPECT_LE(median, (std::is_same_v<T, float> ? 2e-2 : 2e-3));
}

TYPED_TEST(spectral_radius, normal_matrices_are_tight) {
  using T = TypeParam;
  const T s = T(0.5);
  const mat<T, 2, 2> rotation{{s, -2, 2, s}}; // 0.5 ± 2i
  const auto r = saddle::spectral_radius(rotation);
  const T expected = std::sqrt(T(4.25));
  // What Gelfand's formula leaves after 2^squarings products: ln 2 over it, relative (to 4‖A‖_∞ for the abscissa).
  const T truncation = T(10) * T(0.7) / std::ldexp(T(1), saddle::detail::squarings<T>);
  EXPECT_NEAR(r.value, expected, truncation + 128 * saddle::epsilon<T>);
  EXPECT_LE(r.error_bound, (std::is_same_v<T, float> ? T(2e-3) : T(2e-8)));
  EXPECT_LE(std::fabs(r.value - expected), r.error_bound + saddle::epsilon<T>);
}

TYPED_TEST(spectral_radius, defective_matrices_have_a_bound_that_holds) {
  using T = TypeParam;
  for (const auto& family : families::general(6, 1)) {
    const bool jordan = family.name == "Jordan block", nilpotent = family.name == "nilpotent", one = family.name == "bidiagonal";
    if (!jordan && !nilpotent && !one) continue;
    const auto r = saddle::spectral_radius(families::rounded<T, 6, 6>(family.matrix));
    const T expected = jordan ? T(0.5) : nilpotent ? T(0) : T(1);
    EXPECT_LE(std::fabs(r.value - expected), r.error_bound) << family.name;
  }
}

/// Powers of a large Jordan block grow so fast that the error bound of the squarings overflows: found by is_schur_stable.
TYPED_TEST(spectral_radius, a_bound_that_overflows_is_left_out) {
  using T = TypeParam;
  mat<T, 12, 12> a = saddle::identity<T, 12>();
  for (std::size_t i = 0; i + 1 < 12; ++i) a(i, i + 1) = 1;
  const auto r = saddle::spectral_radius(a);
  EXPECT_LE(std::fabs(r.value - 1), r.error_bound);
  EXPECT_LE(r.error_bound, T(1));
}

TYPED_TEST(spectral_radius, powers_of_two_commute_exactly) {
  using T = TypeParam;
  for (const auto& family : families::general(5, 3)) {
    const auto a = families::rounded<T, 5, 5>(family.matrix);
    const auto plain = saddle::spectral_radius(a);
    for (const int k : {-40, 3, std::numeric_limits<T>::max_exponent - 13}) {
      auto b = a;
      for (T& x : b.v) x = std::ldexp(x, k);
      EXPECT_EQ(saddle::spectral_radius(b).value, std::ldexp(plain.value, k)) << family.name;
    }
  }
}

TYPED_TEST(spectral_radius, zero_and_one_number_are_exact) {
  using T = TypeParam;
  EXPECT_EQ(saddle::spectral_radius(saddle::zero_matrix<T, 4, 4>()).value, T(0));
  EXPECT_EQ(saddle::spectral_radius(mat<T, 1, 1>{{-3}}).value, T(3));
  EXPECT_EQ(saddle::spectral_radius(mat<T, 1, 1>{{-3}}).error_bound, T(0));
}

TYPED_TEST(spectral_radius, what_is_not_finite_is_said) {
  using T = TypeParam;
  for (const T poison : {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity()}) {
    mat<T, 3, 3> small = saddle::identity<T, 3>();
    mat<T, 6, 6> large = saddle::identity<T, 6>();
    small(0, 2) = poison;
    large(5, 1) = poison;
    EXPECT_EQ(saddle::spectral_radius(small).status[0], status::non_finite);
    EXPECT_EQ(saddle::spectral_radius(large).status[0], status::non_finite);
  }
}

template <class L, std::size_t N> void lanes_are_scalars() {
  using T = saddle::scalar_t<L>;
  std::vector<mat<T, N, N>> inputs;
  for (const auto& family : families::general(N, 21)) inputs.push_back(families::rounded<T, N, N>(family.matrix));
  lanes::equal_the_scalar<L, N, N>(
      inputs, [](const auto& a) { return saddle::spectral_radius(a); }, [](const auto& r) { return std::vector{r.value, r.error_bound}; });
}

TYPED_TEST(spectral_radius, lanes_have_the_bits_of_the_scalar) {
  lanes_are_scalars<saddle::native_lane<TypeParam>, 3>();
  lanes_are_scalars<saddle::native_lane<TypeParam>, 6>();
  lanes_are_scalars<saddle::group<saddle::native_lane<TypeParam>, 2>, 2>();
}

constexpr auto at_compile_time = saddle::spectral_radius(mat<double, 2, 2>{{0, -2, 2, 0}});
static_assert(at_compile_time.status == status::ok);
static_assert(at_compile_time.error_bound < 1e-7);

TEST(spectral_radius_double, constant_expressions_have_the_bits_of_run_time) {
  volatile double two = 2;
  const auto r = saddle::spectral_radius(mat<double, 2, 2>{{0, -2, two, 0}});
  EXPECT_EQ(r.value, at_compile_time.value);
  EXPECT_EQ(r.error_bound, at_compile_time.error_bound);
}

} // namespace
