// The laws that every update rule obeys, on every registered game: for each rule what bodies.hpp has compiled of it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include "dynamics/scalar_laws.hpp"
#include "support/bits.hpp"
#include "support/random.hpp"

namespace saddle_test {
namespace {

/// What the laws of scalar_laws.hpp find, as expectations.
struct expectation {
  void holds(bool good) const { EXPECT_TRUE(good); }
  template <class T> void at_most(T value, T bound) const { EXPECT_LE(value, bound); }
  template <class T> void more_than(T value, T bound) const { EXPECT_GT(value, bound); }
  template <class T> void same_bits(const numbers<T>& a, const numbers<T>& b) const {
    EXPECT_EQ(a.count, b.count);
    EXPECT_TRUE(saddle_test::same_bits(a, b));
  }
};

template <class T> const game_maker<T>& maker_of(const played<T>& on) {
  static const game_makers<T> all = [] {
    game_makers<T> r;
    r.add_numbers();
    saddle::registry::all_games::each([&]<class Family>(Family) {
      saddle::registry::all_dimensions::each(
          [&]<std::size_t P, std::size_t Q>(saddle::registry::dimensions<P, Q>) { r.template add<Family, P, Q>(); });
      r.template add<Family, 2, 3>();
    });
    return r;
  }();
  return *all.find(on.game, on.p, on.q);
}

std::string in_words(const auto& on) {
  static constexpr const char* names[] = {"numbers", "vectors", "two vectors", "three numbers"};
  return std::string(on.game) + ' ' + std::to_string(on.p) + " x " + std::to_string(on.q) + " on " +
         names[static_cast<int>(on.on)];
}

/// As many situations as a lane has places, and the run of all of them at once.
template <class T> struct full_lane {
  const rule_on<T>* rule;
  const played<T>* beside;
  const played<T>* alone;
  std::vector<situation<T>> each;

  full_lane(const rule_on<T>& of, const played<T>& on, random_source& random)
      : rule(&of), beside(&on), alone(of.find(on.game, on.p, on.q, carrier::number)) {
    if (alone == nullptr) {
      ADD_FAILURE() << "nothing to compare " << in_words(on) << " with";
      return;
    }
    for (std::size_t i = 0; i < on.width; ++i) each.emplace_back(of, *alone, maker_of(*alone), random);
  }

  std::vector<T> joined(numbers<T> situation<T>::*member, std::size_t count) const {
    std::vector<T> r(count * beside->width);
    for (std::size_t i = 0; i < each.size(); ++i)
      for (std::size_t s = 0; s < count; ++s) r[s * beside->width + i] = (each[i].*member).of[s];
    return r;
  }

  /// Every lane ends where its game ends alone: state, status and count.
  void runs_as_alone(std::uint64_t steps) const {
    ends_as_alone([steps](const played<T>& on, const T* game, const T* parameters, T* state, ending<T>* ends) {
      on.run(game, parameters, state, steps, ends);
    });
  }
  void runs_until_as_alone(const saddle::limits<T>& stop) const {
    ends_as_alone([&stop](const played<T>& on, const T* game, const T* parameters, T* state, ending<T>* ends) {
      on.run_until(game, parameters, state, stop, ends);
    });
  }

  /// Something in the start, the game or the steps of lane i that spoils the game.
  void poison(std::size_t i) {
    // The largest number leads to subnormal ones, which not every vector has.
    const T large = beside->keeps_subnormals ? std::numeric_limits<T>::max() : T(1e3);
    const T poisons[] = {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity(), large};
    const T poison = poisons[i / 3 % 3];
    situation<T>& s = each[i];
    switch (i % 3) {
    case 0: s.start.of[0] = poison; break;
    case 1: s.game.of[0] = poison; break;
    default:
      for (std::size_t k = 0; k < s.parameters.count; ++k)
        if (rule->is_eta[k]) s.parameters.of[k] = poison;
    }
  }

private:
  template <class Run> void ends_as_alone(const Run& run) const {
    SCOPED_TRACE(in_words(*beside));
    const std::size_t w = beside->width;
    const auto game = joined(&situation<T>::game, beside->game_numbers);
    const auto parameters = joined(&situation<T>::parameters, beside->parameter_numbers);
    const auto points = joined(&situation<T>::start, beside->point_numbers());
    std::vector<T> state(beside->state_numbers * w);
    std::vector<ending<T>> together(w);
    beside->start(game.data(), points.data(), state.data());
    run(*beside, game.data(), parameters.data(), state.data(), together.data());
    for (std::size_t i = 0; i < each.size(); ++i) {
      numbers<T> expected = started(*alone, each[i]), got(beside->state_numbers);
      ending<T> how;
      run(*alone, each[i].game.of, each[i].parameters.of, expected.of, &how);
      for (std::size_t s = 0; s < got.count; ++s) got.of[s] = state[s * w + i];
      EXPECT_EQ(got.count, expected.count);
      EXPECT_TRUE(same_bits(got, expected)) << "lane " << i;
      EXPECT_EQ(together[i].status, how.status) << "lane " << i;
      EXPECT_EQ(together[i].steps, how.steps) << "lane " << i;
      EXPECT_TRUE(equal_bits(together[i].residual, how.residual)) << "lane " << i;
    }
  }
};

/// A rule on one of the formats.
struct subject {
  const rule_on<float>* on_float = nullptr;
  const rule_on<double>* on_double = nullptr;

