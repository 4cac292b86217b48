// What the theory says of gradient descent-ascent with the regulariser of Nagarajan & Kolter.
#include <saddle/dynamics/gradient_penalty.hpp>

#include <saddle/dynamics/consensus.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/games/quadratic.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_gradient_penalty {
namespace {

constexpr saddle::dynamics::gradient_penalty rule;

template <class T> class gradient_penalty : public ::testing::Test {};
TYPED_TEST_SUITE(gradient_penalty, scalars);

TYPED_TEST(gradient_penalty, without_weight_is_simultaneous) {
  using T = TypeParam;
  using Z = saddle::point<T, 2, 3>;
  random_source random(36);
  const auto game = random_game<saddle::games::quadratic<T, 2, 3>>(random);
  const Z z = random_point<Z>(random);
  const auto g = saddle::run(rule, game, {.eta = T(0.125), .gamma = T(0)}, z, 10);
  const auto s = saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = T(0.125)}, z, 10);
  EXPECT_TRUE(same_bits(g.z(), s.z()));
}

// A bilinear game has no curvature of its own, so the other player's gradient is all of JᵀF: consensus with twice the γ.
TYPED_TEST(gradient_penalty, of_both_players_is_consensus_on_bilinear_games) {
  using T = TypeParam;
  using Z = saddle::point<T, 3, 2>;
  random_source random(37);
  const auto game = random_game<saddle::games::bilinear<T, 3, 2>>(random);
  const Z z = random_point<Z>(random);
  const auto g = saddle::run(rule, game, {.eta = T(0.125), .gamma = T(0.25)}, z, 30);
  const auto c = saddle::run(saddle::dynamics::consensus{}, game, {.eta = T(0.125), .gamma = T(0.5)}, z, 30);
  EXPECT_LE(saddle::norm(g.z() - c.z()), T(30 * 4 * 5) * saddle::epsilon<T> * saddle::norm(z));
}

/// U = θ²ω/2 + θω: a user's game that only has a field.
struct only_a_field {
  template <class L> constexpr saddle::point<L, 1, 1> field(const saddle::point<L, 1, 1>& z) const noexcept {
    const L& x = z.theta[0];
    const L& y = z.omega[0];
    return {{{x * y + y}}, {{-(x * x * broadcast<L>(scalar_t<L>(0.5)) + x)}}};
  }
};

// ∇θ‖∇ωU‖² = 2(x²/2 + x)(x + 1) and ∇ω‖∇θU‖² = 2y(x + 1)², by hand; the coefficient has no ½.
TYPED_TEST(gradient_penalty, multiplies_the_squared_norm_itself) {
  using T = TypeParam;
  const saddle::point<T, 1, 1> z{{{T(0.5)}}, {{T(0.75)}}};
  const T x = z.theta[0], y = z.omega[0], steep = x * x / 2 + x, h = T(0.125);
  const auto one = saddle::run(rule, only_a_field{}, {.eta = h, .gamma = {T(0.5), T(0)}}, z, 1).z();
  EXPECT_NEAR(one.theta[0], x - h * (x * y + y + T(0.5) * 2 * steep * (x + 1)), 8 * saddle::epsilon<T>);
  EXPECT_NEAR(one.omega[0], y + h * steep, 8 * saddle::epsilon<T>);
  const auto both = saddle::run(rule, only_a_field{}, {.eta = h, .gamma = T(0.5)}, z, 1).z();
  EXPECT_NEAR(both.omega[0], y - h * (-steep + T(0.5) * 2 * y * (x + 1) * (x + 1)), 8 * saddle::epsilon<T>);
}

// With γ = {γ, 0}: stable iff η < 2γ, and 4ηγσ² < 4 + η²σ².
TYPED_TEST(gradient_penalty, is_stable_up_to_the_exact_step) {
  using T = TypeParam;
  const saddle::games::bilinear<T, 1, 1> game{{{T(2)}}};
  const saddle::point<T, 1, 1> z{{{T(1)}}, {{T(0.5)}}};
  const saddle::limits<T> stop{.tolerance = T(1e-4), .cap = 100000, .divergence = T(100)};
  const saddle::step_sizes<T, 2> gamma(T(0.125), T(0));
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(0.24), .gamma = gamma}, z, stop).status, saddle::status::converged);
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(0.26), .gamma = gamma}, z, stop).status, saddle::status::diverged);
}

} // namespace
} // namespace saddle_test::test_gradient_penalty
