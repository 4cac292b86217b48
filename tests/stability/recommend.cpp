// What `recommend` promises is what a run does: the measured rate is the predicted one within 1 %.
#include <saddle/saddle.hpp>

#include <string_view>

#include <gtest/gtest.h>

#include "stability/simulation.hpp"
#include "support/games.hpp"

namespace saddle_test {
namespace {

/// The mean factor of ‖F‖ a step, between the largest values in two windows far apart: the envelope of an oscillation.
template <class Rule, class G, class Parameters>
simulated measured_rate(Rule rule, const G& game, const Parameters& p, simulated predicted, random_source& random) {
  using Z = typename G::point_type;
  // Windows of a hundred steps hold several turns of any factor that turns at all; between them as many steps as make a
  // transient of e³ half a percent, but not so many that a long double runs out of exponents.
  constexpr std::uint64_t window = 100;
  const simulated decay = -std::log(std::max(predicted, simulated(1e-3)));
  const auto apart = static_cast<std::uint64_t>(std::clamp<simulated>(9000 / decay, 600, 20000));
  simulated early = 0, late = 0;
  std::uint64_t k = 0;
  simulate(rule, game, random_point<Z>(random), p, [&](simulated f) {
    if (k >= 600 && k < 600 + window) early = std::max(early, f);
    if (k >= 600 + apart && k < 600 + apart + window) late = std::max(late, f);
    return ++k < 600 + apart + window;
  });
  return std::exp((std::log(late) - std::log(early)) / static_cast<simulated>(apart));
}

/// The range of z the rounding of null components does not reach: only for games without a null space.
template <class G> void confirms(random_source& random) {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  const G game = random_game<G>(random);
  const auto ranking = saddle::recommend(game);
  for (std::size_t k = 1; k < ranking.size(); ++k) EXPECT_GE(ranking[k - 1].decay, ranking[k].decay);
  ASSERT_GT(ranking[0].eta, T(0));
  EXPECT_LT(ranking[0].result.rate, T(1));
  saddle::registry::each_dynamics([&]<class Rule>(auto id, const char* name) {
    SCOPED_TRACE(name);
    const auto* advice = std::find_if(ranking.begin(), ranking.end(), [&](const auto& a) { return a.id == id; });
    ASSERT_NE(advice, ranking.end());
    EXPECT_EQ(std::string_view(advice->name), name);
    if (advice->eta == T(0)) {
      EXPECT_EQ(advice->decay, T(0));
      return;
    }
    saddle::parameters_t<Rule, Z> p;
    p.eta = advice->eta;
    if constexpr (requires { p.gamma; }) p.gamma = advice->gamma;
    const simulated rate = advice->result.rate;
    // Slower than this a hundredth of 1 − ρ is not seen in the steps that are taken; faster, a step is the whole way.
    if (rate < 0.01L) return;
    EXPECT_NEAR(double(measured_rate(Rule{}, game, p, rate, random) / rate), 1, 0.01);
  });
}

template <std::size_t P, std::size_t Q> void confirms_everywhere() {
  random_source random(100 * P + Q);
  for (int k = 0; k < 2; ++k) {
    confirms<saddle::games::quadratic<double, P, Q>>(random);
    if constexpr (P == Q) confirms<saddle::games::bilinear<double, P, Q>>(random);
  }
}

#define SADDLE_DYNAMICS(id, name)
#define SADDLE_GAME(id, name)
#define SADDLE_SPECTRAL(id, name)
#define SADDLE_DIMENSIONS(P, Q)                                                                                        \
  TEST(recommend, is_confirmed_by_a_run_##P##_##Q) { confirms_everywhere<P, Q>(); }
#include <saddle/registry.def>
#undef SADDLE_DYNAMICS
#undef SADDLE_GAME
#undef SADDLE_SPECTRAL
#undef SADDLE_DIMENSIONS

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
} // namespace saddle_test
