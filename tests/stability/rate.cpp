// Rates against closed forms in long double; null spaces, regimes, vectors of games and of step sizes.
#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/games.hpp"
#include "support/lanes.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_rate {
namespace {

using namespace saddle::dynamics;
using saddle::classify;
using saddle::modes;
using saddle::rate;

template <class T> class rates : public ::testing::Test {};
TYPED_TEST_SUITE(rates, scalars);

/// ρ of the optimistic rule on one singular value, s = ησ.
real optimistic_rate(real s) {
  return std::sqrt(s <= 0.5L ? (1 + std::sqrt(1 - 4 * s * s)) / 2 : 2 * s * s + s * std::sqrt(4 * s * s - 1));
}

TYPED_TEST(rates, on_one_singular_value_are_the_closed_forms) {
  using T = TypeParam;
  for (const T sigma : {T(0.25), T(1), T(3)})
    for (T s = T(1) / 64; s < 2; s += T(1) / 32) {
      const saddle::games::bilinear<T, 1, 1> game{.C = {{sigma}}};
      const auto m = modes(game);
      const T eta = s / sigma;
      const real exact = real(eta) * real(sigma);
      const auto near = [&](T actual, real expected) {
        // A dozen roundings; near the double root of the optimistic rule, at s = ½, an error of √ε.
        const real apart = std::clamp(std::fabs(1 - 4 * exact * exact), real(saddle::epsilon<T>), real(1));
        const real split = std::sqrt(apart);
        EXPECT_NEAR(double(actual), double(expected), 16 * saddle::epsilon<T> * double(expected / split)) << s;
      };
      near(rate(simultaneous{}, m, {.eta = eta}).rate, std::hypot(real(1), exact));
      near(rate(optimistic{}, m, {.eta = eta}).rate, optimistic_rate(exact));
      near(rate(implicit{}, m, {.eta = eta}).rate, 1 / std::hypot(real(1), exact));
      near(rate(predictive{}, game, {.eta = eta, .gamma = eta}).rate, std::hypot(1 - exact * exact, exact));
      near(rate(consensus{}, game, {.eta = eta, .gamma = eta}).rate, std::hypot(1 - exact * exact, exact));
    }
}

TYPED_TEST(rates, of_alternating_are_one_up_to_two) {
  using T = TypeParam;
  const saddle::games::bilinear<T, 1, 1> game{.C = {{1}}};
  for (T eta = T(0.125); eta < 2; eta += T(0.25)) {
    const auto c = rate(alternating{}, game, {.eta = eta});
    EXPECT_NEAR(double(c.rate), 1, 8 * saddle::epsilon<T>);
    EXPECT_EQ(classify(c), saddle::regime::marginal);
  }
  EXPECT_EQ(classify(rate(alternating{}, game, {.eta = T(2.125)})), saddle::regime::diverges);
  EXPECT_EQ(classify(rate(alternating{}, game, {.eta = {T(0.5), T(8.5)}})), saddle::regime::diverges);
}

TYPED_TEST(rates, tell_the_null_space_from_the_rest) {
  using T = TypeParam;
  using Z = saddle::point<T, 3, 2>;
  // Rank 1: σ = √70, and three directions that never move.
  const saddle::games::bilinear<T, 3, 2> game{.C = {{1, 2, 2, 4, 3, 6}}};
  const T eta = T(0.0625);
  const real expected = std::hypot(1 - real(eta) * real(eta) * 70, real(eta) * std::sqrt(70.0L));
  const auto by_values = rate(predictive{}, game, {.eta = eta, .gamma = eta});
  const auto by_matrix = rate(predictive{}, saddle::linearised<Z>{game.jacobian()}, {.eta = eta, .gamma = eta});
  const auto remembering = rate(optimistic{}, saddle::linearised<Z>{game.jacobian()}, {.eta = eta});
  EXPECT_NEAR(double(by_values.rate), double(expected), 64 * saddle::epsilon<T>);
  EXPECT_NEAR(double(by_matrix.rate), double(expected), 64 * saddle::epsilon<T>);
  EXPECT_NEAR(double(remembering.rate), double(optimistic_rate(real(eta) * std::sqrt(70.0L))),
              256 * saddle::epsilon<T>);
  for (const auto& c : {by_values, by_matrix, remembering}) {
    EXPECT_GE(c.radius, T(1));
    EXPECT_NEAR(double(c.radius), 1, 64 * saddle::epsilon<T>);
  }
  const saddle::games::bilinear<T, 2, 2> none{.C = {{0, 0, 0, 0}}};
  const auto still = rate(optimistic{}, none, {.eta = eta});
  EXPECT_EQ(still.rate, T(0));
  EXPECT_EQ(still.radius, T(1));
  const saddle::games::bilinear<T, 2, 2> full{.C = {{1, 0, 0, 2}}};
  const auto moving = rate(optimistic{}, full, {.eta = eta});
  EXPECT_EQ(moving.rate, moving.radius);
}

TYPED_TEST(rates, name_the_regime) {
  using T = TypeParam;
  using saddle::regime;
  const auto of = [](T a, T c, T eta) {
    const saddle::games::quadratic<T, 1, 1> game{.A = {{a}}, .B = {{a}}, .C = {{c}}, .a = {{0}}, .b = {{0}}};
    return regime(classify(rate(simultaneous{}, game, {{T(0)}, {T(0)}}, {.eta = eta})));
  };
  EXPECT_EQ(of(1, 0, T(0.5)), regime::converges);
  EXPECT_EQ(of(1, 1, T(0.5)), regime::oscillates);
  EXPECT_EQ(of(1, 0, T(1.5)), regime::oscillates); // λ = −½
  EXPECT_EQ(of(1, 0, T(2)), regime::marginal);
  EXPECT_EQ(of(1, 0, T(3)), regime::diverges);
  EXPECT_EQ(of(-1, 0, T(0.5)), regime::diverges);
  EXPECT_EQ(of(std::numeric_limits<T>::quiet_NaN(), 0, T(0.5)), regime::undefined);
  // 1 + ημ = 0: the resolvent does not exist.
  const saddle::games::quadratic<T, 1, 1> singular{.A = {{-2}}, .B = {{1}}, .C = {{0}}, .a = {{0}}, .b = {{0}}};
  EXPECT_EQ(classify(rate(implicit{}, modes(singular.jacobian()), {.eta = T(0.5)})), regime::undefined);
  EXPECT_EQ(classify(rate(implicit{}, singular, {{T(0)}, {T(0)}}, {.eta = T(0.5)})), regime::undefined);
}

TYPED_TEST(rates, of_many_games_and_of_many_steps_are_those_of_each) {
  using T = TypeParam;
  using L = saddle::native_lane<T>;
  using G = saddle::games::quadratic<T, 2, 1>;
  random_source random(21);
  G each[width<L>];
  for (G& g : each) g = random_game<G>(random);
  const auto wide = join<saddle::games::quadratic<L, 2, 1>>(each);
  const L eta = broadcast<L>(T(0.25));
  const auto games = rate(predictive{}, wide, wide.equilibrium().z, {.eta = eta, .gamma = eta});
  const auto regimes = classify(games);
  for (std::size_t i = 0; i < width<L>; ++i) {
    const auto one = rate(predictive{}, each[i], each[i].equilibrium().z, {.eta = T(0.25), .gamma = T(0.25)});
    EXPECT_EQ(extract(games.rate, i), one.rate);
    EXPECT_EQ(extract(games.im, i), one.im);
    EXPECT_EQ(regimes[i], classify(one)[0]);
  }

  const auto m = modes(each[0].jacobian());
  T steps[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) steps[i] = T(i + 1) / T(8);
  const auto row = rate(optimistic{}, m, saddle::parameters_t<optimistic, saddle::mode<L>>{.eta = load<L>(steps)});
  for (std::size_t i = 0; i < width<L>; ++i)
    EXPECT_EQ(extract(row.rate, i), rate(optimistic{}, m, {.eta = steps[i]}).rate);
}

constexpr saddle::games::bilinear<double, 1, 1> plane{.C = {{2}}};
static_assert(rate(optimistic{}, modes(plane), {.eta = 0.125}).rate < 1);
static_assert(classify(rate(simultaneous{}, plane, {.eta = 0.125})) == saddle::regime::diverges);

} // namespace
} // namespace saddle_test::test_rate
