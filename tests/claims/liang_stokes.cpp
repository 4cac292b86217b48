// Liang & Stokes 2019 (Interaction matters): what interaction does to plain gradients and to the four rules that know it.
// That every rule keeps the step and the number of steps of its theorem is tests/dynamics/liang_stokes.cpp.
#include <cmath>

#include <saddle/dynamics/consensus.hpp>
#include <saddle/dynamics/implicit.hpp>
#include <saddle/dynamics/optimistic.hpp>
#include <saddle/dynamics/predictive.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/covariance_gan.hpp>
#include <saddle/games/quadratic.hpp>
#include <saddle/stability/rate.hpp>
#include <saddle/stability/theory.hpp>
#include <saddle/stability/theory/bilinear.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_liang_stokes {
namespace {

namespace theory = saddle::theory;
constexpr double eps = saddle::epsilon<double>;

// Stable equilibria: A = B = I and an interaction that grows. The theorem's count T ~ β/α grows with it, and so does the
// number of steps that the best step size needs, which is the theorem's here: ρ² = 1 − α/β.
TEST(liang_stokes_claims, interaction_slows_plain_gradients_down) {
  double before = 0;
  for (const double sigma : {0.0, 1.0, 3.0, 10.0, 30.0}) {
    const saddle::games::quadratic<double, 1, 1> game{{{1}}, {{1}}, {{sigma}}, {{0}}, {{0}}};
    const double mu = 1, size = std::sqrt(1 + sigma * sigma); // ‖M‖ of a normal matrix
    const auto b = theory::simultaneous_stable(mu, size);
    const auto c = saddle::rate(saddle::dynamics::simultaneous{}, game, game.equilibrium().z, {.eta = b.eta});
    EXPECT_NEAR(c.rate * c.rate, 1 - 1 / (size * size), 16 * eps);
    const auto r =
        saddle::run_until(saddle::dynamics::simultaneous{}, game, {.eta = b.eta}, saddle::point<double, 1, 1>{{1}, {1}},
                          {.tolerance = 1e-6 * size}, saddle::field_norm{});
    EXPECT_EQ(r.status, saddle::status::converged);
    EXPECT_LE(r.steps, theory::iterations(b, std::sqrt(2.0), 1e-6));
    EXPECT_GT(static_cast<double>(r.steps), before);
    before = static_cast<double>(r.steps) * 2; // a threefold interaction costs far more than twice the steps
    if (sigma == 0.0) before = static_cast<double>(r.steps);
  }
}

// Unstable equilibria: optimistic gradient has ρ² = (1 + √(1 − 4s²))/2 up to s = ησ = ½ and 2s² + s√(4s² − 1) above; it
// converges iff s < 1/√3. A vector of steps at a time.
TEST(liang_stokes_claims, exact_rate_of_optimistic_gradient) {
  using L = saddle::native_lane<double>;
  const saddle::games::bilinear<double, 1, 1> game{{{1.25}}};
  const auto m = saddle::modes(game);
  for (int k = 1; k < 400; k += static_cast<int>(width<L>)) {
    L eta{};
    for (std::size_t i = 0; i < width<L>; ++i) insert(eta, i, (k + static_cast<double>(i)) * 2e-3);
    const saddle::parameters_t<saddle::dynamics::optimistic, saddle::mode<L>> p{eta};
    const auto c = saddle::rate(saddle::dynamics::optimistic{}, m, p);
    for (std::size_t i = 0; i < width<L>; ++i) {
      const double s = extract(eta, i) * 1.25;
      const double square = s <= 0.5 ? (1 + std::sqrt(1 - 4 * s * s)) / 2 : 2 * s * s + s * std::sqrt(4 * s * s - 1);
      // Where the two factors meet, at s = ½, they are known to √ε.
      EXPECT_NEAR(extract(c.rate, i), std::sqrt(square),
                  std::abs(s - 0.5) < 1e-3 ? 4 * std::sqrt(eps) : 64 * eps / std::abs(s - 0.5));
      EXPECT_EQ(extract(c.rate, i) < 1, s < 1 / std::sqrt(3.0)); // no s of this grid is within 1e-4 of the edge
    }
  }
}

// On the same random games plain gradients diverge by exactly √(1 + η²σ₁²) and the four rules converge at the steps of their
// theorems, at a rate within the theorem's. P ≠ Q leaves a null space that nothing moves in.
TEST(liang_stokes_claims, four_rules_converge_because_of_the_interaction) {
  random_source random(141);
  for (int k = 0; k < 40; ++k) {
    saddle::games::bilinear<double, 3, 2> game{random.fill<saddle::mat<double, 3, 2>>(-1, 1)};
    if (k % 4 == 0) // of rank one: the second column is a multiple of the first
      for (std::size_t i = 0; i < 3; ++i) game.C(i, 1) = 2 * game.C(i, 0);
    const auto m = saddle::modes(game);
    const auto [largest, smallest] = theory::extremes_of(game);
    EXPECT_EQ(smallest == largest, k % 4 == 0);
    const double first = largest, last = smallest, eta = 0.3 / first, gamma = 1 / first;
    EXPECT_NEAR(saddle::rate(saddle::dynamics::simultaneous{}, m, {.eta = eta}).rate, std::hypot(1, eta * first),
                64 * eps);
    // steps = 1/(−log of the rate) at the most: ρ ≤ exp(−1/steps).
    const auto promised = [](const theory::bound<double>& b) { return std::exp(-1 / b.steps) + 64 * eps; };
    const auto omd = theory::optimistic_bilinear(first, last);
    EXPECT_LE(saddle::rate(saddle::dynamics::optimistic{}, m, {.eta = omd.eta}).rate, promised(omd));
    const auto iu = theory::implicit_bilinear(first, last);
    EXPECT_LE(saddle::rate(saddle::dynamics::implicit{}, m, {.eta = iu.eta}).rate, promised(iu));
    for (const auto& b :
         {theory::predictive_bilinear(first, last, gamma), theory::predictive_bilinear_published(first, last, gamma)}) {
      EXPECT_LE(saddle::rate(saddle::dynamics::predictive{}, m, {.eta = b.eta, .gamma = b.gamma}).rate, promised(b));
      EXPECT_LE(saddle::rate(saddle::dynamics::consensus{}, game, {.eta = b.eta, .gamma = b.gamma}).rate, promised(b));
    }
    EXPECT_EQ(saddle::rate(saddle::dynamics::optimistic{}, m, {.eta = omd.eta}).radius, 1);
  }
}

// A Wasserstein GAN that learns a covariance is such a game near its equilibria: plain gradients leave, the others arrive at
// a generator with VVᵀ = Σ.
TEST(liang_stokes_claims, the_covariance_of_a_wasserstein_gan) {
  const saddle::games::covariance_gan<double, 2> game{{{2, 0.75, 0.75, 1}}};
  const auto at = game.equilibrium().z;
  auto start = at;
  for (std::size_t i = 0; i < 4; ++i)
    start.theta[i] += 0.02 * (i % 2 == 0 ? 1 : -1), start.omega[i] = i % 3 == 0 ? 0.02 : -0.01;
  const double before = saddle::norm(game.field(start));
  const auto residual = [&](auto rule, const auto& p) {
    return saddle::norm(game.field(saddle::run(rule, game, p, start, 1500).z())) / before;
  };
  EXPECT_GT(residual(saddle::dynamics::simultaneous{}, saddle::eta_parameter<saddle::step_sizes<double, 2>>{0.05}), 10);
  EXPECT_LT(residual(saddle::dynamics::optimistic{}, saddle::eta_parameter<saddle::step_sizes<double, 2>>{0.05}), 0.01);
  EXPECT_LT(
      residual(saddle::dynamics::predictive{}, saddle::eta_gamma_parameters<saddle::step_sizes<double, 2>>{0.05, 0.2}),
      1e-3);
  EXPECT_LT(
      residual(saddle::dynamics::consensus{}, saddle::eta_gamma_parameters<saddle::step_sizes<double, 2>>{0.05, 0.2}),
      1e-3);
  EXPECT_LT(residual(saddle::dynamics::implicit{}, saddle::eta_parameter<saddle::step_sizes<double, 2>>{0.2}), 1e-3);
}

} // namespace
} // namespace saddle_test::test_liang_stokes
