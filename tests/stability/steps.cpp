// The limits and optima that theorems give in closed form are found by the searches.
#include <saddle/saddle.hpp>

#include <cmath>

#include "support/games.hpp"
#include "support/lanes.hpp"

namespace saddle_test::test_steps {
namespace {

using namespace saddle::dynamics;
using saddle::best_step;
using saddle::fixed_gamma;
using saddle::max_stable_step;
using saddle::modes;
using saddle::stable_steps;

template <class T> class steps : public ::testing::Test {};
TYPED_TEST_SUITE(steps, scalars);

/// A limit is found where the rate is 32 ε below 1, and rounding adds as much again. With η dρ/dη = `slope` at the limit,
/// the relative error of η is that over the slope.
template <class T> void expect_limit(T actual, long double expected, long double slope = 1) {
  EXPECT_NEAR(double(actual / expected), 1, double(64 * saddle::epsilon<T> / slope));
}

TYPED_TEST(steps, on_bilinear_games_end_where_the_papers_say) {
  using T = TypeParam;
  random_source random(1);
  for (int k = 0; k < 10; ++k) {
    const auto game = random_game<saddle::games::bilinear<T, 3, 2>>(random);
    const long double s1 = modes(game).of[0], g = 0.5L / s1;
    expect_limit<T>(max_stable_step(optimistic{}, game), 1 / (std::sqrt(3.0L) * s1));
    expect_limit<T>(max_stable_step(predictive{}, game), 1 / s1);
    expect_limit<T>(max_stable_step(consensus{}, game), 1 / s1);
    for (const long double gamma : {g, 2 * g, 4 * g}) {
      const fixed_gamma<T> line{static_cast<T>(gamma)};
      // ρ² = (1 − ηγσ²)² + η²σ²; its slope at the limit is 2ηγσ².
      const long double u = gamma * gamma * s1 * s1, limit = 2 * gamma / (1 + u), slope = 2 * u / (1 + u);
      expect_limit<T>(max_stable_step(predictive{}, game, line), limit, slope);
      expect_limit<T>(max_stable_step(consensus{}, game, line), limit, slope);
    }
    EXPECT_EQ(max_stable_step(simultaneous{}, game), T(0));
    EXPECT_EQ(max_stable_step(alternating{}, game), T(0));
    EXPECT_EQ(max_stable_step(implicit{}, game), std::numeric_limits<T>::infinity());
    EXPECT_EQ(stable_steps(optimistic{}, game).from, T(0));
  }
}

/// One eigenvalue of modulus 2 at an angle, and its conjugate.
template <class T> saddle::linearised<saddle::point<T, 1, 1>> turning(double angle) {
  const T re = T(2 * std::cos(angle)), im = T(2 * std::sin(angle));
  return {{{re, im, -im, re}}};
}

/// The optimistic rule on μ with cos arg μ = c, at x = η|μ|. With its factors λ₁, λ₂,
///     (1 − |λ₁|²)(1 − |λ₂|²)|1 − λ₁λ₂*|² = −x·(3x³ + 4cx² − x − 2c),
/// so that a factor of modulus 1 is a root, and where |λ₁| is 64 ε from 1 the bracket is within 2 · 64 ε · 4/x of zero.
long double optimistic_boundary(long double x, long double c) { return 3 * x * x * x + 4 * c * x * x - x - 2 * c; }
template <class T> long double optimistic_leeway(long double x) { return 512 * saddle::epsilon<T> / x; }

TYPED_TEST(steps, along_a_ray_end_at_the_roots_of_the_boundary_polynomials) {
  using T = TypeParam;
  for (double angle = 0.1; angle < 1.5; angle += 0.1) {
    const auto game = turning<T>(angle);
    const long double re = game.J(0, 0), r = std::hypot(re, (long double)game.J(0, 1)), c = re / r;
    // ρ² = 1 − 2cx + x² at x = η|μ|.
    expect_limit<T>(max_stable_step(simultaneous{}, game), 2 * c / r, 2 * c * c);
    const long double x = max_stable_step(optimistic{}, game) * r;
    EXPECT_LE(std::fabs(optimistic_boundary(x, c)), optimistic_leeway<T>(x)) << angle;
    // Extragradient: |1 − z + z²|² − 1 = y·(y³ − 2cy² + (4c² − 1)y − 2c) at y = |z|.
    const long double y = max_stable_step(predictive{}, game) * r;
    EXPECT_LE(std::fabs(y * y * y - 2 * c * y * y + (4 * c * c - 1) * y - 2 * c), 128 * saddle::epsilon<T> / y)
        << angle;
  }
}

TYPED_TEST(steps, can_stabilise_what_the_flow_does_not) {
  using T = TypeParam;
  // Re μ < 0: the flow leaves, small steps do; the optimistic rule has a window between the roots of the same cubic.
  const auto game = turning<T>(1.6);
  const long double re = game.J(0, 0), r = std::hypot(re, (long double)game.J(0, 1)), c = re / r;
  const auto window = stable_steps(optimistic{}, game);
  ASSERT_GT(window.from, T(0));
  ASSERT_LT(window.from, window.to);
  for (const long double x : {window.from * r, window.to * r})
    EXPECT_LE(std::fabs(optimistic_boundary(x, c)), optimistic_leeway<T>(x));
  EXPECT_EQ(max_stable_step(simultaneous{}, game), T(0));
}

TYPED_TEST(steps, of_the_scalar_game_obey_its_schur_conditions) {
  using T = TypeParam;
  // η²(ab + c²) < η(a + b) and 2η(a + b) < 4 + η²(ab + c²) with one step for both.
  for (const long double a : {0.25L, 1.0L, 4.0L})
    for (const long double b : {0.5L, 2.0L})
      for (const long double c : {0.0L, 0.125L, 1.0L}) {
        const saddle::games::quadratic<T, 1, 1> game{
            .A = {{T(a)}}, .B = {{T(b)}}, .C = {{T(c)}}, .a = {{1}}, .b = {{0}}};
        const long double trace = a + b, det = a * b + c * c, root = trace * trace - 4 * det;
        // Complex: ρ² = 1 − ηtrace + η²det. Real: the larger eigenvalue times η is 2.
        const long double limit = root < 0 ? trace / det : 4 / (trace + std::sqrt(root));
        const long double slope = root < 0 ? trace * trace / (2 * det) : 2;
        expect_limit<T>(max_stable_step(simultaneous{}, game), limit, slope);
      }
}

TYPED_TEST(steps, that_are_best_are_those_of_the_papers) {
  using T = TypeParam;
  random_source random(2);
  for (int k = 0; k < 10; ++k) {
    // κ below 4: the slowest of these still moves by more than rounding.
    auto game = random_game<saddle::games::bilinear<T, 2, 2>>(random);
    game.C(0, 0) += 2;
    game.C(1, 1) += 2;
    const auto m = modes(game);
    const long double u1 = (long double)m.of[0] * m.of[0], un = (long double)m.of[1] * m.of[1], kappa2 = u1 / un;
    const auto expect_rate = [&](T rate, long double square) {
      EXPECT_NEAR(double(rate), double(std::sqrt(square)), 64 * saddle::epsilon<T>);
    };
    // Extragradient: η = 1/√(σ₁² + σr²).
    const auto eg = best_step(predictive{}, game);
    expect_rate(eg.result.rate, 1 - kappa2 / ((1 + kappa2) * (1 + kappa2)));
    for (const long double factor : {0.5L, 1.0L, 3.0L}) {
      const T gamma = T(factor / std::sqrt(u1));
      const long double g2 = (long double)gamma * gamma;
      const auto best = best_step(consensus{}, game, fixed_gamma<T>{gamma});
      const long double sum = 1 + g2 * (u1 + un);
      expect_rate(best.result.rate, g2 * (u1 - un) > 1 ? 1 - 4 * g2 * g2 * u1 * un / (sum * sum) : 1 / (1 + g2 * un));
    }
  }
  // Simultaneous on a stable game with real eigenvalues: η = 2/(a + b), rate (b − a)/(b + a).
  const saddle::games::quadratic<T, 1, 1> bowl{.A = {{1}}, .B = {{3}}, .C = {{0}}, .a = {{0}}, .b = {{0}}};
  const auto best = best_step(simultaneous{}, bowl);
  EXPECT_NEAR(double(best.eta), 0.5, 64 * saddle::epsilon<T>);
  EXPECT_NEAR(double(best.result.rate), 0.5, 64 * saddle::epsilon<T>);
  EXPECT_EQ(best_step(simultaneous{}, saddle::games::bilinear<T, 1, 1>{.C = {{1}}}).eta, T(0));
  // Optimistic with one singular value: the double root.
  const auto omd = best_step(optimistic{}, saddle::games::bilinear<T, 1, 1>{.C = {{4}}});
  EXPECT_NEAR(double(omd.eta), 0.125, 4 * std::sqrt(double(saddle::epsilon<T>)));
  EXPECT_NEAR(double(omd.result.rate), std::sqrt(0.5), 4 * std::sqrt(double(saddle::epsilon<T>)));
}

TYPED_TEST(steps, of_a_batch_are_those_of_each_game) {
  using T = TypeParam;
  using L = saddle::native_lane<T>;
  using G = saddle::games::quadratic<T, 1, 1>;
  random_source random(3);
  G each[width<L>];
  for (G& g : each) g = random_game<G>(random);
  each[0].A(0, 0) = -2; // one that no small step stabilises
  const auto wide = join<saddle::games::quadratic<L, 1, 1>>(each);
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    const auto range = stable_steps(Rule{}, wide);
    const auto best = best_step(Rule{}, wide);
    for (std::size_t i = 0; i < width<L>; ++i) {
      EXPECT_EQ(extract(range.from, i), stable_steps(Rule{}, each[i]).from);
      EXPECT_EQ(extract(range.to, i), stable_steps(Rule{}, each[i]).to);
      EXPECT_EQ(extract(best.eta, i), best_step(Rule{}, each[i]).eta);
    }
  });
}

static_assert(max_stable_step(optimistic{}, saddle::games::bilinear<double, 1, 1>{.C = {{2}}}) > 0.1);

} // namespace
} // namespace saddle_test::test_steps
