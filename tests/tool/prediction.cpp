// Linear algebra on a game: constants and rates against closed forms, and what cannot be compared.
#include "prediction.hpp"

#include <cmath>
#include <sstream>

#include <gtest/gtest.h>

#include <saddle/saddle.hpp>

#include "runs.hpp"

namespace {

tool::game_description game(const std::string& body) {
  std::istringstream in("game g\n" + body);
  return tool::read_games(in, "games")[0];
}

constexpr double eps = std::numeric_limits<double>::epsilon();

/// What is predicted of a rule on a bilinear game.
template <class Rule, std::size_t P, std::size_t Q> double
rate(const saddle::games::bilinear<double, P, Q>& g, const saddle::parameters_t<Rule, saddle::point<double, P, Q>>& p) {
  const auto j = g.jacobian();
  std::vector<double> steps;
  saddle::walk([&](const double& x) { steps.push_back(x); }, p);
  steps.resize(4);
  double r = 0;
  saddle::registry::all_dynamics::each([&]<class Known>(saddle::registry::rule<Known> entry) {
    if constexpr (std::is_same_v<Known, Rule>)
      r = tool::predict(entry.name, {{std::begin(j.v), std::end(j.v)}, {P, Q}},
                        {{steps[0], steps[1], 0}, {steps[2], steps[3], 0}})
              .rate;
  });
  return r;
}

// The closed forms of a single mode σ = 2 with η = 0.2 and γ = 0.3.
TEST(prediction, rates_of_a_single_mode) {
  using namespace saddle::dynamics;
  const saddle::games::bilinear<double, 1, 1> g{.C = {{2}}};
  const double s = 0.2 * 2;
  EXPECT_NEAR(rate<simultaneous>(g, {.eta = 0.2}), std::sqrt(1 + s * s), 8 * eps);
  EXPECT_NEAR(rate<alternating>(g, {.eta = 0.2}), 1, 8 * eps);
  EXPECT_NEAR(rate<optimistic>(g, {.eta = 0.2}), std::sqrt((1 + std::sqrt(1 - 4 * s * s)) / 2), 16 * eps);
  EXPECT_NEAR((rate<consensus>(g, {.eta = 0.2, .gamma = 0.3})), std::hypot(1 - 0.2 * 0.3 * 4, s), 8 * eps);
  EXPECT_NEAR((rate<predictive>(g, {.eta = 0.2, .gamma = 0.3})), std::hypot(1 - 0.2 * 0.3 * 4, s), 8 * eps);
  EXPECT_NEAR(rate<implicit>(g, {.eta = 0.2}), 1 / std::sqrt(1 + s * s), 8 * eps);
  EXPECT_NEAR((rate<gradient_penalty>(g, {.eta = 0.2, .gamma = 0.3})), std::hypot(1 - 2 * 0.2 * 0.3 * 4, s), 8 * eps);
  // Two time scales on a bilinear game act as their geometric mean.
  EXPECT_NEAR((rate<simultaneous>(g, {.eta = {0.1, 0.4}})), std::sqrt(1 + 0.04 * 4), 8 * eps);
}

TEST(prediction, null_directions_are_left_out) {
  const auto g = game("bilinear 2 2\nC 1 2\n 2 4\nstart 1 0 0 1");
  const auto f = tool::analyse(g);
  EXPECT_EQ(f.null_directions, 2u);
  EXPECT_NEAR(f.largest, 5, 16 * eps);
  EXPECT_NEAR(f.smallest, 5, 16 * eps);
  EXPECT_EQ(f.mu, 0);
  // The null spaces are spanned by (2, −1): the start minus its part along (1, 2)/√5.
  const double target[] = {0.8, -0.4, -0.4, 0.2};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(f.target[i], target[i], 16 * eps);
  const saddle::games::bilinear<double, 2, 2> same{.C = {{1, 2, 2, 4}}};
  EXPECT_NEAR(rate<saddle::dynamics::implicit>(same, {.eta = 0.2}), std::sqrt(0.5), 16 * eps);
}

TEST(prediction, rectangular_games_have_null_directions) {
  EXPECT_EQ(tool::analyse(game("bilinear 3 2\nC 1 0 0 1 0 0\nstart 1 1 1 1 1")).null_directions, 1u);
  EXPECT_EQ(tool::analyse(game("bilinear 1 3\nC 1 0 0\nstart 1 1 1 1")).null_directions, 2u);
}

// M = [1 3; −3 1]: normal, with ‖M‖ = √10 and D = I; J z = −(a, b).
TEST(prediction, constants_of_a_stable_game) {
  const auto f = tool::analyse(game("quadratic 1 1\nA 1\nB 1\nC 3\na 10\nb 0\nstart 0 0"));
  EXPECT_NEAR(f.mu, 1, 8 * eps);
  EXPECT_NEAR(f.lipschitz, std::sqrt(10.0), 16 * eps);
  EXPECT_NEAR(f.target[0], -1, 16 * eps);
  EXPECT_NEAR(f.target[1], -3, 16 * eps);
  EXPECT_NEAR(f.distance, std::sqrt(10.0), 32 * eps);
}

std::string why_not(const std::string& body) {
  try {
    tool::analyse(game(body));
  } catch (const tool::not_comparable& e) { return e.why; }
  return "comparable";
}

TEST(prediction, games_that_cannot_be_compared) {
  EXPECT_EQ(why_not("bilinear 1 1\nC 0\n"), "every point is an equilibrium: all matrices are zero");
  EXPECT_EQ(why_not("bilinear 1 1\nC 1\nstart 0 0\n"), "the start is an equilibrium: there is nothing to watch");
  EXPECT_EQ(why_not("quadratic 2 1\nA 1 0 0 0\nB 1\nC 1 0\na 0 1\n"),
            "there is no equilibrium: a or b has a component that no matrix balances");
  EXPECT_EQ(why_not("quadratic 1 1\nA 1\nB -1\nC 1\n").substr(0, 24), "the Jacobian is singular");
  EXPECT_EQ(why_not("bilinear 1 1\nC 1\nstart 1 0\n"), "comparable");
}

} // namespace
