// The projection on a box, and rules that keep their iterates in one.
#include <saddle/projections/box.hpp>

#include <limits>

#include <saddle/dynamics/implicit.hpp>
#include <saddle/dynamics/optimistic.hpp>
#include <saddle/engine/projected.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/quadratic.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_box {
namespace {

template <class T> class box : public ::testing::Test {};
TYPED_TEST_SUITE(box, scalars);

TYPED_TEST(box, clamps_each_player_to_its_bounds) {
  using T = TypeParam;
  using Z = saddle::point<T, 2, 2>;
  const T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  const saddle::projections::box<saddle::step_sizes<T, 2>> set{{T(-1), -inf}, {T(2), T(0)}};
  EXPECT_TRUE(same_bits(set(Z{{T(-3), T(5)}, {T(-7), T(3)}}), Z{{T(-1), T(2)}, {T(-7), T(0)}}));
  EXPECT_TRUE(same_bits(set(Z{{T(1), -inf}, {-inf, inf}}), Z{{T(1), T(-1)}, {-inf, T(0)}}));
  EXPECT_TRUE(same_bits(set(Z{{nan, T(0.5)}, {nan, T(-1)}}), Z{{nan, T(0.5)}, {nan, T(-1)}}));
  const auto critic = saddle::projections::box<saddle::step_sizes<T, 2>>::of_player(1, T(-1), T(1));
  EXPECT_TRUE(same_bits(critic(Z{{T(9), -inf}, {T(9), T(-9)}}), Z{{T(9), -inf}, {T(1), T(-1)}}));
}

// A wide box changes nothing; a tight one holds every iterate; and a lane is a game alone.
template <class Rule, class T> void runs_in_a_box() {
  using G = saddle::games::quadratic<T, 2, 1>;
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  using clipped = saddle::projected<Rule>;
  using L = saddle::native_lane<T>;
  random_source random(151);
  G games[width<L>];
  Z starts[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    games[i] = random_game<G>(random);
    starts[i] = random_point<Z>(random);
  }
  const P p = random_parameters<P>(random);
  const T inf = std::numeric_limits<T>::infinity();
  using set = saddle::projections::box<typename Z::step>;
  const auto free = saddle::run(clipped{}, games[0], {.rule = p, .set = set{-inf, inf}}, starts[0], 9).z();
  EXPECT_TRUE(same_bits(free, saddle::run(Rule{}, games[0], p, starts[0], 9).z()));

  const saddle::parameters_t<clipped, Z> tight{p, set{T(-0.25), T(0.5)}};
  const auto wide = saddle::spread<saddle::parameters_t<clipped, typename Z::template rebind<L>>>(tight);
  const auto together = saddle::run(clipped{}, join<typename G::template rebind<L>>(games), wide,
                                    join<typename Z::template rebind<L>>(starts), 9);
  for (std::size_t i = 0; i < width<L>; ++i) {
    const auto alone = saddle::run(clipped{}, games[i], tight, starts[i], 9, [](std::uint64_t k, const Z& z) {
      if (k == 0) return;
      saddle::walk([](const T& x) { EXPECT_TRUE(x >= T(-0.25) && x <= T(0.5)); }, z);
    });
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(together.z(), i), alone.z()));
  }
}
TYPED_TEST(box, holds_the_iterates_of_a_rule_with_memory) { runs_in_a_box<saddle::dynamics::optimistic, TypeParam>(); }
TYPED_TEST(box, holds_the_iterates_of_a_rule_that_solves) { runs_in_a_box<saddle::dynamics::implicit, TypeParam>(); }

} // namespace
} // namespace saddle_test::test_box
