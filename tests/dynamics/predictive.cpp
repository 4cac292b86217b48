// What the theory says of the predictive method, extragradient among it.
#include <saddle/dynamics/predictive.hpp>

#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/games/quadratic.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_predictive {
namespace {

constexpr saddle::dynamics::predictive rule;

template <class T> class predictive : public ::testing::Test {};
TYPED_TEST_SUITE(predictive, scalars);

TYPED_TEST(predictive, without_prediction_is_simultaneous) {
  using T = TypeParam;
  using Z = saddle::point<T, 2, 3>;
  random_source random(36);
  const auto game = random_game<saddle::games::quadratic<T, 2, 3>>(random);
  const Z z = random_point<Z>(random);
  const auto p = saddle::run(rule, game, {.eta = T(0.125), .gamma = T(0)}, z, 10);
  const auto s = saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = T(0.125)}, z, 10);
  EXPECT_TRUE(same_bits(p.z(), s.z()));
}

// |λ|² = (1 − ηγσ²)² + η²σ², and the iteration is normal: every step contracts by exactly |λ|.
TYPED_TEST(predictive, contracts_a_mode_by_its_factor) {
  using T = TypeParam;
  const saddle::point<T, 1, 1> z{{{T(1)}}, {{T(0.5)}}};
  for (const real sigma : {0.25L, 1.0L, 1.5L})
    for (const real gamma : {0.125L, 0.5L, 1.0L}) {
      const saddle::games::bilinear<T, 1, 1> game{{{T(sigma)}}};
      const real eta = 0.25L;
      const real factor = std::hypot(1 - eta * gamma * sigma * sigma, eta * sigma);
      const auto r = saddle::run(rule, game, {.eta = T(eta), .gamma = T(gamma)}, z, 30);
      const real expected = std::pow(factor, 30.0L) * norm(as_column(z));
      EXPECT_LE(std::fabs(norm(as_column(r.z())) / expected - 1), 30 * 8 * saddle::epsilon<T>);
    }
}

// Extragradient: stable iff ησ < 1.
TYPED_TEST(predictive, extragradient_is_stable_up_to_one_over_sigma) {
  using T = TypeParam;
  const saddle::games::bilinear<T, 1, 1> game{{{T(2)}}};
  const saddle::point<T, 1, 1> z{{{T(1)}}, {{T(0.5)}}};
  const saddle::limits<T> stop{.tolerance = T(1e-4), .cap = 100000, .divergence = T(100)};
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(0.495), .gamma = T(0.495)}, z, stop).status,
            saddle::status::converged);
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(0.505), .gamma = T(0.505)}, z, stop).status,
            saddle::status::diverged);
}

TYPED_TEST(predictive, extragradient_contracts_strongly_monotone_games) {
  using T = TypeParam;
  using Z = saddle::point<T, 3, 3>;
  random_source random(37);
  for (int k = 0; k < 10; ++k) {
    auto game = random_game<saddle::games::quadratic<T, 3, 3>>(random);
    game.a = saddle::zeros<T, 3>();
    game.b = saddle::zeros<T, 3>();
    const dense m = dense::from(game.jacobian());
    const real l = spectral_norm(m);
    const real mu = symmetric_eigen(0.5L * (m + m.transposed())).values.back();
    const Z z = random_point<Z>(random);
    const T eta = T(1 / (4 * l));
    const auto r = saddle::run(rule, game, {.eta = eta, .gamma = eta}, z, 50);
    const real bound = std::pow(1 - mu / (4 * l), 25.0L) * norm(as_column(z));
    EXPECT_LE(norm(as_column(r.z())), bound * (1 + 50 * 12 * saddle::epsilon<T>));
  }
}

} // namespace
} // namespace saddle_test::test_predictive
