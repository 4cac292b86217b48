// Batches of games: the layout, and every game of every batch exactly as alone.
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include <saddle/engine/batch.hpp>
#include <saddle/saddle.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_batch {
namespace {

using saddle::block_games;
using saddle::block_memory;
using saddle::blocks;
using saddle::status;

template <class T> class batches : public ::testing::Test {};
TYPED_TEST_SUITE(batches, scalars);

/// Values in blocks, in memory of their own.
template <class X> struct packed {
  using T = typename X::lane_type;
  std::vector<T> memory;
  blocks<X> view;

  explicit packed(const std::vector<X>& values)
      : memory(block_memory<X>(values.size()), T(-77)), view{memory.data(), values.size()} {
    EXPECT_EQ(saddle::pack(std::span<const X>(values), view), status::ok);
  }
  std::vector<X> unpacked() const {
    std::vector<X> r(view.games);
    EXPECT_EQ(saddle::unpack(view, std::span<X>(r)), status::ok);
    return r;
  }
};

template <class X> std::vector<X> random_values(std::size_t games, random_source& random) {
  std::vector<X> r;
  for (std::size_t g = 0; g < games; ++g) r.push_back(random.fill<X>(-1, 1));
  return r;
}

// Element s of game g at data[(g / B)·S·B + s·B + g mod B], padding zero.
TYPED_TEST(batches, layout) {
  using T = TypeParam;
  using X = saddle::games::quadratic<T, 2, 1>;
  constexpr std::size_t b = block_games<T>, s = saddle::scalars<X>;
  static_assert(b * sizeof(T) == 64 && s == 4 + 1 + 2 + 2 + 1);
  random_source random(60);
  for (const std::size_t games : {std::size_t{1}, b - 1, b, b + 1, 3 * b + 2}) {
    const auto values = random_values<X>(games, random);
    const packed<X> p(values);
    ASSERT_EQ(p.memory.size(), (games + b - 1) / b * b * s);
    for (std::size_t g = 0; g < (games + b - 1) / b * b; ++g) {
      std::size_t place = 0;
      const X expected = g < games ? values[g] : saddle::spread<X>(X{});
      saddle::walk(
          [&](const T& number) {
            EXPECT_TRUE(same_bits(p.memory[g / b * s * b + place * b + g % b], number)) << "game " << g;
            ++place;
          },
          expected);
    }
    const auto back = p.unpacked();
    for (std::size_t g = 0; g < games; ++g) {
      EXPECT_TRUE(same_bits(back[g], values[g]));
      EXPECT_TRUE(same_bits(p.view.get(g), values[g]));
    }
  }
}

TYPED_TEST(batches, pack_and_unpack_check_their_spans) {
  using T = TypeParam;
  using X = saddle::point<T, 1, 1>;
  std::vector<X> values(3);
  for (X& x : values) x = X{{{T(1)}}, {{T(2)}}};
  std::vector<T> memory(block_memory<X>(3), T(-77));
  EXPECT_EQ(saddle::pack(std::span<const X>(values).first(2), blocks<X>{memory.data(), 3}), status::bad_argument);
  for (const T x : memory) EXPECT_EQ(x, T(-77));
  EXPECT_EQ(saddle::unpack(blocks<X>{memory.data(), 3}, std::span<X>(values).first(2)), status::bad_argument);
  EXPECT_EQ(values[0].theta[0], T(1));
}

/// A batch of random games at every size around the borders of vectors and blocks.
template <class Rule, class G> struct random_batch {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  using State = saddle::state_t<Rule, Z>;
  std::vector<G> games;
  std::vector<P> parameters;
  std::vector<Z> points;

  random_batch(std::size_t count, random_source& random) {
    for (std::size_t g = 0; g < count; ++g) {
      games.push_back(random_game<G>(random));
      parameters.push_back(random_parameters<P>(random));
      points.push_back(random_point<Z>(random));
    }
  }
  /// Different ends, and what must not spread: every fifth game is spoilt, every seventh at rest.
  void mix() {
    for (std::size_t g = 0; g < games.size(); ++g) {
      if (g % 5 == 3)
        points[g][0] = g % 2 == 0 ? std::numeric_limits<T>::quiet_NaN() : std::numeric_limits<T>::infinity();
      if (g % 7 == 4) points[g] = games[g].equilibrium().z;
    }
  }
};

template <class T> constexpr std::size_t batch_sizes[] = {
    1, 2, block_games<T> - 1, block_games<T>, block_games<T> + 1, 9 * block_games<T> + 3};

template <class Rule, class G> void every_game_moves_as_alone(random_source& random) {
  using T = typename G::lane_type;
  using B = random_batch<Rule, G>;
  for (const std::size_t count : batch_sizes<T>) {
    SCOPED_TRACE(testing::Message() << count << " games");
    B batch(count, random);
    batch.mix();
    const packed<G> games(batch.games);
    const packed<typename B::P> parameters(batch.parameters);
    const packed<typename B::Z> points(batch.points);
    const packed<typename B::State> states(std::vector<typename B::State>(count, typename B::State{}));
    std::vector<status> statuses(count, status::singular);
    std::vector<std::uint64_t> steps(count, 99);
    ASSERT_EQ(saddle::start(Rule{}, games.view, points.view, states.view), status::ok);
    // Two calls: a batch continues where it stands.
    ASSERT_EQ(saddle::run(Rule{}, games.view, parameters.view, states.view, 4), status::ok);
    ASSERT_EQ(saddle::run(Rule{}, games.view, parameters.view, states.view, 3, {.status = statuses, .steps = steps}),
              status::ok);
    const auto ends = states.unpacked();
    for (std::size_t g = 0; g < count; ++g) {
      const auto alone = saddle::run(Rule{}, batch.games[g], batch.parameters[g], batch.points[g], 7);
      EXPECT_TRUE(same_bits(ends[g], alone.next)) << "game " << g;
      EXPECT_EQ(statuses[g], alone.status[0]);
      EXPECT_EQ(steps[g], 3u);
    }
  }
}

TYPED_TEST(batches, every_game_moves_as_alone) {
  using T = TypeParam;
  random_source random(61);
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    every_game_moves_as_alone<Rule, saddle::games::bilinear<T, 1, 1>>(random);  // four vectors in flight, or eight
    every_game_moves_as_alone<Rule, saddle::games::quadratic<T, 2, 1>>(random); // two, or four
  });
  // Three for a rule whose players move in turn, two or one otherwise.
  every_game_moves_as_alone<saddle::dynamics::alternating, saddle::games::bilinear<T, 3, 3>>(random);
  every_game_moves_as_alone<saddle::dynamics::optimistic, saddle::games::bilinear<T, 3, 3>>(random);
}

