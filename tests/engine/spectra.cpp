// Spectra of many matrices: every matrix of every batch exactly as alone, for each estimate that is registered.
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <saddle/engine/spectra.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_spectra {
namespace {

using saddle::blocks;
using saddle::mat;
using saddle::status;
using saddle::vec;

template <class T> class spectra_batches : public ::testing::Test {};
TYPED_TEST_SUITE(spectra_batches, scalars);

template <class Estimate, class T, std::size_t N> void every_matrix_is_as_alone() {
  constexpr std::size_t columns = Estimate::template values<N>;
  random_source random(70);
  for (const std::size_t count : {std::size_t{1}, saddle::block_games<T>, 2 * saddle::block_games<T> + 3}) {
    SCOPED_TRACE(testing::Message() << count << " matrices of " << N);
    std::vector<mat<T, N, N>> matrices;
    for (std::size_t g = 0; g < count; ++g) matrices.push_back(random.fill<mat<T, N, N>>(-1, 1));
    if (count > 5) matrices[5](0, 0) = std::numeric_limits<T>::quiet_NaN();
    std::vector<T> in(saddle::block_memory<mat<T, N, N>>(count)), out(saddle::block_memory<vec<T, columns>>(count));
    const blocks<mat<T, N, N>> from{in.data(), count};
    const blocks<vec<T, columns>> to{out.data(), count};
    ASSERT_EQ(saddle::pack(std::span<const mat<T, N, N>>(matrices), from), status::ok);
    std::vector<status> statuses(count, status::singular);
    std::vector<std::int32_t> iterations(count, -1);
    ASSERT_EQ(saddle::spectrum_of_each(Estimate{}, from, to, {.status = statuses, .iterations = iterations}),
              status::ok);
    for (std::size_t g = 0; g < count; ++g) {
      const auto alone = Estimate::of(matrices[g]);
      const auto got = to.get(g);
      EXPECT_TRUE(same_bits(got, alone.values)) << "matrix " << g;
      EXPECT_EQ(statuses[g], alone.status[0]) << "matrix " << g;
      EXPECT_EQ(iterations[g], alone.iterations[0]) << "matrix " << g;
    }
  }
}

inline constexpr bool small_too = this_tier >= tier::host; // a second target need not repeat it

// The rows of `spectra` are written by hand, one for each line of the registry: a line without one stops here.
TYPED_TEST(spectra_batches, every_matrix_is_as_alone) {
  saddle::registry::all_spectra::each([]<class Estimate>(saddle::registry::estimate<Estimate> entry) {
    SCOPED_TRACE(entry.name);
    if constexpr (small_too) every_matrix_is_as_alone<Estimate, TypeParam, 2>();
    every_matrix_is_as_alone<Estimate, TypeParam, 5>();
  });
}

TYPED_TEST(spectra_batches, vectors_of_every_matrix_are_as_alone) {
  every_matrix_is_as_alone<saddle::spectra::symmetric_eigenvectors, TypeParam, 3>();
  every_matrix_is_as_alone<saddle::spectra::singular_vectors, TypeParam, 3>();
}

// Rotation by a quarter and growth by two: every entry has something to say about ±2i.
TYPED_TEST(spectra_batches, rows_hold_what_they_say) {
  using T = TypeParam;
  const mat<T, 2, 2> turn{{0, -2, 2, 0}};
  const T near = T(64) * saddle::epsilon<T>;
  const auto pair = saddle::spectra::eigenvalues::of(turn).values;
  EXPECT_EQ(pair[0], T(0));
  EXPECT_EQ(pair[1], T(0));
  EXPECT_NEAR(pair[2], T(2), near);
  EXPECT_NEAR(pair[3], T(-2), near);
  EXPECT_NEAR(saddle::spectra::singular_values::of(turn).values[1], T(2), near);
  const auto symmetric = saddle::spectra::symmetric_eigenvalues::of(mat<T, 2, 2>{{1, 99, 2, 1}}).values;
  EXPECT_NEAR(symmetric[0], T(-1), near);
  EXPECT_NEAR(symmetric[1], T(3), near);
  // A stretch by 2 and 5 along e₂ and e₁: everything is known but for the signs.
  const mat<T, 2, 2> stretch{{5, 0, 0, 2}};
  const auto axes = saddle::spectra::symmetric_eigenvectors::of(stretch).values;
  const T expected_axes[] = {2, 5, 0, 1, 1, 0};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(std::abs(axes[i]), expected_axes[i], near) << i;
  const auto factors = saddle::spectra::singular_vectors::of(mat<T, 2, 2>{{0, 5, -2, 0}}).values;
  const T expected_factors[] = {5, 2, 1, 0, 0, 1, 0, 1, 1, 0}; // u₁ = e₁, u₂ = e₂; v₁ = e₂, v₂ = e₁
  for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(std::abs(factors[i]), expected_factors[i], near) << i;
  const auto radius = saddle::spectra::spectral_radius::of(turn).values;
  EXPECT_NEAR(radius[0], T(2), radius[1]);
  const auto abscissa = saddle::spectra::spectral_abscissa::of(turn).values;
  EXPECT_NEAR(abscissa[0], T(0), abscissa[1]);
  const auto norms = saddle::spectra::norms::of(mat<T, 2, 2>{{3, 0, 4, 0}}).values;
  EXPECT_NEAR(norms[0], T(7), norms[4]);
  EXPECT_NEAR(norms[1], T(4), norms[5]);
  EXPECT_NEAR(norms[2], T(5), norms[6]);
  EXPECT_NEAR(norms[3], T(5), norms[7]);
  const auto discs = saddle::spectra::gershgorin::of(mat<T, 2, 2>{{1, 2, 2, 5}}).values;
  EXPECT_NEAR(discs[0], T(-1), near);
  EXPECT_NEAR(discs[1], T(7), near);
  EXPECT_NEAR(discs[2], T(7), near);
  const auto part = saddle::spectra::symmetric_part::of(mat<T, 2, 2>{{1, 5, -5, 3}}).values;
  EXPECT_NEAR(part[0], T(1), part[2]);
  EXPECT_NEAR(part[1], T(3), part[2]);
  EXPECT_EQ(saddle::spectra::is_schur_stable::of(turn).values[0], T(-1));
  EXPECT_EQ(saddle::spectra::is_schur_stable::of(T(0.25) * turn).values[0], T(1));
  EXPECT_EQ(saddle::spectra::is_hurwitz::of(turn).values[0], T(0)) << "on the axis";
  EXPECT_EQ(saddle::spectra::is_hurwitz::of(mat<T, 2, 2>{{-1, 5, -5, -1}}).values[0], T(1));
  const auto dominant = saddle::spectra::power_iteration::of(turn).values;
  EXPECT_NEAR(dominant[0], T(0), near + dominant[2]);
  EXPECT_NEAR(dominant[1], T(2), near + dominant[2]);
}

TYPED_TEST(spectra_batches, sizes_that_disagree_touch_nothing) {
  using T = TypeParam;
  std::vector<T> in(saddle::block_memory<mat<T, 2, 2>>(3), T(1)), out(saddle::block_memory<vec<T, 2>>(3), T(-7));
  const blocks<mat<T, 2, 2>> from{in.data(), 3};
  std::vector<status> two(2);
  std::vector<std::int32_t> four(4);
  const saddle::spectra::spectral_radius radius;
  EXPECT_EQ(saddle::spectrum_of_each(radius, from, blocks<vec<T, 2>>{out.data(), 2}), status::bad_argument);
  EXPECT_EQ(saddle::spectrum_of_each(radius, from, blocks<vec<T, 2>>{out.data(), 3}, {.status = two}),
            status::bad_argument);
  EXPECT_EQ(
      saddle::spectrum_of_each(radius, from, blocks<vec<T, 2>>{out.data(), 3}, {.status = {}, .iterations = four}),
      status::bad_argument);
  for (const T x : out) EXPECT_EQ(x, T(-7));
}

} // namespace
} // namespace saddle_test::test_spectra
