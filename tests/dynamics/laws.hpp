/// The laws that every update rule obeys, on every registered game. dynamics/laws.cpp.in instantiates them for each.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <saddle/engine/run.hpp>
#include <saddle/saddle.hpp>

#include "dynamics/scalar_laws.hpp"
#include "support/games.hpp"
#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test {

template <class R, class T> struct law_case {
  using rule = R;
  using number = T;
};

template <class Case> class laws : public ::testing::Test {};
TYPED_TEST_SUITE_P(laws);

/// The number of a value that is visited first.
template <class X> auto& first_number(X& x) {
  typename X::lane_type* found = nullptr;
  saddle::walk([&](auto& number) { found = found == nullptr ? &number : found; }, x);
  return *found;
}

/// What the laws of scalar_laws.hpp find, as expectations.
struct expectation {
  void holds(bool good) const { EXPECT_TRUE(good); }
  template <class T> void at_most(T value, T bound) const { EXPECT_LE(value, bound); }
  template <class T> void more_than(T value, T bound) const { EXPECT_GT(value, bound); }
  template <class X> void same_bits(const X& a, const X& b) const { EXPECT_TRUE(saddle_test::same_bits(a, b)); }
};

inline void expect_same_end(std::size_t lane, bool same_state, saddle::status status, saddle::status alone,
                            std::uint64_t steps, std::uint64_t steps_alone) {
  EXPECT_TRUE(same_state) << "lane " << lane;
  EXPECT_EQ(status, alone) << "lane " << lane;
  EXPECT_EQ(steps, steps_alone) << "lane " << lane;
}

/// As many situations as a lane has places, and the run of all of them at once.
template <class Rule, class G, class L> struct full_lane {
  using one = situation<Rule, G>;
  static constexpr std::size_t places = width<L>;
  using wide_game = typename G::template rebind<L>;
  using wide_point = typename G::point_type::template rebind<L>;
  using wide_parameters = typename one::P::template rebind<L>;

  std::array<one, places> each;

  explicit full_lane(random_source& random)
      : each([&]<std::size_t... I>(std::index_sequence<I...>) {
          return std::array<one, places>{((void)I, one(random))...};
        }(std::make_index_sequence<places>{})) {}

  template <class Wide, class X> Wide joined(X one::*member) const {
    std::array<X, places> values;
    for (std::size_t i = 0; i < places; ++i) values[i] = each[i].*member;
    return join<Wide>(values.data());
  }
  wide_game game() const { return joined<wide_game>(&one::game); }
  wide_parameters parameters() const { return joined<wide_parameters>(&one::parameters); }
  wide_point start() const { return joined<wide_point>(&one::start); }

  /// Every lane ends where its game ends alone: state, status and count.
  void runs_as_alone(std::uint64_t steps) const {
    ends_as_alone([steps](const auto& game, const auto& parameters, const auto& z) {
      return saddle::run(Rule{}, game, parameters, z, steps);
    });
  }
  void runs_until_as_alone(const saddle::limits<scalar_t<L>>& stop) const {
    ends_as_alone([&stop](const auto& game, const auto& parameters, const auto& z) {
      return saddle::run_until(Rule{}, game, parameters, z, stop);
    });
  }

private:
  template <class Run> void ends_as_alone(const Run& run) const {
    const auto together = run(game(), parameters(), start());
    for (std::size_t i = 0; i < places; ++i) {
      const auto alone = run(each[i].game, each[i].parameters, each[i].start);
      bool same = same_bits(saddle::extract_as<decltype(alone.next)>(together.next, i), alone.next);
      if constexpr (requires { alone.residual; })
        same = same && same_bits(extract(together.residual, i), alone.residual);
      // One line for all instances: the macros of GoogleTest take most of the time to compile a law.
      expect_same_end(i, same, together.status[i], alone.status[0], together.steps[i], alone.steps[0]);
    }
  }

public:
  /// Something in the start, the game or the steps of lane i that spoils the game.
  void poison(std::size_t i) {
    using T = scalar_t<L>;
    // The largest number leads to subnormal ones, which not every vector has.
    const T large = saddle::keeps_subnormals<L> ? std::numeric_limits<T>::max() : T(1e3);
    const T poisons[] = {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity(), large};
    one& s = each[i];
    switch (i % 3) {
    case 0: s.start[0] = poisons[i / 3 % 3]; break;
    case 1: first_number(s.game) = poisons[i / 3 % 3]; break;
    default: s.parameters.eta = poisons[i / 3 % 3];
    }
  }
};

// A batch lane is the scalar, bit for bit: on every registered game and dimension with the widest vector, and on every
// other kind of lane at a few dimensions.
TYPED_TEST_P(laws, a_lane_moves_as_its_game_alone) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  random_source random(20);
  const auto on_vector = [&]<class G>() { full_lane<Rule, G, saddle::native_lane<T>>(random).runs_as_alone(7); };
  if constexpr (std::is_same_v<T, double>) each_game_everywhere<T>(on_vector);
  else each_game_somewhere<T>(on_vector);
  each_game_of<T, 1, 1>(
      [&]<class G>() { full_lane<Rule, G, saddle::group<saddle::native_lane<T>, 2>>(random).runs_as_alone(7); });
  each_game_of<T, 2, 1>([&]<class G>() { full_lane<Rule, G, saddle::group<T, 3>>(random).runs_as_alone(7); });
}