  std::string name() const {
    return on_float != nullptr ? std::string(on_float->name) + "_float" : std::string(on_double->name) + "_double";
  }
  /// GoogleTest prints the bytes of what it does not know.
  friend void PrintTo(const subject& s, std::ostream* out) { *out << s.name(); }
};

template <class T> const std::vector<rule_on<T>>& all_rules() {
  static const std::vector<rule_on<T>> all = [] {
    std::vector<rule_on<T>> r(saddle::registry::all_dynamics::size);
    std::size_t i = 0;
    saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule>) { add_bodies<Rule>(r[i++]); });
    return r;
  }();
  return all;
}

class laws : public ::testing::TestWithParam<subject> {
protected:
  /// Calls f(rule) with the rule on the format that it is on.
  template <class F> void of_the_rule(F f) const {
    if (GetParam().on_float != nullptr) f(*GetParam().on_float);
    else f(*GetParam().on_double);
  }
  /// Calls f(rule, body) for every game that is played on lanes of this kind, at one shape or, without, at all.
  template <class F> void of_each_on(carrier kind, F f) const {
    of_the_rule([&]<class T>(const rule_on<T>& rule) {
      std::size_t found = 0;
      for (const played<T>& on : rule)
        if (on.on == kind) found += f(rule, on) ? 1 : 0;
      EXPECT_GE(found, saddle::registry::all_games::size) << "there is nothing to try";
    });
  }
  /// Calls f(rule, body, maker) where a rule steps on numbers.
  template <class F> void of_each_on_numbers(F f) const {
    of_each_on(carrier::number, [&]<class T>(const rule_on<T>& rule, const played<T>& on) {
      if (on.step == nullptr) return false;
      SCOPED_TRACE(in_words(on));
      f(rule, on, maker_of(on));
      return true;
    });
  }
};

// A batch lane is the scalar, bit for bit: on every registered game and dimension with the widest vector, and on every
// other kind of lane at a few dimensions.
TEST_P(laws, a_lane_moves_as_its_game_alone) {
  random_source random(20);
  for (const carrier kind : {carrier::vector, carrier::two_vectors, carrier::three_numbers})
    of_each_on(kind, [&]<class T>(const rule_on<T>& rule, const played<T>& on) {
      full_lane<T>(rule, on, random).runs_as_alone(7);
      return true;
    });
}

// Neighbours that overflow, are infinite or NaN change nothing, whatever the place; nor does the place itself.
TEST_P(laws, neighbours_and_place_do_not_matter) {
  random_source random(21);
  of_each_on(carrier::two_vectors, [&]<class T>(const rule_on<T>& rule, const played<T>& on) {
    if (on.p == on.q) return false;
    full_lane<T> lane(rule, on, random);
    for (std::size_t shift = 0; shift < on.width; ++shift) {
      std::rotate(lane.each.begin(), lane.each.begin() + 1, lane.each.end());
      full_lane<T> spoilt = lane;
      for (std::size_t i = 0; i < on.width; ++i)
        if ((i + shift) % 3 != 0) spoilt.poison(i);
      spoilt.runs_as_alone(5);
    }
    return true;
  });
}

