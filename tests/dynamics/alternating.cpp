// What the theory says of alternating gradient descent-ascent.
#include <saddle/dynamics/alternating.hpp>

#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_alternating {
namespace {

constexpr saddle::dynamics::alternating rule;

template <class T> class alternating : public ::testing::Test {};
TYPED_TEST_SUITE(alternating, scalars);

template <class T, std::size_t P, std::size_t Q>
real conserved(const saddle::games::bilinear<T, P, Q>& game, const saddle::point<T, P, Q>& z, const T (&eta)[2]) {
  const column theta = as_column(z.theta), omega = as_column(z.omega), c_omega = dense::from(game.C) * omega;
  real r = norm(theta) * norm(theta) / eta[0] + norm(omega) * norm(omega) / eta[1];
  for (std::size_t i = 0; i < P; ++i) r -= theta[i] * c_omega[i];
  return r;
}

// ‖θ‖²/ηθ + ‖ω‖²/ηω − θᵀCω. The minus belongs to the order: θ moves first.
TYPED_TEST(alternating, a_bilinear_game_conserves_its_energy) {
  using T = TypeParam;
  constexpr std::size_t p = 3, q = 2;
  random_source random(32);
  const T eta[] = {T(0.5), T(0.25)};
  for (int k = 0; k < 20; ++k) {
    const saddle::games::bilinear<T, p, q> game{random.fill<saddle::mat<T, p, q>>(-1, 1)};
    const auto z = random_point<saddle::point<T, p, q>>(random);
    ASSERT_LT(eta[0] * eta[1] * squared_singular_values(dense::from(game.C))[0], 2);
    const real before = conserved(game, z, eta);
    for (const std::uint64_t steps : {1u, 10u, 1000u}) {
      const auto r = saddle::run(rule, game, {.eta = {eta[0], eta[1]}}, z, steps);
      EXPECT_LE(std::fabs(conserved(game, r.z(), eta) - before),
                static_cast<real>(steps) * 4 * (p + q) * saddle::epsilon<T> * before);
    }
  }
}

// Orbits are bounded iff ηθηωσ² < 4.
TYPED_TEST(alternating, a_bilinear_game_circles_or_diverges) {
  using T = TypeParam;
  const saddle::point<T, 1, 1> z{{{T(1)}}, {{T(0)}}};
  const saddle::games::bilinear<T, 1, 1> game{{{T(2)}}};
  const saddle::limits<T> stop{.tolerance = T(1e-3), .cap = 2000, .divergence = T(100)};
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(0.9)}, z, stop).status, saddle::status::not_converged);
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(1.1)}, z, stop).status, saddle::status::diverged);
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = {T(3.6), T(0.25)}}, z, stop).status, saddle::status::not_converged);
}

// The second player answers the first one's move.
TYPED_TEST(alternating, players_move_in_turn) {
  using T = TypeParam;
  const saddle::games::bilinear<T, 1, 1> game{{{T(2)}}};
  const auto r = saddle::run(rule, game, {.eta = {T(0.5), T(0.25)}}, saddle::point<T, 1, 1>{{{T(3)}}, {{T(1)}}}, 1);
  EXPECT_EQ(r.z().theta[0], T(3) - T(0.5) * T(2) * T(1));
  EXPECT_EQ(r.z().omega[0], T(1) + T(0.25) * T(2) * T(2));
}

} // namespace
} // namespace saddle_test::test_alternating