// Neighbours that overflow, are infinite or NaN change nothing, whatever the place; nor does the place itself.
TYPED_TEST_P(laws, neighbours_and_place_do_not_matter) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  random_source random(21);
  each_game_of<T, 2, 1>([&]<class G>() {
    using L = saddle::group<saddle::native_lane<T>, 2>;
    full_lane<Rule, G, L> lane(random);
    for (std::size_t shift = 0; shift < width<L>; ++shift) {
      std::rotate(lane.each.begin(), lane.each.begin() + 1, lane.each.end());
      full_lane<Rule, G, L> spoilt = lane;
      for (std::size_t i = 0; i < width<L>; ++i)
        if ((i + shift) % 3 != 0) spoilt.poison(i);
      spoilt.runs_as_alone(5);
    }
  });
}

// Lane by lane `run_until` ends when the game alone ends, poisoned neighbours included.
TYPED_TEST_P(laws, a_lane_ends_as_its_game_alone) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  random_source random(22);
  each_game_of<T, 2, 2>([&]<class G>() {
    using L = saddle::native_lane<T>;
    for (const std::uint64_t every : {1u, 7u}) {
      full_lane<Rule, G, L> lane(random);
      // Different ends: some at once, some late, some never.
      for (std::size_t i = 0; i < width<L>; ++i) lane.each[i].start = static_cast<T>(i) / T(4) * lane.each[i].start;
      const saddle::limits<T> stop{.tolerance = T(0.01), .cap = 60, .check_every = every, .divergence = T(30)};
      lane.runs_until_as_alone(stop);
      for (std::size_t i = 0; i < width<L>; i += 2) lane.poison(i);
      lane.runs_until_as_alone(stop);
    }
  });
}

TYPED_TEST_P(laws, zero_steps_change_nothing) {
  using Rule = typename TypeParam::rule;
  random_source random(23);
  each_game_on_numbers<typename TypeParam::number>(
      [&]<class G>() { scalar_laws::zero_steps_change_nothing<Rule, G>(random, expectation{}); });
}

TYPED_TEST_P(laws, an_equilibrium_stays_where_it_is) {
  using Rule = typename TypeParam::rule;
  random_source random(24);
  each_game_on_numbers<typename TypeParam::number>(
      [&]<class G>() { scalar_laws::an_equilibrium_stays_where_it_is<Rule, G>(random, expectation{}); });
}

TYPED_TEST_P(laws, a_run_can_be_continued) {
  using Rule = typename TypeParam::rule;
  random_source random(25);
  each_game_on_numbers<typename TypeParam::number>(
      [&]<class G>() { scalar_laws::a_run_can_be_continued<Rule, G>(random, expectation{}); });
}

TYPED_TEST_P(laws, a_trajectory_holds_every_stride_th_iterate) {
  using Rule = typename TypeParam::rule;
  random_source random(26);
  each_game_of<typename TypeParam::number, 2, 1>(
      [&]<class G>() { scalar_laws::a_trajectory_holds_every_stride_th_iterate<Rule, G>(random, expectation{}); });
}

TYPED_TEST_P(laws, players_are_interchangeable) {
  random_source random(27);
  for (int k = 0; k < 10; ++k)
    scalar_laws::players_are_interchangeable<typename TypeParam::rule, typename TypeParam::number>(random,
                                                                                                   expectation{});
}

/// A product of rotations in all coordinate planes; rounding is all that keeps it from being orthogonal.
template <class T, std::size_t N> saddle::mat<T, N, N> rotation(random_source& random) {
  auto u = saddle::identity<T, N>();
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = i + 1; j < N; ++j) {
      const T angle = random.uniform(T(0), T(6));
      auto plane = saddle::identity<T, N>();
      plane(i, i) = plane(j, j) = std::cos(angle);
      plane(i, j) = std::sin(angle);
      plane(j, i) = -std::sin(angle);
      u = u * plane;
    }
  return u;
}

// Orthogonal coordinates of each player's space are as good as any: rotating the game rotates the trajectory.
TYPED_TEST_P(laws, rotating_the_game_rotates_the_trajectory) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  random_source random(28);
  using G = saddle::games::quadratic<T, 2, 3>;
  for (int k = 0; k < 10; ++k) {
    const situation<Rule, G> s(random);
    const auto u = rotation<T, 2>(random);
    const auto v = rotation<T, 3>(random);
    const G rotated{u * s.game.A * transpose(u), v * s.game.B * transpose(v), u * s.game.C * transpose(v), u * s.game.a,
                    v * s.game.b};
    const auto r = saddle::run(Rule{}, s.game, s.parameters, s.start, 6).z();
    const typename G::point_type turned{u * s.start.theta, v * s.start.omega};
    const auto t = saddle::run(Rule{}, rotated, s.parameters, turned, 6).z();
    const T difference = saddle::norm(t - typename G::point_type{u * r.theta, v * r.omega});
    EXPECT_LE(difference, T(6 * 8 * 5) * saddle::epsilon<T> * (saddle::norm(r) + saddle::norm(s.start) + T(1)));
  }
}

TYPED_TEST_P(laws, a_constant_has_the_bits_of_run_time) {
  scalar_laws::a_constant_has_the_bits_of_run_time<typename TypeParam::rule, typename TypeParam::number>(expectation{});
}

REGISTER_TYPED_TEST_SUITE_P(laws, a_lane_moves_as_its_game_alone, neighbours_and_place_do_not_matter,
                            a_lane_ends_as_its_game_alone, zero_steps_change_nothing, an_equilibrium_stays_where_it_is,
                            a_run_can_be_continued, a_trajectory_holds_every_stride_th_iterate,
                            players_are_interchangeable, rotating_the_game_rotates_the_trajectory,
                            a_constant_has_the_bits_of_run_time);

} // namespace saddle_test
