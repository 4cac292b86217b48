// What the theory says of optimistic gradient descent-ascent.
#include <saddle/dynamics/optimistic.hpp>

#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_optimistic {
namespace {

constexpr saddle::dynamics::optimistic rule;

template <class T> class optimistic : public ::testing::Test {};
TYPED_TEST_SUITE(optimistic, scalars);

/// Spectral radius at s = ησ.
real radius(real s) {
  return std::sqrt(s <= 0.5L ? (1 + std::sqrt(1 - 4 * s * s)) / 2 : 2 * s * s + s * std::sqrt(4 * s * s - 1));
}

// With x = θ + iω a bilinear game is one complex recursion, so |x| settles to its rate without oscillating.
TYPED_TEST(optimistic, converges_at_the_exact_rate) {
  using T = TypeParam;
  const saddle::games::bilinear<T, 1, 1> game{{{T(1)}}};
  const saddle::point<T, 1, 1> z{{{T(1)}}, {{T(0.5)}}};
  for (const T s : {T(0.125), T(0.25), T(0.375), T(0.4375), T(0.5625), T(0.625), T(0.75)}) {
    const auto early = saddle::run(rule, game, {.eta = s}, z, 60);
    const auto late = saddle::run(rule, game, {.eta = s}, early.next, 40);
    const real measured = std::pow(norm(as_column(late.z())) / norm(as_column(early.z())), 1.0L / 40);
    const real exact = radius(s);
    // What is left of the smaller root, |λ₋|/|λ₊| = s/ρ², after 60 steps; and 100 roundings.
    const real settled = std::pow(s / (exact * exact), 60.0L);
    EXPECT_LE(std::fabs(measured / exact - 1), settled + 100 * 4 * saddle::epsilon<T>) << "s = " << s;
  }
}

TYPED_TEST(optimistic, is_stable_up_to_one_over_the_root_of_three) {
  using T = TypeParam;
  const saddle::games::bilinear<T, 1, 1> game{{{T(2)}}};
  const saddle::point<T, 1, 1> z{{{T(1)}}, {{T(0.5)}}};
  const saddle::limits<T> stop{.tolerance = T(1e-4), .cap = 100000, .divergence = T(100)};
  const T edge = T(0.28867513459481288);
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(0.99) * edge}, z, stop).status, saddle::status::converged);
  EXPECT_EQ(saddle::run_until(rule, game, {.eta = T(1.01) * edge}, z, stop).status, saddle::status::diverged);
}

TYPED_TEST(optimistic, starts_with_a_gradient_step_and_remembers_the_field) {
  using T = TypeParam;
  random_source random(33);
  const auto game = random_game<saddle::games::bilinear<T, 2, 3>>(random);
  const auto z = random_point<saddle::point<T, 2, 3>>(random);
  const auto s = saddle::start(rule, game, z);
  EXPECT_TRUE(same_bits(s.memory, game.field(z)));
  const auto one = saddle::step(rule, game, {.eta = T(0.125)}, s);
  EXPECT_TRUE(same_bits(one.memory, game.field(z)));
  const auto plain = fnma(typename decltype(z)::step(T(0.125)), game.field(z), z);
  EXPECT_LE(saddle::max_norm(one.z - plain), T(4) * saddle::epsilon<T> * saddle::max_norm(z));
  const auto two = saddle::step(rule, game, {.eta = T(0.125)}, one);
  EXPECT_TRUE(same_bits(two.memory, game.field(one.z)));
}

} // namespace
} // namespace saddle_test::test_optimistic
