// What `recommend` promises is what a run does: the measured rate is the predicted one within 1 %.
#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

#include <gtest/gtest.h>

#include "support/games.hpp"

namespace saddle_test::test_recommend {
namespace {

/// The mean factor of ‖F‖ a step, between the largest values in two windows far apart: the envelope of an oscillation.
/// The game is linear and its equilibrium zero, so it does not know its scale: a state that has become small is multiplied
/// by a power of two, which is exact, and a run may shrink by as many factors as it takes.
template <class Rule, class G, class Parameters>
double measured_rate(Rule rule, const G& game, const Parameters& p, double predicted, random_source& random) {
  using Z = typename G::point_type;
  // Windows of a hundred steps hold several turns of any factor that turns at all; between them as many steps as make a
  // transient of e³ half a percent.
  constexpr std::uint64_t window = 100;
  const double decay = -std::log(predicted);
  const auto steps_for = [&](double folds, double most) {
    return static_cast<std::uint64_t>(std::min(folds / decay, most));
  };
  const std::uint64_t begin = steps_for(600, 600), apart = steps_for(4000, 20000);
  constexpr double small = 0x1p-300;
  const double nothing = -std::numeric_limits<double>::infinity();
  double early = nothing, late = nothing, log_scale = 0;
  auto s = saddle::start(rule, game, random_point<Z>(random));
  for (std::uint64_t k = 0; k < begin + apart + window; ++k) {
    double f = saddle::norm(game.field(s.z));
    if (f > 0 && f < small) {
      saddle::walk([](double& x) { x /= small; }, s);
      f /= small;
      log_scale += std::log(small);
    }
    if (k >= begin && k < begin + window) early = std::max(early, log_scale + std::log(f));
    if (k >= begin + apart) late = std::max(late, log_scale + std::log(f));
    s = saddle::step(rule, game, p, s);
  }
  return std::exp((late - early) / static_cast<double>(apart));
}

/// Moves the equilibrium to zero.
template <class T, std::size_t P, std::size_t Q> void center(saddle::games::quadratic<T, P, Q>& g) {
  g.a = saddle::zeros<T, P>();
  g.b = saddle::zeros<T, Q>();
}
template <class T, std::size_t P, std::size_t Q> void center(saddle::games::bilinear<T, P, Q>&) {}

template <class G> void confirms(random_source& random) {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  G game = random_game<G>(random);
  center(game);
  const auto ranking = saddle::recommend(game);
  for (std::size_t k = 1; k < ranking.size(); ++k) EXPECT_GE(ranking[k - 1].decay, ranking[k].decay);
  ASSERT_GT(ranking[0].eta, T(0));
  EXPECT_LT(ranking[0].result.rate, T(1));
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    const auto* advice = std::find_if(ranking.begin(), ranking.end(),
                                      [&](const auto& a) { return a.id == static_cast<std::uint32_t>(entry.id); });
    ASSERT_NE(advice, ranking.end());
    EXPECT_EQ(std::string_view(advice->name), entry.name);
    if (advice->eta == T(0)) {
      EXPECT_EQ(advice->decay, T(0));
      return;
    }
    saddle::parameters_t<Rule, Z> p;
    p.eta = advice->eta;
    if constexpr (requires { p.gamma; }) p.gamma = advice->gamma;
    const double rate = advice->result.rate;
    EXPECT_NEAR(measured_rate(Rule{}, game, p, rate, random) / rate, 1, 0.01);
  });
}

inline constexpr std::size_t largest = this_tier >= tier::full ? 16 : 5;

template <std::size_t P, std::size_t Q> void confirms_everywhere() {
  if constexpr (P + Q <= largest) {
    random_source random(100 * P + Q);
    for (int k = 0; k < 2; ++k) {
      confirms<saddle::games::quadratic<double, P, Q>>(random);
      if constexpr (P == Q) confirms<saddle::games::bilinear<double, P, Q>>(random);
    }
  }
}

TEST(recommend, is_confirmed_by_a_run) {
  saddle::registry::all_dimensions::each([]<std::size_t P, std::size_t Q>(saddle::registry::dimensions<P, Q>) {
    SCOPED_TRACE(testing::Message() << P << " x " << Q);
    confirms_everywhere<P, Q>();
  });
}

TEST(recommend, knows_what_cannot_work) {
  const saddle::games::bilinear<double, 2, 2> game{.C = {{1, 0.5, -0.25, 2}}};
  for (const auto& advice : saddle::recommend(game)) {
    const std::string_view name = advice.name;
    const bool hopeless = name == "simultaneous" || name == "alternating";
    EXPECT_EQ(advice.eta == 0, hopeless) << name;
  }
  // On a bowl without interaction nothing beats the plain gradient.
  const saddle::games::quadratic<double, 1, 1> bowl{.A = {{1}}, .B = {{1}}, .C = {{0}}, .a = {{1}}, .b = {{0}}};
  EXPECT_EQ(std::string_view(saddle::recommend(bowl)[0].name), "simultaneous");
}

} // namespace
} // namespace saddle_test::test_recommend
