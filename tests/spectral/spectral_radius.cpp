#include <saddle/spectral/spectral_radius.hpp>

#include "spectral/bounds.hpp"

namespace test_spectral_radius {
namespace {

using saddle::mat;
using saddle::status;

SADDLE_SUITE_OF_FORMATS(spectral_radius);

TEST_P(spectral_radius, the_bound_holds) {
  spectral::the_bound_holds("spectral_radius", spectral::radius, *GetParam());
}

template <class T> class spectral_radius_of : public testing::Test {};
TYPED_TEST_SUITE(spectral_radius_of, spectral::numbers);

TYPED_TEST(spectral_radius_of, normal_matrices_are_tight) {
  using T = TypeParam;
  const T s = T(0.5);
  const auto r = saddle::spectral_radius(mat<T, 2, 2>{{s, -2, 2, s}}); // ½ ± 2i
  spectral::is_tight<T>(r, std::sqrt(T(4.25)), saddle::detail::squarings<T>);
}

/// Powers of a large Jordan block grow so fast that the error bound of the squarings overflows: found by is_schur_stable.
TYPED_TEST(spectral_radius_of, a_bound_that_overflows_is_left_out) {
  using T = TypeParam;
  mat<T, 12, 12> a = saddle::identity<T, 12>();
  for (std::size_t i = 0; i + 1 < 12; ++i) a(i, i + 1) = 1;
  const auto r = saddle::spectral_radius(a);
  EXPECT_LE(std::fabs(r.value - 1), r.error_bound);
  EXPECT_LE(r.error_bound, T(1));
}

TYPED_TEST(spectral_radius_of, zero_and_one_number_are_exact) {
  using T = TypeParam;
  EXPECT_EQ(saddle::spectral_radius(saddle::zero_matrix<T, 4, 4>()).value, T(0));
  EXPECT_EQ(saddle::spectral_radius(mat<T, 1, 1>{{-3}}).value, T(3));
  EXPECT_EQ(saddle::spectral_radius(mat<T, 1, 1>{{-3}}).error_bound, T(0));
}

constexpr auto at_compile_time = saddle::spectral_radius(mat<double, 2, 2>{{0, -2, 2, 0}});
static_assert(at_compile_time.status == status::ok);
static_assert(at_compile_time.error_bound < 1e-7);

} // namespace
} // namespace test_spectral_radius
