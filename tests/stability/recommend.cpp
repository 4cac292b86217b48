// What `recommend` promises is what a run does: the measured rate is the predicted one within 1 %.
#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include <gtest/gtest.h>

#include "support/games.hpp"

namespace saddle_test {
namespace {

using simulated = long double;

/// A game or parameters with every number converted.
template <class To, class From> To converted(const From& x) {
  To r;
  saddle::walk([](auto& out, const auto& in) { out = static_cast<simulated>(in); }, r, x);
  return r;
}

/// The same game of long double.
template <class G> using simulated_game = typename G::template rebind<simulated>;

/// Runs a rule on a game in long double, in chunks; hands ‖F(z)‖ of every step to `see` until that returns false.
/// ‖F‖ does not see the null space, where nothing moves.
template <class Rule, class G, class Z, class Parameters, class See>
void simulate(Rule rule, const G& game, const Z& start, const Parameters& p, See&& see) {
  const auto complete = converted<simulated_game<G>>(game);
  using Wide = typename Z::template rebind<simulated>;
  const auto wide = converted<saddle::parameters_t<Rule, Wide>>(p);
  auto s = saddle::start(rule, complete, converted<Wide>(start));
  while (see(saddle::norm(complete.field(s.z)))) s = saddle::step(rule, complete, wide, s);
}

/// The mean factor of ‖F‖ a step, between the largest values in two windows far apart: the envelope of an oscillation.
template <class Rule, class G, class Parameters>
simulated measured_rate(Rule rule, const G& game, const Parameters& p, simulated predicted, random_source& random) {
  using Z = typename G::point_type;
  // Windows of a hundred steps hold several turns of any factor that turns at all; between them as many steps as make a
  // transient of e³ half a percent. Squares of numbers below e⁻⁵⁶⁰⁰ would leave even a long double.
  constexpr std::uint64_t window = 100;
  const simulated decay = -std::log(predicted);
  const auto steps_for = [&](simulated folds, simulated most) {
    return static_cast<std::uint64_t>(std::min(folds / decay, most));
  };
  const std::uint64_t begin = steps_for(600, 600), apart = steps_for(4000, 20000);
  simulated early = 0, late = 0;
  std::uint64_t k = 0;
  simulate(rule, game, random_point<Z>(random), p, [&](simulated f) {
    if (k >= begin && k < begin + window) early = std::max(early, f);
    if (k >= begin + apart && k < begin + apart + window) late = std::max(late, f);
    return ++k < begin + apart + window;
  });
  return std::exp((std::log(late) - std::log(early)) / static_cast<simulated>(apart));
}

/// Moves the equilibrium to zero, around which numbers stay exact to their own size however small they get.
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
  saddle::registry::each_dynamics([&]<class Rule>(auto id, const char* name) {
    SCOPED_TRACE(name);
    const auto* advice = std::find_if(ranking.begin(), ranking.end(),
                                      [&](const auto& a) { return a.id == static_cast<std::uint32_t>(id); });
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
