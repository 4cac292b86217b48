// What the theory says of consensus optimisation.
#include <saddle/dynamics/consensus.hpp>

#include <saddle/dynamics/predictive.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/games/quadratic.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_consensus {
namespace {

constexpr saddle::dynamics::consensus rule;

template <class T> class consensus : public ::testing::Test {};
TYPED_TEST_SUITE(consensus, scalars);

// Jᵀ = −J on a bilinear game, so F(z) + γJᵀF(z) = F(z − γF(z)): with one γ the two rules are one.
TYPED_TEST(consensus, is_predictive_on_bilinear_games) {
  using T = TypeParam;
  using Z = saddle::point<T, 3, 2>;
  random_source random(34);
  for (int k = 0; k < 20; ++k) {
    const auto game = random_game<saddle::games::bilinear<T, 3, 2>>(random);
    const Z z = random_point<Z>(random);
    const typename Z::step eta(T(0.125), T(0.25));
    const auto c = saddle::run(rule, game, {.eta = eta, .gamma = T(0.5)}, z, 30);
    const auto p = saddle::run(saddle::dynamics::predictive{}, game, {.eta = eta, .gamma = T(0.5)}, z, 30);
    EXPECT_LE(saddle::norm(c.z() - p.z()), T(30 * 4 * 5) * saddle::epsilon<T> * saddle::norm(z));
  }
  // On others they differ.
  const auto game = random_game<saddle::games::quadratic<T, 3, 2>>(random);
  const Z z = random_point<Z>(random);
  const auto c = saddle::run(rule, game, {.eta = T(0.125), .gamma = T(0.5)}, z, 1);
  const auto p = saddle::run(saddle::dynamics::predictive{}, game, {.eta = T(0.125), .gamma = T(0.5)}, z, 1);
  EXPECT_GT(saddle::norm(c.z() - p.z()), T(1e-3));
}

TYPED_TEST(consensus, without_weight_is_simultaneous) {
  using T = TypeParam;
  using Z = saddle::point<T, 2, 3>;
  random_source random(35);
  const auto game = random_game<saddle::games::quadratic<T, 2, 3>>(random);
  const Z z = random_point<Z>(random);
  const auto c = saddle::run(rule, game, {.eta = T(0.125), .gamma = T(0)}, z, 10);
  const auto s = saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = T(0.125)}, z, 10);
  EXPECT_TRUE(same_bits(c.z(), s.z()));
}

// Stable iff η < 2γ/(1 + γ²σ²).
TYPED_TEST(consensus, is_stable_up_to_the_exact_step) {
  using T = TypeParam;
  const saddle::games::bilinear<T, 1, 1> game{{{T(2)}}};
  const saddle::point<T, 1, 1> z{{{T(1)}}, {{T(0.5)}}};
  const saddle::limits<T> stop{.tolerance = T(1e-4), .cap = 100000, .divergence = T(100)};
  const T edge = T(0.5) / T(1.25), gamma = T(0.25);
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(0.99) * edge, .gamma = gamma}, z, stop).status,
            saddle::status::converged);
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(1.01) * edge, .gamma = gamma}, z, stop).status,
            saddle::status::diverged);
}

/// U = θ²ω/2 + θω: a user's game that only has a field.
struct only_a_field {
  template <class L> constexpr saddle::point<L, 1, 1> field(const saddle::point<L, 1, 1>& z) const noexcept {
    const L& x = z.theta[0];
    const L& y = z.omega[0];
    return {{{x * y + y}}, {{-(x * x * broadcast<L>(scalar_t<L>(0.5)) + x)}}};
  }
};

// JᵀF = ∇½‖F‖², by hand: J = [y, x+1; −(x+1), 0].
TYPED_TEST(consensus, differentiates_a_game_that_only_has_a_field) {
  using T = TypeParam;
  const saddle::point<T, 1, 1> z{{{T(0.5)}}, {{T(0.75)}}};
  const T x = z.theta[0], y = z.omega[0], fx = x * y + y, fy = -(x * x / 2 + x);
  const auto r = saddle::run(rule, only_a_field{}, {.eta = T(0.125), .gamma = T(0.5)}, z, 1);
  EXPECT_NEAR(r.z().theta[0], x - T(0.125) * (fx + T(0.5) * (y * fx - (x + 1) * fy)), 8 * saddle::epsilon<T>);
  EXPECT_NEAR(r.z().omega[0], y - T(0.125) * (fy + T(0.5) * (x + 1) * fx), 8 * saddle::epsilon<T>);
}

} // namespace
} // namespace saddle_test::test_consensus