/// Steps taken one a call, of games that begin on a cache line or `off` scalars behind one.
template <class Rule, class G> void single_steps_move_as_alone(std::size_t off, random_source& random) {
  using T = typename G::lane_type;
  using B = random_batch<Rule, G>;
  for (const std::size_t count : batch_sizes<T>) {
    SCOPED_TRACE(testing::Message() << count << " games, " << off << " off");
    B batch(count, random);
    batch.mix();
    const packed<typename B::P> parameters(batch.parameters);
    std::vector<T> memory(block_memory<G>(count) + 2 * block_games<T>);
    void* place = memory.data();
    std::size_t room = memory.size() * sizeof(T);
    ASSERT_NE(std::align(64, block_memory<G>(count) * sizeof(T), place, room), nullptr);
    const blocks<G> games{static_cast<T*>(place) + off, count};
    ASSERT_EQ(saddle::pack(std::span<const G>(batch.games), games), status::ok);
    std::vector<typename B::State> starts;
    for (std::size_t g = 0; g < count; ++g) starts.push_back(saddle::start(Rule{}, batch.games[g], batch.points[g]));
    const packed<typename B::State> states(starts);
    for (int step = 0; step < 3; ++step)
      ASSERT_EQ(saddle::run(Rule{}, games, parameters.view, states.view, 1), status::ok);
    const auto ends = states.unpacked();
    for (std::size_t g = 0; g < count; ++g) {
      const auto alone = saddle::run(Rule{}, batch.games[g], batch.parameters[g], batch.points[g], 3);
      EXPECT_TRUE(same_bits(ends[g], alone.next)) << "game " << g;
    }
  }
}

/// (b·ω, −a·θ), whose numbers are not named in the order they lie in.
template <class L> struct crossed_game {
  using lane_type = L;
  using point_type = saddle::point<L, 1, 1>;
  template <class M> using rebind = crossed_game<M>;
  L a, b;

  template <class F, class... X> static constexpr void each(F& f, X&... x) noexcept {
    saddle::walk(f, x.b...);
    saddle::walk(f, x.a...);
  }
  constexpr point_type field(const point_type& z) const noexcept { return {{{b * z.omega[0]}}, {{-(a * z.theta[0])}}}; }
  constexpr saddle::solution<point_type> equilibrium() const noexcept {
    return {{saddle::zeros<L, 1>(), saddle::zeros<L, 1>()}, saddle::mask_t<L>(true)};
  }
};

