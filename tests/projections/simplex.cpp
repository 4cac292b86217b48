// The projection on the probability simplex, and rules whose players keep mixed strategies.
#include <saddle/projections/simplex.hpp>

#include <algorithm>
#include <limits>

#include <saddle/dynamics/optimistic.hpp>
#include <saddle/engine/projected.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_simplex {
namespace {

template <class T> class simplex : public ::testing::Test {};
TYPED_TEST_SUITE(simplex, scalars);

/// Another way to it: Σ max(x − τ, 0) falls in τ, so bisection finds where it is 1.
template <class T, std::size_t N> long double threshold(const saddle::vec<T, N>& x) {
  long double low = -1000, high = 1000;
  for (int k = 0; k < 200; ++k) {
    const long double middle = (low + high) / 2;
    long double sum = 0;
    for (const T& number : x.v) sum += std::max(number - middle, 0.0L);
    (sum > 1 ? low : high) = middle;
  }
  return low;
}

template <class T, std::size_t N> void agrees_with_bisection(double size) {
  random_source random(161);
  for (int k = 0; k < 200; ++k) {
    const auto x = random.fill<saddle::vec<T, N>>(-size, size);
    const auto p = saddle::projections::onto_simplex(x);
    const long double tau = threshold(x);
    const T bound = T(4 * N) * saddle::epsilon<T> * static_cast<T>(size + 1);
    for (std::size_t i = 0; i < N; ++i)
      EXPECT_NEAR(static_cast<double>(p[i]), static_cast<double>(std::max(x[i] - tau, 0.0L)),
                  static_cast<double>(bound));
  }
}

TYPED_TEST(simplex, agrees_with_bisection) {
  agrees_with_bisection<TypeParam, 1>(3);
  agrees_with_bisection<TypeParam, 2>(1);
  agrees_with_bisection<TypeParam, 3>(0.25);
  agrees_with_bisection<TypeParam, 5>(10);
  agrees_with_bisection<TypeParam, 8>(1);
  agrees_with_bisection<TypeParam, 16>(0.125);
}

TYPED_TEST(simplex, keeps_what_is_on_it_and_says_nan) {
  using T = TypeParam;
  const T nan = std::numeric_limits<T>::quiet_NaN(), inf = std::numeric_limits<T>::infinity();
  using V = saddle::vec<T, 4>;
  const V corner{{T(0), T(1), T(0), T(0)}}, middle{{T(0.25), T(0.25), T(0.5), T(0)}};
  EXPECT_TRUE(same_bits(saddle::projections::onto_simplex(corner), corner));
  EXPECT_TRUE(same_bits(saddle::projections::onto_simplex(middle), middle));
  // Ties share what is there.
  EXPECT_TRUE(same_bits(saddle::projections::onto_simplex(V{{T(7), T(7), T(7), T(7)}}),
                        V{{T(0.25), T(0.25), T(0.25), T(0.25)}}));
  EXPECT_TRUE(std::isnan(saddle::projections::onto_simplex(V{{T(0), nan, T(1), T(2)}})[1]));
  EXPECT_TRUE(std::isnan(saddle::projections::onto_simplex(V{{T(0), T(1), inf, T(2)}})[2]));
}

// Rock, paper, scissors with uneven stakes: the equilibrium is known, and each iterate is a pair of strategies.
TYPED_TEST(simplex, a_matrix_game_is_solved) {
  using T = TypeParam;
  using G = saddle::games::bilinear<T, 3, 3>;
  using Z = typename G::point_type;
  using rule = saddle::projected<saddle::dynamics::optimistic, saddle::projections::simplex>;
  const G game{.C = {{0, 1, -2, -1, 0, 3, 2, -3, 0}}};
  const Z start{{T(1), T(0), T(0)}, {T(0), T(1), T(0)}};
  const T weight = T(1) / T(6);
  const Z equilibrium{{3 * weight, 2 * weight, weight}, {3 * weight, 2 * weight, weight}};
  const T tolerance = T(64) * saddle::epsilon<T>;
  const auto r =
      saddle::run(rule{}, game, {.rule = {.eta = T(0.09)}, .set = {}}, start, 4000, [&](std::uint64_t k, const Z& z) {
        if (k == 0) return;
        for (const auto* block : {&z.theta, &z.omega}) {
          EXPECT_LE(std::abs(block->v[0] + block->v[1] + block->v[2] - T(1)), tolerance);
          EXPECT_GE(std::min({block->v[0], block->v[1], block->v[2]}), T(0));
        }
      });
  EXPECT_LE(saddle::max_norm(r.z() - equilibrium), tolerance);
}

// A lane is its game alone.
TYPED_TEST(simplex, a_lane_is_its_game_alone) {
  using T = TypeParam;
  using L = saddle::native_lane<T>;
  using G = saddle::games::bilinear<T, 3, 4>;
  using Z = typename G::point_type;
  using rule = saddle::projected<saddle::dynamics::optimistic, saddle::projections::simplex>;
  random_source random(162);
  G games[width<L>];
  Z starts[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    games[i] = random_game<G>(random);
    starts[i] = random_point<Z>(random);
  }
  const auto together =
      saddle::run(rule{}, join<typename G::template rebind<L>>(games), {.rule = {.eta = T(0.125)}, .set = {}},
                  join<typename Z::template rebind<L>>(starts), 15);
  for (std::size_t i = 0; i < width<L>; ++i) {
    const auto alone = saddle::run(rule{}, games[i], {.rule = {.eta = T(0.125)}, .set = {}}, starts[i], 15);
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(together.z(), i), alone.z()));
  }
}

} // namespace
} // namespace saddle_test::test_simplex
