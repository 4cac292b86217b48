// Prediction against simulation on 10⁵ random (game, rule, step) triples; on a tenth where a target is there for its lanes.
#include <saddle/saddle.hpp>

#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "support/games.hpp"

namespace saddle_test::test_agreement {
namespace {

struct tally {
  int triples = 0, agreed = 0, disagreed = 0, in_band = 0, slow = 0;
};

/// −1 when ‖F‖ ends far below where it began, +1 far above; 0 when neither happens in the steps given.
template <class Rule, class G, class Parameters>
int simulated_outcome(const G& game, const Parameters& p, random_source& random) {
  using Z = typename G::point_type;
  auto s = saddle::start(Rule{}, game, random_point<Z>(random));
  const double first = saddle::norm(game.field(s.z));
  for (int k = 0; k < 4000; ++k) {
    s = saddle::run(Rule{}, game, p, s, 16).next;
    const double now = saddle::norm(game.field(s.z));
    // Far enough that no transient of a matrix of this size gets there.
    if (now < 1e-8 * first) return -1;
    if (!(now < 1e8 * first)) return 1;
  }
  return 0;
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
    // A factor this near to 1 needs more steps than a test can pay for: counted, and kept few.
    if (std::abs(c.rate - 1) < 1e-3) {
      ++t.slow;
      continue;
    }
    saddle::parameters_t<Rule, Z> p;
    saddle::walk([&](double& x) { x = eta; }, p);
    const int outcome = simulated_outcome<Rule>(game, p, random);
    if (outcome == (c.rate < 1 ? -1 : 1)) {
      ++t.agreed;
    } else {
      ++t.disagreed;
      std::printf("%s %zux%zu: eta %.17g, predicted rate %.17g, simulated %+d\n", name, Z::p, Z::q, eta, c.rate,
                  outcome);
    }
  }
}

TEST(prediction, agrees_with_simulation) {
  random_source random(1000);
  tally t;
  const auto all_rules = [&]<class G>() {
    saddle::registry::all_dynamics::each(
        [&]<class Rule>(saddle::registry::rule<Rule> entry) { compare<Rule, G>(entry.name, random, t); });
  };
  constexpr int enough = this_tier >= tier::host ? 100000 : 10000;
  while (t.triples < enough) {
    all_rules.operator()<saddle::games::bilinear<double, 1, 1>>();
    all_rules.operator()<saddle::games::bilinear<double, 2, 2>>();
    all_rules.operator()<saddle::games::quadratic<double, 1, 1>>();
    all_rules.operator()<saddle::games::quadratic<double, 2, 1>>();
    all_rules.operator()<saddle::games::quadratic<double, 2, 2>>();
  }
  std::printf("%d triples: %d agree, %d do not, %d within 1 %% of a boundary or marginal, %d within 0.001 of 1\n",
              t.triples, t.agreed, t.disagreed, t.in_band, t.slow);
  EXPECT_GE(t.agreed, 0.999 * (t.agreed + t.disagreed));
  // What is left out must not swallow the test.
  EXPECT_GE(t.agreed + t.disagreed, 0.85 * t.triples);
}

} // namespace
} // namespace saddle_test::test_agreement
