/// The laws that every update rule obeys, on every registered game. dynamics/laws.cpp.in instantiates them for each.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <saddle/engine/run.hpp>
#include <saddle/saddle.hpp>

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

/// A random situation: a game, the parameters of a rule for it, and a start.
template <class Rule, class G> struct situation {
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  G game;
  P parameters;
  Z start;

  explicit situation(random_source& random)
      : game(random_game<G>(random)), parameters(random_parameters<P>(random)), start(random_point<Z>(random)) {}
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
      if constexpr (requires { alone.residual; }) same = same && same_bits(extract(together.residual, i), alone.residual);
      // One line for all instances: the macros of GoogleTest take most of the time to compile a law.
      expect_same_end(i, same, together.status[i], alone.status[0], together.steps[i], alone.steps[0]);
    }
  }

public:
  /// Something in the start, the game or the steps of lane i that spoils the game.
  void poison(std::size_t i) {
    using T = scalar_t<L>;
    const T poisons[] = {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity(),
                         std::numeric_limits<T>::max()};
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
  each_game_of<T, 1, 1>([&]<class G>() { full_lane<Rule, G, saddle::group<saddle::native_lane<T>, 2>>(random).runs_as_alone(7); });
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
      for (std::size_t i = 0; i < width<L>; ++i)
        lane.each[i].start = static_cast<T>(i) / T(4) * lane.each[i].start;
      const saddle::limits<T> stop{.tolerance = T(0.01), .cap = 60, .check_every = every, .divergence = T(30)};
      lane.runs_until_as_alone(stop);
      for (std::size_t i = 0; i < width<L>; i += 2) lane.poison(i);
      lane.runs_until_as_alone(stop);
    }
  });
}

TYPED_TEST_P(laws, zero_steps_change_nothing) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  random_source random(23);
  each_game_somewhere<T>([&]<class G>() {
    situation<Rule, G> s(random);
    s.parameters.eta = T(0);
    const auto r = saddle::run(Rule{}, s.game, s.parameters, s.start, 3);
    EXPECT_TRUE(same_bits(r.z(), s.start));
    EXPECT_EQ(r.status, saddle::status::ok);
  });
}

// An equilibrium is a fixed point: exactly for an explicit rule, to the rounding of the solve for an implicit one.
TYPED_TEST_P(laws, an_equilibrium_stays_where_it_is) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  random_source random(24);
  each_game_somewhere<T>([&]<class G>() {
    const situation<Rule, G> s(random);
    const auto [game, z] = with_exact_equilibrium(s.game, random);
    ASSERT_EQ(saddle::max_norm(game.field(z)), T(0));
    const int steps = 10;
    const auto r = saddle::run(Rule{}, game, s.parameters, z, steps);
    if (Rule::about.solves == 0) EXPECT_EQ(saddle::max_norm(r.z() - z), T(0));
    else EXPECT_LE(saddle::norm(r.z() - z), T(steps * 4 * G::point_type::size) * saddle::epsilon<T> * saddle::norm(z));
  });
}

// A run is its parts.
TYPED_TEST_P(laws, a_run_can_be_continued) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  random_source random(25);
  each_game_somewhere<T>([&]<class G>() {
    const situation<Rule, G> s(random);
    const auto whole = saddle::run(Rule{}, s.game, s.parameters, s.start, 12);
    const auto first = saddle::run(Rule{}, s.game, s.parameters, s.start, 5);
    const auto second = saddle::run(Rule{}, s.game, s.parameters, first.next, 7);
    EXPECT_TRUE(same_bits(second.next, whole.next));
    auto by_hand = saddle::start(Rule{}, s.game, s.start);
    for (int k = 0; k < 12; ++k) by_hand = saddle::step(Rule{}, s.game, s.parameters, by_hand);
    EXPECT_TRUE(same_bits(by_hand, whole.next));
  });
}

TYPED_TEST_P(laws, a_trajectory_holds_every_stride_th_iterate) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  random_source random(26);
  each_game_of<T, 2, 1>([&]<class G>() {
    using Z = typename G::point_type;
    const situation<Rule, G> s(random);
    for (const std::uint64_t stride : {0u, 1u, 3u}) {
      std::array<Z, 5> memory;
      saddle::trajectory<Z> record{.data = memory.data(), .capacity = memory.size(), .stride = stride};
      const auto r = saddle::run(Rule{}, s.game, s.parameters, s.start, 9, record);
      const std::uint64_t apart = stride == 0 ? 1 : stride;
      EXPECT_EQ(record.size + record.missed, 1 + 9 / apart);
      EXPECT_EQ(record.size, std::min<std::size_t>(5, 1 + 9 / apart));
      for (std::size_t k = 0; k < record.size; ++k)
        EXPECT_TRUE(same_bits(memory[k], saddle::run(Rule{}, s.game, s.parameters, s.start, k * apart).z()));
      EXPECT_TRUE(same_bits(r.z(), saddle::run(Rule{}, s.game, s.parameters, s.start, 9).z()));
    }
  });
}

