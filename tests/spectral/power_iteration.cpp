#include <saddle/spectral/power_iteration.hpp>

#include <gtest/gtest.h>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace test_power_iteration {
namespace {

using saddle::mat;
using saddle::status;
using spectral::operation;
using spectral::wide;

SADDLE_SUITE_OF_FORMATS(power_iteration);

/// An eigenvalue that stands out by a factor of 2, real or a complex pair, in a normal and in a skewed basis.
TEST_P(power_iteration, finds_real_values_and_complex_pairs) {
  spectral::each_scalar("power_iteration", *GetParam(), [](const operation& o) {
    if (o.rows < 2) return;
    for (unsigned seed = 0; seed < 20; ++seed) {
      std::mt19937_64 random(seed);
      const bool pair = seed % 2 == 0;
      wide d = wide::identity(o.rows);
      for (std::size_t i = 0; i < o.rows; ++i) d(i, i) = 0.9L / static_cast<long double>(1 + i);
      d(0, 0) = -2;
      if (pair) {
        d(0, 0) = d(1, 1) = -1.2L;
        d(0, 1) = 1.6L;
        d(1, 0) = -1.6L;
      }
      wide basis = spectral::families::orthonormal(o.rows, o.rows, random);
      if (seed % 4 >= 2) basis = basis + 0.3L * spectral::families::orthonormal(o.rows, o.rows, random);
      const auto a = spectral::rounded(basis * d * saddle_test::inverse(basis), o.number);
      const auto r = spectral::compute(o, {a})[0];
      EXPECT_EQ(r.status, status::converged) << o << ", seed " << seed << ", residual " << r.numbers[2];
      const auto sigma = spectral::singular_values(basis);
      const double condition = static_cast<double>(sigma.front() / sigma.back());
      const double unit = 8 * static_cast<double>(o.rows) * o.number.epsilon * spectral::frobenius(a) * condition;
      EXPECT_NEAR(r.numbers[0], pair ? -1.2 : -2, unit) << o << ", seed " << seed;
      EXPECT_NEAR(r.numbers[1], pair ? 1.6 : 0, unit) << o << ", seed " << seed;
      EXPECT_GE(r.numbers[1], 0);
    }
  });
}

/// Whatever it returns: A − E has that eigenvalue for some ‖E‖₂ ≤ residual, so σ_min(A − λI) ≤ residual.
TEST_P(power_iteration, the_residual_bounds_the_backward_error) {
  spectral::each_scalar("power_iteration", *GetParam(), [](const operation& o) {
    for (const auto& m : spectral::families::every(o.rows, o.columns, o.number)) {
      const auto a = spectral::rounded(m.matrix, o.number);
      const auto r = spectral::compute(o, {a})[0];
      const long double smallest =
          spectral::smallest_singular_value(spectral::widened(a), {r.numbers[0], r.numbers[1]});
      EXPECT_LE(smallest, static_cast<long double>(r.numbers[2]) + o.number.denormal) << o << ", " << m.name;
    }
  });
}

template <class T> class power_iteration_of : public testing::Test {};
TYPED_TEST_SUITE(power_iteration_of, spectral::numbers);

/// The same long before it has converged.
TYPED_TEST(power_iteration_of, the_residual_holds_after_any_number_of_steps) {
  using T = TypeParam;
  const auto& f = spectral::format_of<T>;
  for (const auto& m : spectral::families::sampled(5, 4, f))
    for (const int steps : {0, 1, 7}) {
      const auto exact = spectral::rounded(m.matrix, f);
      mat<T, 5, 5> a;
      for (std::size_t e = 0; e < 25; ++e) a.v[e] = static_cast<T>(exact.v[e]);
      const auto r = saddle::power_iteration(a, steps);
      const long double smallest = spectral::smallest_singular_value(spectral::widened(exact), {r.re, r.im});
      EXPECT_LE(smallest, r.residual + std::numeric_limits<T>::denorm_min()) << m.name << ", steps " << steps;
    }
}

TYPED_TEST(power_iteration_of, plus_and_minus_the_same_modulus) {
  using T = TypeParam;
  const auto r = saddle::power_iteration(mat<T, 3, 3>{{0, 2, 0, 2, 0, 0, 0, 0, T(0.5)}}); // 2, −2, ½
  EXPECT_EQ(r.status, status::converged);
  EXPECT_NEAR(std::fabs(r.re), T(2), 32 * saddle::epsilon<T>);
  EXPECT_EQ(r.im, T(0));
}

TYPED_TEST(power_iteration_of, three_of_one_modulus_are_not_claimed) {
  using T = TypeParam;
  const auto r = saddle::power_iteration(mat<T, 3, 3>{{0, 0, 1, 1, 0, 0, 0, 1, 0}}); // the cube roots of 1
  EXPECT_EQ(r.status, status::not_converged);
}

static_assert(saddle::power_iteration(mat<double, 2, 2>{{1, -2, 2, 1}}, 4).status == status::converged);

} // namespace
} // namespace test_power_iteration
