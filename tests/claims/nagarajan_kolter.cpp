// Nagarajan & Kolter 2017 (Gradient descent GAN optimization is locally stable): eigenvalue bounds, the regulariser, the
// toy whose orbits it turns into spirals.
#include <cmath>

#include <saddle/dynamics/gradient_penalty.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/linear_quadratic_gan.hpp>
#include <saddle/games/uniform_gan.hpp>
#include <saddle/spectral/singular_values.hpp>
#include <saddle/spectral/symmetric_part.hpp>
#include <saddle/stability/rate.hpp>
#include <saddle/stability/theory/gan.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_nagarajan_kolter {
namespace {

namespace theory = saddle::theory;
using saddle::dynamics::gradient_penalty;
using saddle::games::gan_loss;
using saddle::games::uniform_gan;
using plane = saddle::point<double, 1, 1>;
constexpr double eps = saddle::epsilon<double>;

/// J = [0 Pᵀ; −P Q] with a random Q ≻ 0 of size Q and P of full column rank; the extremes the bounds are made of.
template <std::size_t P, std::size_t Q> struct instance {
  saddle::mat<double, Q, P> p;
  saddle::mat<double, Q, Q> q;
  double q_min, q_max, p_min, p_max;

  explicit instance(random_source& random)
      : p(random.uniform(0.1, 2.0) * random.fill<saddle::mat<double, Q, P>>(-1, 1)) {
    const auto root = random.fill<saddle::mat<double, Q, Q>>(-1, 1);
    q = random.uniform(0.05, 4.0) * (root * transpose(root)) + 0.01 * saddle::identity<double, Q>();
    const auto range = saddle::symmetric_part(q);
    const auto s = saddle::singular_values(p).values;
    q_min = range.smallest, q_max = range.largest, p_min = s[P - 1] * s[P - 1], p_max = s[0] * s[0];
  }
  saddle::linearised<saddle::point<double, P, Q>> game() const {
    saddle::linearised<saddle::point<double, P, Q>> r{saddle::zero_matrix<double, P + Q, P + Q>()};
    for (std::size_t i = 0; i < Q; ++i) {
      for (std::size_t k = 0; k < P; ++k) {
        r.J(P + i, k) = -p(i, k);
        r.J(k, P + i) = p(i, k);
      }
      for (std::size_t k = 0; k < Q; ++k) r.J(P + i, P + k) = q(i, k);
    }
    return r;
  }
};

template <std::size_t N>
void expect_inside(const saddle::mat<double, N, N>& j, const theory::spectral_bounds<double>& b) {
  const auto s = saddle::eigenvalues(j);
  double size = 0;
  for (const double x : j.v) size += std::abs(x);
  // A pair that has just met is complex or real by rounding, √ε wide.
  const double slack = 16 * std::sqrt(eps) * size;
  for (std::size_t i = 0; i < N; ++i) {
    if (std::abs(s.im[i]) > slack) {
      EXPECT_GE(s.re[i], b.complex_low - slack);
      EXPECT_LE(s.re[i], b.complex_high + slack);
    } else {
      EXPECT_GE(s.re[i], std::min(b.real_low, b.complex_low) - slack);
    }
  }
}

/// J of the regularised game: (I − T)/h, T the iteration matrix of the rule.
template <class Z> auto regularised(const saddle::linearised<Z>& game, double gamma) {
  const auto t = saddle::iteration_matrix(gradient_penalty{}, game, {.eta = 1.0, .gamma = {gamma, 0.0}});
  return saddle::identity<double, Z::size>() - t;
}

// The lemma on the eigenvalues of J, on 10⁴ random instances, and the regularised J with Q + 2γPPᵀ in the place of Q.
template <std::size_t P, std::size_t Q> void bounds_hold(std::uint64_t seed) {
  random_source random(seed);
  for (int k = 0; k < 2500; ++k) {
    const instance<P, Q> one(random);
    const auto game = one.game();
    expect_inside(game.J, theory::discriminator_bounds(one.q_min, one.q_max, one.p_min));
    // Far beyond the published range 1/(2λmax(Q)), too.
    const double gamma = random.uniform(0.0, 4.0) * theory::regulariser_limit_published(one.q_max);
    expect_inside(regularised(game, gamma),
                  theory::regularised_bounds(one.q_min, one.q_max, one.p_min, one.p_max, gamma));
  }
}
TEST(nagarajan_kolter, eigenvalue_bounds_1x1) { bounds_hold<1, 1>(101); }
TEST(nagarajan_kolter, eigenvalue_bounds_1x2) { bounds_hold<1, 2>(102); }
TEST(nagarajan_kolter, eigenvalue_bounds_2x2) { bounds_hold<2, 2>(103); }
TEST(nagarajan_kolter, eigenvalue_bounds_2x4) { bounds_hold<2, 4>(104); }

// The toy: J of the Wasserstein game at (a, w) = (1, 0) is [8γ/9 2/3; −2/3 0] for θ before ω, with eigenvalues
// 4γ/9 ± i√(4/9 − 16γ²/81); the saturating one has 1/10 in the corner of w and 2γ/9 in that of a.
TEST(nagarajan_kolter, jacobians_of_the_toy) {
  const uniform_gan<double, gan_loss::wasserstein> wasserstein{};
  const uniform_gan<double> saturating{};
  for (const double gamma : {0.0, 0.25, 0.5, 1.0}) {
    const auto j = [&](const auto& game) {
      return regularised(saddle::linearised<plane>{saddle::jacobian(game, game.equilibrium().z)}, gamma);
    };
    const auto w = j(wasserstein), s = j(saturating);
    const double expected_w[] = {8 * gamma / 9, -2.0 / 3, 2.0 / 3, 0};
    // −(1 − γ/5)/3 in the row of the generator: its own curvature takes some of the coupling away.
    const double expected_s[] = {2 * gamma / 9, -(1 - gamma / 5) / 3, 1.0 / 3, 0.1};
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(w.v[i], expected_w[i], 32 * eps) << i;
      EXPECT_NEAR(s.v[i], expected_s[i], 32 * eps) << i;
    }
  }
  const auto e = saddle::eigenvalues(saddle::jacobian(saturating, saturating.equilibrium().z));
  EXPECT_NEAR(e.re[0], 0.05, 32 * eps);
  EXPECT_NEAR(std::abs(e.im[0]), std::sqrt(1.0 / 9 - 0.0025), 32 * eps);
}