/// Exchanges the two numbers of every step size: a rule's parameters are pairs, the step of θ before that of ω.
template <class P> void swap_players(P& parameters) {
  auto* first = static_cast<typename P::lane_type*>(nullptr);
  saddle::walk(
      [&](auto& number) {
        if (first == nullptr) {
          first = &number;
        } else {
          std::swap(*first, number);
          first = nullptr;
        }
      },
      parameters);
}

// The two players change places: θ ↔ ω, steps exchanged, C → −Cᵀ. A rule whose players move in turn knows who is first.
TYPED_TEST_P(laws, players_are_interchangeable) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  constexpr std::size_t p = 3, q = 2;
  random_source random(27);
  using G = saddle::games::quadratic<T, p, q>;
  for (int k = 0; k < 10; ++k) {
    const situation<Rule, G> s(random);
    const saddle::games::quadratic<T, q, p> mirrored{s.game.B, s.game.A, -transpose(s.game.C), s.game.b, s.game.a};
    const saddle::point<T, q, p> start{s.start.omega, s.start.theta};
    typename situation<Rule, saddle::games::quadratic<T, q, p>>::P parameters;
    saddle::walk([](auto& to, const auto& from) { to = from; }, parameters, s.parameters);
    swap_players(parameters);
    const auto r = saddle::run(Rule{}, s.game, s.parameters, s.start, 6).z();
    const auto m = saddle::run(Rule{}, mirrored, parameters, start, 6).z();
    const saddle::point<T, p, q> back{m.omega, m.theta};
    const T scale = saddle::norm(r) + saddle::norm(s.start);
    const T difference = saddle::norm(r - back);
    if (Rule::about.sequential) EXPECT_GT(difference, T(1e-3) * scale);
    else EXPECT_LE(difference, T(6 * 4 * (p + q)) * saddle::epsilon<T> * scale);
  }
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
    const G rotated{u * s.game.A * transpose(u), v * s.game.B * transpose(v), u * s.game.C * transpose(v),
                    u * s.game.a, v * s.game.b};
    const auto r = saddle::run(Rule{}, s.game, s.parameters, s.start, 6).z();
    const typename G::point_type turned{u * s.start.theta, v * s.start.omega};
    const auto t = saddle::run(Rule{}, rotated, s.parameters, turned, 6).z();
    const T difference = saddle::norm(t - typename G::point_type{u * r.theta, v * r.omega});
    EXPECT_LE(difference, T(6 * 8 * 5) * saddle::epsilon<T> * (saddle::norm(r) + saddle::norm(s.start) + T(1)));
  }
}

/// The same run as a constant and at run time.
template <class Rule, class T, template <class, std::size_t, std::size_t> class Game> struct constant_run {
  using G = Game<T, 1, 1>;
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  static constexpr std::uint64_t steps = 12;

  template <class X> static constexpr X numbers(T first) {
    X x;
    saddle::walk(
        [&](auto& number) {
          number = first;
          first = first * T(0.75) + T(0.0625);
        },
        x);
    return x;
  }
  static constexpr Z end(const G& game, const P& p, const Z& z) { return saddle::run(Rule{}, game, p, z, steps).z(); }
  static constexpr Z at_compile_time = end(numbers<G>(T(0.9)), numbers<P>(T(0.11)), numbers<Z>(T(1.7)));

  /// Not inlined, so that the compiler knows nothing of the arguments.
  [[gnu::noinline]] static Z at_run_time(const volatile T& scale) {
    return end(numbers<G>(scale * T(0.9)), numbers<P>(scale * T(0.11)), numbers<Z>(scale * T(1.7)));
  }
};

TYPED_TEST_P(laws, a_constant_has_the_bits_of_run_time) {
  using Rule = typename TypeParam::rule;
  using T = typename TypeParam::number;
  each_game([]<class Family>(const char* name) {
    SCOPED_TRACE(name);
    using constant = constant_run<Rule, T, Family::template of>;
    volatile T one = 1;
    EXPECT_TRUE(same_bits(constant::at_run_time(one), constant::at_compile_time));
  });
}

REGISTER_TYPED_TEST_SUITE_P(laws, a_lane_moves_as_its_game_alone, neighbours_and_place_do_not_matter,
                            a_lane_ends_as_its_game_alone, zero_steps_change_nothing, an_equilibrium_stays_where_it_is,
                            a_run_can_be_continued, a_trajectory_holds_every_stride_th_iterate,
                            players_are_interchangeable, rotating_the_game_rotates_the_trajectory,
                            a_constant_has_the_bits_of_run_time);

} // namespace saddle_test