// Lane by lane `run_until` ends when the game alone ends, poisoned neighbours included.
TEST_P(laws, a_lane_ends_as_its_game_alone) {
  random_source random(22);
  of_each_on(carrier::vector, [&]<class T>(const rule_on<T>& rule, const played<T>& on) {
    if (on.run_until == nullptr) return false;
    for (const std::uint64_t every : {1u, 7u}) {
      full_lane<T> lane(rule, on, random);
      // Different ends: some at once, some late, some never.
      for (std::size_t i = 0; i < on.width; ++i)
        for (T& x : lane.each[i].start) x *= static_cast<T>(i) / T(4);
      const saddle::limits<T> stop{.tolerance = T(0.01), .cap = 60, .check_every = every, .divergence = T(30)};
      lane.runs_until_as_alone(stop);
      for (std::size_t i = 0; i < on.width; i += 2) lane.poison(i);
      lane.runs_until_as_alone(stop);
    }
    return true;
  });
}

TEST_P(laws, zero_steps_change_nothing) {
  random_source random(23);
  of_each_on_numbers([&](const auto& rule, const auto& on, const auto& maker) {
    scalar_laws::zero_steps_change_nothing(rule, on, maker, random, expectation{});
  });
}

TEST_P(laws, an_equilibrium_stays_where_it_is) {
  random_source random(24);
  of_each_on_numbers([&](const auto& rule, const auto& on, const auto& maker) {
    scalar_laws::an_equilibrium_stays_where_it_is(rule, on, maker, random, expectation{});
  });
}

TEST_P(laws, a_run_can_be_continued) {
  random_source random(25);
  of_each_on_numbers([&](const auto& rule, const auto& on, const auto& maker) {
    scalar_laws::a_run_can_be_continued(rule, on, maker, random, expectation{});
  });
}

TEST_P(laws, a_trajectory_holds_every_stride_th_iterate) {
  random_source random(26);
  of_each_on(carrier::number, [&]<class T>(const rule_on<T>& rule, const played<T>& on) {
    if (on.record == nullptr) return false;
    SCOPED_TRACE(in_words(on));
    scalar_laws::a_trajectory_holds_every_stride_th_iterate(rule, on, maker_of(on), random, expectation{});
    return true;
  });
}

TEST_P(laws, players_are_interchangeable) {
  random_source random(27);
  of_the_rule([&](const auto& rule) {
    for (int k = 0; k < 10; ++k) scalar_laws::players_are_interchangeable(rule, random, expectation{});
  });
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
TEST_P(laws, rotating_the_game_rotates_the_trajectory) {
  of_the_rule([]<class T>(const rule_on<T>& rule) {
    random_source random(28);
    using G = saddle::games::quadratic<T, 2, 3>;
    using Z = typename G::point_type;
    const char* const quadratic = saddle::registry::game<saddle::games::quadratic>::name;
    const played<T>* const on = rule.find(quadratic, 2, 3, carrier::number);
    ASSERT_NE(on, nullptr);
    for (int k = 0; k < 10; ++k) {
      const situation<T> s(rule, *on, maker_of(*on), random);
      const auto u = rotation<T, 2>(random);
      const auto v = rotation<T, 3>(random);
      const auto turned = [&](const numbers<T>& z) {
        const Z point = z.template as<Z>();
        return numbers<T>(Z{u * point.theta, v * point.omega});
      };
      const G g = s.game.template as<G>();
      situation<T> rotated = s;
      rotated.game =
          numbers<T>(G{u * g.A * transpose(u), v * g.B * transpose(v), u * g.C * transpose(v), u * g.a, v * g.b});
      rotated.start = turned(s.start);
      const auto r = run(*on, s, 6).z(*on), t = run(*on, rotated, 6).z(*on);
      EXPECT_LE(norm(t - turned(r)), T(6 * 8 * 5) * saddle::epsilon<T> * (norm(r) + norm(s.start) + T(1)));
    }
  });
}

TEST_P(laws, a_constant_has_the_bits_of_run_time) {
  of_the_rule([](const auto& rule) { scalar_laws::a_constant_has_the_bits_of_run_time(rule, expectation{}); });
}

std::vector<subject> subjects() {
  std::vector<subject> r;
  for (const auto& rule : all_rules<float>()) r.push_back({.on_float = &rule});
  for (const auto& rule : all_rules<double>()) r.push_back({.on_double = &rule});
  return r;
}

INSTANTIATE_TEST_SUITE_P(dynamics, laws, ::testing::ValuesIn(subjects()),
                         [](const auto& of) { return of.param.name(); });

} // namespace
} // namespace saddle_test