// γ = 0: the Wasserstein flow conserves w² + a²/2 − log a, so its orbits are closed.
TEST(nagarajan_kolter, the_flow_of_the_toy_conserves_an_energy) {
  const uniform_gan<double, gan_loss::wasserstein> game{};
  random_source random(105);
  for (int k = 0; k < 1000; ++k) {
    const plane z{{random.uniform(0.2, 2.0)}, {random.uniform(-1.0, 1.0)}};
    const plane f = game.field(z);
    const double a = z.theta[0], w = z.omega[0];
    EXPECT_NEAR(f.theta[0] * (a - 1 / a) + f.omega[0] * 2 * w, 0, 64 * eps);
  }
}

// From (w, a) = (0.3, 1.2): orbits without the regulariser, spirals into the equilibrium with it.
TEST(nagarajan_kolter, the_regulariser_makes_the_toy_converge) {
  const uniform_gan<double, gan_loss::wasserstein> game{};
  const plane start{{1.2}, {0.3}};
  const auto distance = [&](double gamma) {
    const auto z = saddle::run(gradient_penalty{}, game, {.eta = 1e-3, .gamma = {gamma, 0.0}}, start, 40000).z();
    return std::hypot(z.theta[0] - 1, z.omega[0]);
  };
  // Forty units of time: without it, the distance of the start but for the drift of steps of 1e-3.
  EXPECT_GT(distance(0), 0.3);
  EXPECT_LT(distance(0.25), std::exp(-0.95 * 40 * 4 * 0.25 / 9));
  EXPECT_LT(distance(0.5), std::exp(-0.95 * 40 * 4 * 0.5 / 9));
  EXPECT_LT(distance(1), 1e-6);
}

// Discrete steps on a bilinear game: stable iff η < 2γ and 4ηγσ² < 4 + η²σ², from either side of both.
TEST(nagarajan_kolter, step_limits_on_bilinear_games) {
  random_source random(106);
  int stable = 0;
  for (int k = 0; k < 5000; ++k) {
    const double sigma = random.uniform(0.2, 3.0), eta = random.uniform(0.01, 2.0), gamma = random.uniform(0.01, 2.0);
    const saddle::games::bilinear<double, 1, 1> game{{{sigma}}};
    const auto c = saddle::rate(gradient_penalty{}, game, {.eta = eta, .gamma = {gamma, 0.0}});
    if (std::abs(c.rate - 1) < 1e-6) continue;
    EXPECT_EQ(c.rate < 1, theory::gradient_penalty_converges(eta, gamma, sigma)) << eta << ' ' << gamma << ' ' << sigma;
    stable += c.rate < 1;
  }
  EXPECT_GT(stable, 500);
  EXPECT_LT(stable, 4500);
}

// The linear-quadratic GAN: the Wasserstein one is skew at its equilibrium and converges through the regulariser alone; the
// saturating one is damped along w₂ and w₁ by itself.
TEST(nagarajan_kolter, linear_quadratic_gans) {
  const saddle::games::linear_quadratic_gan<double, gan_loss::wasserstein> w{.mean = 0.5, .deviation = 0.8};
  const auto at = w.equilibrium().z;
  EXPECT_GT(saddle::rate(saddle::dynamics::simultaneous{}, w, at, {.eta = 0.05}).rate, 1);
  EXPECT_LT(saddle::rate(gradient_penalty{}, w, at, {.eta = 0.05, .gamma = {0.25, 0.0}}).rate, 1);
  const saddle::games::linear_quadratic_gan<double> s{.mean = 0.5, .deviation = 0.8};
  EXPECT_LT(saddle::rate(saddle::dynamics::simultaneous{}, s, at, {.eta = 0.05}).rate, 1);
  auto start = at;
  start.theta[0] += 0.2, start.theta[1] -= 0.1;
  const auto r = saddle::run(gradient_penalty{}, w, {.eta = 0.05, .gamma = {0.25, 0.0}}, start, 20000);
  EXPECT_LT(saddle::norm(r.z() - at), 1e-6);
  EXPECT_LT(saddle::norm(saddle::run(saddle::dynamics::simultaneous{}, s, {.eta = 0.2}, start, 20000).z() - at), 1e-3);
}

} // namespace
} // namespace saddle_test::test_nagarajan_kolter
