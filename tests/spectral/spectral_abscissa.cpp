#include <saddle/spectral/spectral_abscissa.hpp>

#include "spectral/bounds.hpp"

namespace test_spectral_abscissa {
namespace {

using saddle::mat;
using saddle::status;

SADDLE_SUITE_OF_FORMATS(spectral_abscissa);

TEST_P(spectral_abscissa, the_bound_holds) {
  spectral::the_bound_holds("spectral_abscissa", spectral::abscissa, *GetParam());
}

template <class T> class spectral_abscissa_of : public testing::Test {};
TYPED_TEST_SUITE(spectral_abscissa_of, spectral::numbers);

TYPED_TEST(spectral_abscissa_of, normal_matrices_are_tight) {
  using T = TypeParam;
  const T s = T(0.5);
  const auto r = saddle::spectral_abscissa(mat<T, 2, 2>{{s, -2, 2, s}}); // ½ ± 2i
  spectral::is_tight<T>(r, s, saddle::detail::squarings<T>);
}

TYPED_TEST(spectral_abscissa_of, zero_and_one_number_are_exact) {
  using T = TypeParam;
  EXPECT_EQ(saddle::spectral_abscissa(saddle::zero_matrix<T, 4, 4>()).value, T(0));
  EXPECT_EQ(saddle::spectral_abscissa(mat<T, 1, 1>{{-3}}).value, T(-3));
  EXPECT_EQ(saddle::spectral_abscissa(mat<T, 1, 1>{{-3}}).error_bound, T(0));
}

constexpr auto at_compile_time = saddle::spectral_abscissa(mat<double, 2, 2>{{0, -2, 2, 0}});
static_assert(at_compile_time.status == status::ok);
static_assert(at_compile_time.error_bound < 1e-7);

} // namespace
} // namespace test_spectral_abscissa