TYPED_TEST(batches, single_steps_move_as_alone) {
  using T = TypeParam;
  random_source random(67);
  for (const std::size_t off : {std::size_t{0}, std::size_t{1}}) {
    saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
      SCOPED_TRACE(entry.name);
      single_steps_move_as_alone<Rule, saddle::games::quadratic<T, 2, 1>>(off, random);
    });
    single_steps_move_as_alone<saddle::dynamics::optimistic, saddle::games::bilinear<T, 3, 3>>(off, random);
    single_steps_move_as_alone<saddle::dynamics::optimistic, crossed_game<T>>(off, random);
  }
}

TYPED_TEST(batches, every_game_ends_as_alone) {
  using T = TypeParam;
  random_source random(62);
  const saddle::limits<T> stop{.tolerance = T(0.05), .cap = 40, .divergence = T(3)};
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    using G = saddle::games::bilinear<T, 1, 1>;
    using B = random_batch<Rule, G>;
    for (const std::size_t count : batch_sizes<T>) {
      B batch(count, random);
      batch.mix();
      const packed<G> games(batch.games);
      const packed<typename B::P> parameters(batch.parameters);
      std::vector<typename B::State> starts;
      for (std::size_t g = 0; g < count; ++g) starts.push_back(saddle::start(Rule{}, batch.games[g], batch.points[g]));
      const packed<typename B::State> states(starts);
      std::vector<status> statuses(count);
      std::vector<std::uint64_t> steps(count);
      std::vector<T> residuals(count);
      ASSERT_EQ(saddle::run_until(Rule{}, games.view, parameters.view, states.view, stop,
                                  {.status = statuses, .steps = steps, .residual = residuals}),
                status::ok);
      const auto ends = states.unpacked();
      for (std::size_t g = 0; g < count; ++g) {
        const auto alone = saddle::run_until(Rule{}, batch.games[g], batch.parameters[g], batch.points[g], stop);
        EXPECT_TRUE(same_bits(ends[g], alone.next)) << "game " << g << " of " << count;
        EXPECT_EQ(statuses[g], alone.status[0]);
        EXPECT_EQ(steps[g], alone.steps[0]);
        EXPECT_TRUE(same_bits(residuals[g], alone.residual));
      }
    }
  });
}

TYPED_TEST(batches, a_shared_value_serves_every_game) {
  using T = TypeParam;
  using Rule = saddle::dynamics::predictive;
  using G = saddle::games::quadratic<T, 2, 1>;
  using B = random_batch<Rule, G>;
  random_source random(63);
  const std::size_t count = 2 * block_games<T> + 3;
  const B batch(count, random);
  const packed<typename B::State> states([&] {
    std::vector<typename B::State> starts;
    for (const auto& z : batch.points) starts.push_back({z});
    return starts;
  }());
  ASSERT_EQ(saddle::run(Rule{}, saddle::shared<G>{batch.games[0]}, saddle::shared<typename B::P>{batch.parameters[0]},
                        states.view, 5),
            status::ok);
  const auto ends = states.unpacked();
  for (std::size_t g = 0; g < count; ++g) {
    const auto alone = saddle::run(Rule{}, batch.games[0], batch.parameters[0], batch.points[g], 5);
    EXPECT_TRUE(same_bits(ends[g].z, alone.z()));
  }
}

template <class Rule, class G> void every_set_of_steps_moves_as_alone(random_source& random) {
  using T = typename G::lane_type;
  using B = random_batch<Rule, G>;
  for (const std::size_t count : batch_sizes<T>) {
    SCOPED_TRACE(testing::Message() << count << " sets of steps");
    B batch(count, random);
    const packed<typename B::P> parameters(batch.parameters);
    const packed<typename B::State> states(
        std::vector<typename B::State>(count, random.fill<typename B::State>(-9, 9)));
    std::vector<status> statuses(count, status::singular);
    ASSERT_EQ(
        saddle::sweep(Rule{}, batch.games[0], batch.points[0], parameters.view, states.view, 9, {.status = statuses}),
        status::ok);
    const auto ends = states.unpacked();
    for (std::size_t g = 0; g < count; ++g) {
      const auto alone = saddle::run(Rule{}, batch.games[0], batch.parameters[g], batch.points[0], 9);
      EXPECT_TRUE(same_bits(ends[g], alone.next)) << "set " << g;
      EXPECT_EQ(statuses[g], alone.status[0]);
    }
  }
}

