// Mescheder, Nowozin, Geiger 2017 (The Numerics of GANs) and Mescheder, Geiger, Nowozin 2018 (Which Training Methods for
// GANs do actually Converge?): the step lemma, what consensus does to eigenvalues, and the Dirac-GAN.
#include <cmath>

#include <saddle/dynamics/alternating.hpp>
#include <saddle/dynamics/consensus.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/projected.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/dirac_gan.hpp>
#include <saddle/games/noisy_dirac_gan.hpp>
#include <saddle/games/quadratic.hpp>
#include <saddle/spectral/singular_values.hpp>
#include <saddle/stability/rate.hpp>
#include <saddle/stability/theory/gan.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_mescheder {
namespace {

namespace theory = saddle::theory;
using saddle::games::dirac_gan;
using saddle::games::gan_loss;
using plane = saddle::point<double, 1, 1>;
constexpr double eps = saddle::epsilon<double>;

// 2017: I + hJ contracts iff h is below 2|Re|/|λ|² for every eigenvalue. Both sides, on a vector of eigenvalues.
TEST(mescheder, the_step_lemma_is_exact) {
  using L = saddle::native_lane<double>;
  random_source random(91);
  for (int k = 0; k < 2000; ++k) {
    const auto mu = random.fill<saddle::mode<L>>(0, 0); // shape only
    saddle::mode<L> at = mu;
    for (std::size_t i = 0; i < width<L>; ++i) {
      insert(at.re, i, std::exp(random.uniform(-3.0, 3.0)));
      insert(at.im, i, random.uniform(-20.0, 20.0));
    }
    const L h = saddle::theory::largest_step(at);
    const auto inside = saddle::growth(saddle::dynamics::simultaneous{}, at, {.eta = broadcast<L>(0.999) * h}).of[0];
    const auto outside = saddle::growth(saddle::dynamics::simultaneous{}, at, {.eta = broadcast<L>(1.001) * h}).of[0];
    EXPECT_TRUE(all(dot(inside, inside) < broadcast<L>(1)));
    EXPECT_TRUE(all(dot(outside, outside) > broadcast<L>(1)));
  }
}

// 2 Re μ/|μ|² commutes with powers of two over the whole range, where |μ|² does not; nothing needs no step.
TEST(mescheder, the_step_limit_scales_with_the_game) {
  for (const saddle::mode<double> mu : {saddle::mode<double>{0.3, 1.7}, {2.5, -0.01}, {-1.0, 4.0}, {1.0, 0.0}}) {
    const double h = saddle::theory::largest_step(mu);
    EXPECT_NEAR(h, 2 * mu.re / (mu.re * mu.re + mu.im * mu.im), 4 * saddle::epsilon<double> * std::abs(h));
    for (const int k : {-1000, -600, 600, 1000}) {
      const saddle::mode<double> far{std::ldexp(mu.re, k), std::ldexp(mu.im, k)};
      EXPECT_EQ(saddle::theory::largest_step(far), std::ldexp(h, -k)) << k;
    }
  }
  EXPECT_EQ(saddle::theory::largest_step(saddle::mode<double>{0, 0}), 0);
}

// 2017: the regulariser turns eigenvalues away from the imaginary axis. |Im/Re| stays below ‖J − Jᵀ‖/(2γσmin²), and
// falls with γ; the published form is broken by games with a large skew part.
TEST(mescheder, consensus_bounds_the_ratio_of_imaginary_to_real_parts) {
  random_source random(92);
  int broken = 0;
  for (int k = 0; k < 1000; ++k) {
    auto game = random_game<saddle::games::quadratic<double, 2, 2>>(random);
    game.C = 3.0 * game.C;
    const auto j = game.jacobian();
    const double smallest = saddle::singular_values(j).values[3];
    const double skew = saddle::singular_values(j - transpose(j)).values[0];
    double before = std::numeric_limits<double>::infinity();
    for (const double gamma : {0.01, 1.0, 100.0}) {
      const auto s = saddle::eigenvalues(j + gamma * (transpose(j) * j));
      double ratio = 0;
      for (std::size_t i = 0; i < 4; ++i) ratio = std::max(ratio, std::abs(s.im[i]) / s.re[i]);
      EXPECT_LE(ratio, theory::consensus_ratio(gamma, smallest, skew) * (1 + 1e-9));
      if (ratio > theory::consensus_ratio_published(gamma, smallest, 0.0)) ++broken;
      EXPECT_LE(ratio, before * 1.001 + 1e-9); // over factors of 100 in γ it falls, though not monotonically
      before = ratio;
    }
  }
  EXPECT_GT(broken, 100);
}

// 2018: the eigenvalues at the equilibrium.
TEST(mescheder, eigenvalues_of_the_dirac_gan) {
  const auto expect = [](const auto& game, double re, double im, double tolerance = 8 * eps) {
    const auto s = saddle::eigenvalues(saddle::jacobian(game, plane{}));
    EXPECT_NEAR(s.re[0], re, tolerance);
    EXPECT_NEAR(std::abs(s.im[0]), im, tolerance);
  };
  expect(dirac_gan<double>{}, 0, 0.5);
  expect(dirac_gan<double, gan_loss::non_saturating>{}, 0, 0.5);
  expect(dirac_gan<double, gan_loss::wasserstein>{}, 0, 1);
  expect(dirac_gan<double>{.r1 = 0.3}, 0.15, std::sqrt(0.25 - 0.0225));
  expect(dirac_gan<double>{.r1 = 1}, 0.5, 0, 2 * std::sqrt(eps)); // the critical γ = 2f'(0): a double eigenvalue
  for (const double noise : {0.25, 0.7, 1.0}) {
    const double damping = noise * noise / 4; // −f''(0)s²
    expect(saddle::games::noisy_dirac_gan<double>{noise}, damping, std::sqrt(0.25 - damping * damping), 64 * eps);
  }
  // Consensus with weight γ: γf'² ± if', as the iteration matrix 1 − h(…) shows.
  const double h = 0.125, gamma = 0.8;
  const auto c = saddle::rate(saddle::dynamics::consensus{}, dirac_gan<double>{}, plane{}, {.eta = h, .gamma = gamma});
  EXPECT_NEAR(c.re, 1 - h * gamma / 4, 8 * eps);
  EXPECT_NEAR(c.im, h / 2, 8 * eps);
}

/// ‖(θ, ω)‖ after 500 steps of h = 0.2 from (1, 1).
template <class Rule, class G, class P> double end_of(Rule rule, const G& game, const P& p) {
  return saddle::norm(saddle::run(rule, game, p, plane{{1}, {1}}, 500).z());
}

// The runs of the authors' notebook, to the digits in print: simultaneous, then alternating with the generator first.
TEST(mescheder, runs_of_the_notebook) {
  const auto expect = [](const auto& game, double simultaneous, double alternating, double digit) {
    EXPECT_NEAR(end_of(saddle::dynamics::simultaneous{}, game, saddle::eta_parameter<plane::step>{0.2}), simultaneous,
                digit / 2);
    EXPECT_NEAR(end_of(saddle::dynamics::alternating{}, game, saddle::eta_parameter<plane::step>{0.2}), alternating,
                digit / 2);
  };
  expect(dirac_gan<double>{}, 3.097, 1.421, 1e-3);
  expect(dirac_gan<double, gan_loss::non_saturating>{}, 0.640, 0.284, 1e-3);
  expect(dirac_gan<double, gan_loss::wasserstein>{.penalty = 0.7}, 1.80, 1.22, 1e-2);
  const auto of_size = [](double found, double printed) { EXPECT_NEAR(found / printed, 1, 0.05); };
  const auto small = [&](const auto& game, double simultaneous, double alternating) {
    of_size(end_of(saddle::dynamics::simultaneous{}, game, saddle::eta_parameter<plane::step>{0.2}), simultaneous);
    of_size(end_of(saddle::dynamics::alternating{}, game, saddle::eta_parameter<plane::step>{0.2}), alternating);
  };
  small(dirac_gan<double>{.r1 = 0.3}, 2.6e-6, 2.3e-7);
  small(dirac_gan<double>{.r1 = 1}, 9.5e-22, 7.5e-17);
  small(dirac_gan<double, gan_loss::non_saturating>{.r1 = 0.3}, 2.2e-6, 1.5e-7);
  of_size(
      end_of(saddle::dynamics::consensus{}, dirac_gan<double>{}, saddle::eta_gamma_parameters<plane::step>{0.2, 1.0}),
      2.6e-10);
}

// Clipping the critic to [−1, 1] keeps the Wasserstein game bounded and never lets it rest: a limit cycle.
TEST(mescheder, clipping_leaves_a_limit_cycle) {
  const dirac_gan<double, gan_loss::wasserstein> game{};
  const auto clip = saddle::projections::box<plane::step>::of_player(1, -1, 1);
  using sgd = saddle::projected<saddle::dynamics::simultaneous>;
  using alternating = saddle::projected<saddle::dynamics::alternating>;
  EXPECT_NEAR(end_of(sgd{}, game, sgd::parameters<plane::step>{{0.2}, clip}), 1.002, 5e-4);
  EXPECT_NEAR(end_of(alternating{}, game, alternating::parameters<plane::step>{{0.2}, clip}), 1.024, 5e-4);
  // After a long time it still goes round at the same distance, with the critic at its bound once a turn.
  double nearest = 1e9, farthest = 0, critic = 0;
  saddle::run(sgd{}, game, {.rule = {0.2}, .set = clip}, plane{{1}, {1}}, 20000, [&](std::uint64_t k, const plane& z) {
    if (k < 10000) return;
    nearest = std::min(nearest, saddle::norm(z));
    farthest = std::max(farthest, saddle::norm(z));
    critic = std::max(critic, std::abs(z.omega[0]));
  });
  EXPECT_GT(nearest, 0.9);
  EXPECT_LT(farthest, 1.5);
  EXPECT_EQ(critic, 1);
}

// The regularised ones converge, from where the others circle.
TEST(mescheder, noise_converges_where_the_plain_game_circles) {
  const saddle::games::noisy_dirac_gan<double> noisy{0.7};
  EXPECT_LT(end_of(saddle::dynamics::simultaneous{}, noisy, saddle::eta_parameter<plane::step>{0.2}), 1e-3);
  EXPECT_GT(end_of(saddle::dynamics::simultaneous{}, dirac_gan<double>{}, saddle::eta_parameter<plane::step>{0.2}), 3);
}

// No h makes simultaneous steps contract: ρ = √(1 + h²f'²). Alternating ones stay on the circle while h f' ≤ 2.
TEST(mescheder, the_plain_game_converges_for_no_step) {
  for (const double h : {0.01, 0.1, 1.0, 3.0}) {
    EXPECT_NEAR(saddle::rate(saddle::dynamics::simultaneous{}, dirac_gan<double>{}, plane{}, {.eta = h}).rate,
                std::sqrt(1 + h * h / 4), 16 * eps * (1 + h));
    EXPECT_NEAR(saddle::rate(saddle::dynamics::alternating{}, dirac_gan<double>{}, plane{}, {.eta = h}).rate, 1,
                64 * eps);
  }
  EXPECT_GT(saddle::rate(saddle::dynamics::alternating{}, dirac_gan<double>{}, plane{}, {.eta = 4.01}).rate, 1.01);
}

// Several steps of one player against a resting other one add up on a bilinear game: n steps of h are one of nh.
TEST(mescheder, several_steps_of_a_player_count_as_a_longer_one) {
  random_source random(93);
  for (int k = 0; k < 300; ++k) {
    const int generator = random.integer(1, 4), critic = random.integer(1, 6);
    const double h = random.uniform(0.05, 1.5), sigma = random.uniform(0.2, 2.0);
    const saddle::games::bilinear<double, 1, 1> game{{{sigma}}};
    const auto c = saddle::rate(saddle::dynamics::alternating{}, game, {.eta = {generator * h, critic * h}});
    if (std::abs(generator * critic * h * h * sigma * sigma - 4) < 1e-3) continue;
    EXPECT_EQ(c.rate < 1 + 1e-9, theory::alternating_bounded(generator, critic, h, sigma));
  }
}

// R1: both limits, from either side; alternating is the tighter one where the penalty is strong.
TEST(mescheder, step_limits_of_r1) {
  for (const double gamma : {0.1, 0.5, 0.9, 1.0, 1.5, 4.0}) {
    const dirac_gan<double> game{.r1 = gamma};
    const auto rate = [&](auto rule, double h) { return saddle::rate(rule, game, plane{}, {.eta = h}).rate; };
    const double together = theory::dirac_r1_step(gamma, 0.5), in_turn = theory::dirac_r1_step_alternating(gamma, 0.5);
    EXPECT_LT(rate(saddle::dynamics::simultaneous{}, 0.999 * together), 1) << gamma;
    EXPECT_GT(rate(saddle::dynamics::simultaneous{}, 1.001 * together), 1) << gamma;
    EXPECT_LT(rate(saddle::dynamics::alternating{}, 0.999 * in_turn), 1) << gamma;
    EXPECT_GT(rate(saddle::dynamics::alternating{}, 1.001 * in_turn), 1) << gamma;
  }
  EXPECT_NEAR(theory::dirac_r1_step(1.0, 0.5), 4, 16 * eps);
  EXPECT_NEAR(theory::dirac_r1_step_alternating(1.0, 0.5), 1.657, 5e-4);
}

// The non-saturating game: simultaneous steps settle on a ring of radius √(2h), alternating ones creep inwards as √(8/hn).
TEST(mescheder, rings_of_the_non_saturating_game) {
  const dirac_gan<double, gan_loss::non_saturating> game{};
  for (const double h : {0.1, 0.05, 0.025}) {
    const auto n = static_cast<std::uint64_t>(4000 / h);
    const auto ring = saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = h}, plane{{1}, {1}}, n).z();
    EXPECT_NEAR(saddle::norm(ring) / std::sqrt(2 * h), 1, h); // corrections are of the order of h
    const auto inner = saddle::run(saddle::dynamics::alternating{}, game, {.eta = h}, plane{{1}, {1}}, n).z();
    EXPECT_NEAR(saddle::norm(inner) / std::sqrt(8 / (h * static_cast<double>(n))), 1, 0.05);
  }
}

} // namespace
} // namespace saddle_test::test_mescheder
