// Prediction against simulation on 10⁵ random (game, rule, step) triples.
#include <saddle/saddle.hpp>

#include <cstdio>

#include <gtest/gtest.h>

#include "stability/simulation.hpp"
#include "support/games.hpp"

namespace saddle_test {
namespace {

struct tally {
  int triples = 0, agreed = 0, in_band = 0, undecided = 0;
};

/// Whether ‖F‖ ends far below or far above where it began; 0 when neither happens in the steps given.
template <class Rule, class G, class Parameters>
int simulated_outcome(Rule rule, const G& game, const Parameters& p, random_source& random) {
  using Z = typename G::point_type;
  simulated first = 0, value = 0;
  int steps = 0;
  simulate(rule, game, random_point<Z>(random), p, [&](simulated f) {
    value = f;
    if (steps == 0) first = f;
    // Far enough that no transient of a matrix this size gets there.
    return ++steps < 200000 && f > first * 1e-12L && f < first * 1e12L;
  });
  return value <= first * 1e-12L ? -1 : value >= first * 1e12L ? 1 : 0;
}

template <class Rule, class G> void compare(const char* name, random_source& random, tally& t) {
  using Z = typename G::point_type;
  const G game = random_game<G>(random);
  const auto range = saddle::stable_steps(Rule{}, game);
  const auto model = saddle::detail::model_for(Rule{}, game);
  const saddle::detail::rate_along<Rule, std::remove_cvref_t<decltype(model)>, saddle::tied> along{model, {}};
  for (int k = 0; k < 10; ++k) {
    const double unit = along.unit();
    const double eta = unit * std::exp2(random.uniform(-4.0, 3.0));
    ++t.triples;
    // Within 1 % of a boundary, or marginal over a whole range of steps.
    const bool near = std::abs(eta / range.to - 1) < 0.01 || std::abs(eta / range.from - 1) < 0.01;
    const auto c = along(eta);
    const bool marginal = std::abs(c.rate - 1) < 1e-12;
    if (near || marginal) {
      ++t.in_band;
      continue;
    }
    saddle::parameters_t<Rule, Z> p;
    saddle::walk([&](double& x) { x = eta; }, p);
    const int outcome = simulated_outcome(Rule{}, game, p, random);
    if (outcome == (c.rate < 1 ? -1 : 1)) {
      ++t.agreed;
    } else {
      ++t.undecided;
      std::printf("%s %zux%zu: eta %.17g, predicted rate %.17g, simulated %+d\n", name, Z::p, Z::q, eta, c.rate,
                  outcome);
    }
  }
}

TEST(prediction, agrees_with_simulation) {
  random_source random(1000);
  tally t;
  const auto all_rules = [&]<class G>() {
    saddle::registry::each_dynamics([&]<class Rule>(auto, const char* name) { compare<Rule, G>(name, random, t); });
  };
  while (t.triples < 100000) {
    all_rules.operator()<saddle::games::bilinear<double, 1, 1>>();
    all_rules.operator()<saddle::games::bilinear<double, 2, 2>>();
    all_rules.operator()<saddle::games::quadratic<double, 1, 1>>();
    all_rules.operator()<saddle::games::quadratic<double, 2, 1>>();
    all_rules.operator()<saddle::games::quadratic<double, 2, 2>>();
  }
  std::printf("%d triples: %d agree, %d do not, %d within 1 %% of a boundary or marginal\n", t.triples, t.agreed,
              t.undecided, t.in_band);
  EXPECT_GE(t.agreed, 0.999 * (t.triples - t.in_band));
  // The band must not swallow the test.
  EXPECT_GE(t.triples - t.in_band, 80000);
}

} // namespace
} // namespace saddle_test
