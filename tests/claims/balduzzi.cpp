// Balduzzi et al. 2020 (Smooth markets): what players expect and feel adds up, markets contract at any rates, and games
// that are almost markets do not.
#include <cmath>

#include <saddle/dynamics/consensus.hpp>
#include <saddle/dynamics/implicit.hpp>
#include <saddle/dynamics/optimistic.hpp>
#include <saddle/dynamics/predictive.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/polymatrix.hpp>
#include <saddle/stability/rate.hpp>
#include <saddle/stability/smooth_market.hpp>
#include <saddle/stability/theory/smooth_market.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_balduzzi {
namespace {

using market = saddle::games::polymatrix<double, 2, 3, 1>;
using joint = market::point_type;
constexpr double eps = saddle::epsilon<double>;

/// A market with sentiments of eigenvalues at most −`least`, and couplings of the size of `strength`.
market random_market(random_source& random, double least, double strength) {
  auto g = random.fill<market>(-strength, strength);
  const auto root = random.fill<saddle::mat<double, 6, 6>>(-0.5, 0.5);
  for (std::size_t i = 0; i < g.n; ++i)
    for (std::size_t k = 0; k < g.n; ++k) {
      if (g.owner(i) != g.owner(k)) continue;
      g.W(i, k) = i == k ? -least : 0;
      for (std::size_t m = 0; m < g.n; ++m) g.W(i, k) -= root(i, m) * root(k, m);
    }
  return g.pairwise_zero_sum();
}

// Legibility: on any way v the couplings cancel, so the market's feeling is the sum of the players'; and the aggregate
// profit is the sum of what each player makes alone.
TEST(balduzzi, markets_are_legible) {
  random_source random(111);
  for (int k = 0; k < 200; ++k) {
    const auto g = random_market(random, 0.1, 5);
    const auto w = random_point<joint>(random), v = random_point<joint>(random);
    const double whole = -dot(v, g.jvp(w, v));
    EXPECT_NEAR(whole, saddle::aggregate(saddle::sentiments(g, w, v)), 1000 * eps * (1 + std::abs(whole)));
    EXPECT_NEAR(saddle::aggregate(saddle::forecasts(g, w, v)), -dot(v, g.field(w)), 1000 * eps * (1 + saddle::norm(v)));
    market alone = g;
    for (std::size_t i = 0; i < g.n; ++i)
      for (std::size_t m = 0; m < g.n; ++m)
        if (g.owner(i) != g.owner(m)) alone.W(i, m) = 0;
    EXPECT_NEAR(saddle::aggregate(g.profits(w)), saddle::aggregate(alone.profits(w)), 2000 * eps);
  }
}

// Along the flow w' = Hξ, H = diag(ηᵢ): d/dt ½ξᵀHξ = Σ ηᵢ²ξᵢᵀW_iiξᵢ. The derivative is (Hξ)ᵀW(Hξ).
TEST(balduzzi, the_flow_loses_speed_by_the_players_own_sentiments) {
  random_source random(112);
  for (int k = 0; k < 200; ++k) {
    const auto g = random_market(random, 0.1, 5);
    const auto w = random_point<joint>(random);
    const saddle::step_sizes<double, 3> eta(random.uniform(0.01, 5.0), random.uniform(0.01, 5.0), 1.0);
    const joint way = eta * -g.field(w);
    const double change = -dot(way, g.jvp(w, way));
    const double felt = saddle::aggregate(saddle::sentiments(g, w, way));
    EXPECT_NEAR(change, felt, 4000 * eps * (1 + dot(way, way)));
    EXPECT_LT(felt, 0);
  }
}

// Negative sentiments: the flow is stable at any positive rates, whatever the couplings. The eigenvalues of HJ.
TEST(balduzzi, negative_sentiments_are_stable_at_any_rates) {
  random_source random(113);
  for (int k = 0; k < 300; ++k) {
    const auto g = random_market(random, 0.2, 10);
    auto j = g.jacobian();
    for (std::size_t i = 0; i < g.n; ++i) {
      const double rates[] = {1.0, 50.0, 0.02};
      for (std::size_t m = 0; m < g.n; ++m) j(i, m) *= rates[(g.owner(i) + static_cast<std::size_t>(k)) % 3];
    }
    const auto s = saddle::eigenvalues(j);
    for (std::size_t i = 0; i < g.n; ++i) EXPECT_GT(s.re[i], 0);
  }
}

// Discrete steps: inside 1 < 2μ/L² of the weighted Jacobian every step brings two trajectories together, in the norm of
// H⁻¹; and one at four times the window drives about a third of random pairs apart.
TEST(balduzzi, markets_contract_in_their_window) {
  random_source random(114);
  int apart = 0;
  for (int k = 0; k < 300; ++k) {
    const auto g = random_market(random, 0.5, 2);
    saddle::step_sizes<double, 3> rates(random.uniform(0.1, 1.0), random.uniform(0.1, 1.0), random.uniform(0.1, 1.0));
    const double window = saddle::theory::of_market(g, rates).window();
    const auto grown = [&](double share) {
      const saddle::step_sizes<double, 3> eta = share * window * rates;
      EXPECT_EQ(saddle::theory::of_market(g, eta).contracts(), share < 1);
      const auto a = random_point<joint>(random), b = random_point<joint>(random);
      const auto weighted = [&](const joint& d) {
        return std::sqrt(dot(d, saddle::step_sizes<double, 3>(1 / eta[0], 1 / eta[1], 1 / eta[2]) * d));
      };
      const auto next = [&](const joint& w) {
        return saddle::run(saddle::dynamics::simultaneous{}, g, {.eta = eta}, w, 1).z();
      };
      return weighted(next(a) - next(b)) / weighted(a - b);
    };
    EXPECT_LT(grown(0.98), 1);
    apart += grown(4) > 1;
  }
  EXPECT_GT(apart, 60);
  EXPECT_LT(apart, 240);
}

// A game of two players, each with a sentiment of −ε, whose couplings help both: eigenvalues ε ± δ, so it diverges for
// every δ > ε, however small; with one sign turned it is a market and converges.
TEST(balduzzi, a_game_that_is_almost_a_market_diverges) {
  using pair = saddle::games::polymatrix<double, 1, 1>;
  const saddle::players<double, 1, 1> start{{1}, {1}};
  for (const double e : {1e-3, 1e-2, 0.1}) {
    const double d = 1.5 * e;
    const pair almost{{{-e, d, d, -e}}, {{0}, {0}}}, truly = almost.pairwise_zero_sum();
    EXPECT_EQ(almost.imbalance(), 2 * d);
    EXPECT_EQ(truly.imbalance(), 0);
    const auto s = saddle::eigenvalues(almost.jacobian());
    EXPECT_NEAR(std::min(s.re[0], s.re[1]), e - d, 8 * eps);
    EXPECT_NEAR(std::max(s.re[0], s.re[1]), e + d, 8 * eps);
    for (const auto& felt : {saddle::sentiments(almost, start, start), saddle::sentiments(truly, start, start)}) {
      EXPECT_EQ(felt[0], -e);
      EXPECT_EQ(felt[1], -e);
    }
    const auto steps = static_cast<std::uint64_t>(20 / e);
    const auto away = saddle::run(saddle::dynamics::simultaneous{}, almost, {.eta = 0.5}, start, steps);
    const auto home = saddle::run(saddle::dynamics::simultaneous{}, truly, {.eta = 0.5}, start, steps);
    EXPECT_GT(saddle::norm(away.z()), 100);
    EXPECT_LT(saddle::norm(home.z()), 1e-3);
  }
}

// Every rule for equilibria runs on a market of three players, and contracts at the rate of its iteration matrix.
TEST(balduzzi, the_rules_converge_on_a_market_as_predicted) {
  random_source random(115);
  const auto g = random_market(random, 0.5, 2);
  const auto at = g.equilibrium().z;
  const double size = saddle::theory::of_market(g, 1.0).lipschitz;
  const auto check = [&](auto rule, const auto& p) {
    const auto c = saddle::rate(rule, g, at, p);
    ASSERT_LT(c.rate, 1) << rule.about.symbol;
    // The distance over a long stretch, after the start has lost its other modes.
    const auto early = saddle::run(rule, g, p, random_point<joint>(random), 200);
    const auto late = saddle::run(rule, g, p, early.next, 200);
    const double measured = std::pow(saddle::norm(late.z() - at) / saddle::norm(early.z() - at), 1.0 / 200);
    if (saddle::norm(late.z() - at) < 1e-13) return; // at rest: nothing left to measure
    EXPECT_NEAR(measured, c.rate, 0.01 * c.rate) << rule.about.symbol;
  };
  const saddle::step_sizes<double, 3> eta(0.2 / size, 0.1 / size, 0.05 / size);
  check(saddle::dynamics::simultaneous{}, saddle::eta_parameter<joint::step>{0.25 * eta});
  check(saddle::dynamics::optimistic{}, saddle::eta_parameter<joint::step>{eta});
  check(saddle::dynamics::implicit{}, saddle::eta_parameter<joint::step>{eta});
  check(saddle::dynamics::predictive{}, saddle::eta_gamma_parameters<joint::step>{eta, eta});
  check(saddle::dynamics::consensus{}, saddle::eta_gamma_parameters<joint::step>{eta, 0.5 / size});
}

} // namespace
} // namespace saddle_test::test_balduzzi