TYPED_TEST(batches, a_sweep_moves_every_set_of_steps_as_alone) {
  using T = TypeParam;
  random_source random(66);
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    every_set_of_steps_moves_as_alone<Rule, saddle::games::bilinear<T, 1, 1>>(random);
    if constexpr (this_tier >= tier::full)
      every_set_of_steps_moves_as_alone<Rule, saddle::games::quadratic<T, 3, 2>>(random);
  });
}

// The padding of a batch is a game at rest: it neither moves nor slows its neighbours down.
TYPED_TEST(batches, padding_stays_zero) {
  using T = TypeParam;
  using G =
      std::conditional_t<this_tier >= tier::full, saddle::games::quadratic<T, 1, 1>, saddle::games::bilinear<T, 1, 1>>;
  random_source random(64);
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    using B = random_batch<Rule, G>;
    const B batch(1, random);
    const packed<G> games(batch.games);
    const packed<typename B::P> parameters(batch.parameters);
    const packed<typename B::State> states(
        std::vector<typename B::State>{saddle::start(Rule{}, batch.games[0], batch.points[0])});
    ASSERT_EQ(saddle::run(Rule{}, games.view, parameters.view, states.view, 10), status::ok);
    ASSERT_EQ(saddle::run_until(Rule{}, games.view, parameters.view, states.view, {.cap = 10}), status::ok);
    for (std::size_t i = 0; i < states.memory.size(); ++i)
      if (i % block_games<T> != 0) { EXPECT_EQ(states.memory[i], T(0)) << i; }
  });
}

TYPED_TEST(batches, sizes_that_disagree_touch_nothing) {
  using T = TypeParam;
  using Rule = saddle::dynamics::simultaneous;
  using G = saddle::games::bilinear<T, 1, 1>;
  using B = random_batch<Rule, G>;
  random_source random(65);
  const B five(5, random), four(4, random);
  const packed<G> games(five.games), fewer_games(four.games);
  const packed<typename B::P> parameters(five.parameters), fewer_parameters(four.parameters);
  const packed<typename B::Z> points(five.points), fewer_points(four.points);
  const packed<typename B::State> states(std::vector<typename B::State>(5, {five.points[0]}));
  const auto before = states.memory;
  std::vector<status> short_report(4);
  EXPECT_EQ(saddle::sweep(Rule{}, five.games[0], five.points[0], fewer_parameters.view, states.view, 1),
            status::bad_argument);
  EXPECT_EQ(
      saddle::sweep(Rule{}, five.games[0], five.points[0], parameters.view, states.view, 1, {.status = short_report}),
      status::bad_argument);
  const saddle::limits<T> stop{}, wrong{.tolerance = T(-1)};
  EXPECT_EQ(saddle::run(Rule{}, fewer_games.view, parameters.view, states.view, 1), status::bad_argument);
  EXPECT_EQ(saddle::run(Rule{}, games.view, fewer_parameters.view, states.view, 1), status::bad_argument);
  EXPECT_EQ(saddle::run(Rule{}, games.view, parameters.view, states.view, 1, {.status = short_report}),
            status::bad_argument);
  EXPECT_EQ(saddle::run_until(Rule{}, fewer_games.view, parameters.view, states.view, stop), status::bad_argument);
  EXPECT_EQ(saddle::run_until(Rule{}, games.view, fewer_parameters.view, states.view, stop), status::bad_argument);
  EXPECT_EQ(saddle::run_until(Rule{}, games.view, parameters.view, states.view, wrong), status::bad_argument);
  EXPECT_EQ(saddle::run_until(Rule{}, games.view, parameters.view, states.view, stop, {.status = short_report}),
            status::bad_argument);
  EXPECT_EQ(saddle::start(Rule{}, games.view, fewer_points.view, states.view), status::bad_argument);
  EXPECT_EQ(saddle::start(Rule{}, fewer_games.view, points.view, states.view), status::bad_argument);
  EXPECT_EQ(states.memory, before);
}

} // namespace
} // namespace saddle_test::test_batch
