/// What every kernel has to do: the same as the header-only engine does with one game, on every instruction set.
/// Included behind the declarations of `rule`, `rule_id` and `each_game`.
#pragma once

#include <thread>

#include "kernels/match.hpp"

namespace kernels_test {

inline constexpr std::uint64_t run_steps = 40;
/// Games whose runs end early and badly, in run_until: no number, and steps far too long.
inline constexpr std::size_t broken_game = 3, wild_game = 5;

/// Calls f(match) for every game, pair of dimensions and scalar type of this build.
template <class F> void each_match(F f) {
  each_game([&]<class G>(int game_id, const char* name) {
    SCOPED_TRACE(name);
    match<rule, G> m(rule_id, game_id);
    f(m);
  });
}

template <class M> saddle_limits limits_of() {
  using T = typename M::T;
  return {
      .tolerance = static_cast<double>(std::sqrt(saddle::epsilon<T>)), .cap = 150, .check_every = 3, .divergence = 1e4};
}

template <class M> void break_some(M& m) {
  m.states[broken_game].z[0] = std::numeric_limits<typename M::T>::quiet_NaN();
  saddle::walk([](auto& x) { x = 50; }, m.parameters[wild_game]);
}

/// Rounding grows at most like a sum over the steps while the iterates stay bounded: each step adds a few roundings of
/// every scalar of the point.
template <class M> typename M::T bound(typename M::T size) {
  return saddle::epsilon<typename M::T> * typename M::T(run_steps) * typename M::T(8 * M::point_type::size) *
         (1 + size);
}

template <class M> std::vector<typename M::T> run_on(M& m, reported<typename M::T>* out = nullptr) {
  using T = typename M::T;
  packed<T> game(m.games), parameters(m.parameters), states(m.states);
  const saddle_report report = out ? out->view() : saddle_report{};
  EXPECT_EQ(saddle_run(&m.problem, game.blocks(), parameters.blocks(), states.data(), M::count, run_steps,
                       out ? &report : nullptr),
            SADDLE_OK);
  return states.unpacked();
}

template <class M> std::vector<typename M::T> run_until_on(M& m, reported<typename M::T>* out = nullptr) {
  using T = typename M::T;
  packed<T> game(m.games), parameters(m.parameters), states(m.states);
  const saddle_report report = out ? out->view() : saddle_report{};
  const saddle_limits stop = limits_of<M>();
  EXPECT_EQ(saddle_run_until(&m.problem, game.blocks(), parameters.blocks(), states.data(), M::count, &stop,
                             out ? &report : nullptr),
            SADDLE_OK);
  return states.unpacked();
}

TEST(kernels, sizes_are_those_of_the_headers) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    saddle_sizes sizes{};
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      ASSERT_EQ(saddle_problem_sizes(&m.problem, &sizes), SADDLE_OK) << isa;
      EXPECT_EQ(sizes.game, saddle::scalars<typename M::game_type>);
      EXPECT_EQ(sizes.parameters, saddle::scalars<typename M::parameters_type>);
      EXPECT_EQ(sizes.state, saddle::scalars<typename M::state_type>);
    }
  });
}

TEST(kernels, run_is_the_header_only_run) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      reported<T> out(M::count);
      const auto states = values<typename M::state_type>(run_on(m, &out));
      for (std::size_t g = 0; g < M::count; ++g) {
        const auto alone = saddle::run(rule{}, m.games[g], m.parameters[g], m.states[g], run_steps);
        EXPECT_EQ(out.status[g], static_cast<std::uint8_t>(alone.status[0])) << isa << ", game " << g;
        EXPECT_EQ(out.steps[g], run_steps) << isa << ", game " << g;
        EXPECT_TRUE(std::isnan(out.residual[g])) << isa << ", game " << g;
        if (rounds_once(isa) == saddle::fused<T>)
          EXPECT_TRUE(same(rows(std::vector(1, states[g])), rows(std::vector(1, alone.next)))) << isa << ", game " << g;
        else
          EXPECT_LE(saddle::norm(states[g].z - alone.z()), bound<M>(saddle::norm(alone.z()))) << isa << ", game " << g;
      }
    }
  });
}

TEST(kernels, run_until_is_the_header_only_run_until) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    break_some(m);
    const saddle_limits c = limits_of<M>();
    const saddle::limits<T> stop{static_cast<T>(c.tolerance), c.cap, c.check_every, static_cast<T>(c.divergence)};
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      reported<T> out(M::count);
      const auto states = values<typename M::state_type>(run_until_on(m, &out));
      EXPECT_EQ(out.status[broken_game], SADDLE_NON_FINITE) << isa;
      for (std::size_t g = 0; g < M::count; ++g) {
        const auto alone = saddle::run_until(rule{}, m.games[g], m.parameters[g], m.states[g], stop);
        const std::uint64_t steps = alone.steps[0];
        if (rounds_once(isa) == saddle::fused<T>) {
          EXPECT_EQ(out.status[g], static_cast<std::uint8_t>(alone.status[0])) << isa << ", game " << g;
          EXPECT_EQ(out.steps[g], steps) << isa << ", game " << g;
          EXPECT_TRUE(same(out.residual[g], alone.residual)) << isa << ", game " << g;
          EXPECT_TRUE(same(rows(std::vector(1, states[g])), rows(std::vector(1, alone.next)))) << isa << ", game " << g;
        } else {
          // Other roundings may carry a residual over the tolerance one look earlier or later, the cap included.
          const std::uint64_t apart = out.steps[g] > steps ? out.steps[g] - steps : steps - out.steps[g];
          EXPECT_LE(apart, c.check_every) << isa << ", game " << g;
          if (apart == 0) {
            EXPECT_EQ(out.status[g], static_cast<std::uint8_t>(alone.status[0])) << isa << ", game " << g;
          }
          if (out.status[g] == SADDLE_CONVERGED) {
            EXPECT_LE(out.residual[g], stop.tolerance) << isa << ", game " << g;
          }
        }
      }
    }
  });
}

TEST(kernels, start_is_the_header_only_start) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      // What the rule remembers is garbage before the call.
      auto states = m.states;
      for (auto& s : states) {
        const auto z = s.z;
        saddle::walk([](T& x) { x = T(7); }, s);
        s.z = z;
      }
      packed<T> game(m.games), now(states);
      ASSERT_EQ(saddle_start(&m.problem, game.blocks(), now.data(), M::count), SADDLE_OK);
      const std::vector<T> got = now.unpacked(), expected = rows(m.states);
      if (rounds_once(isa) == saddle::fused<T>) {
        EXPECT_TRUE(same(got, expected)) << isa;
      } else {
        for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], bound<M>(T(1))) << isa;
      }
    }
  });
}

TEST(kernels, a_shared_value_is_the_same_value_for_every_game) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    for (auto& g : m.games) g = m.games[0];
    for (auto& p : m.parameters) p = m.parameters[0];
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      const std::vector<T> expected = run_on(m);
      auto game = packed<T>::one(m.games[0]), parameters = packed<T>::one(m.parameters[0]);
      packed<T> states(m.states);
      ASSERT_EQ(saddle_run(&m.problem, game.blocks(), parameters.blocks(), states.data(), M::count, run_steps, nullptr),
                SADDLE_OK);
      EXPECT_TRUE(same(states.unpacked(), expected)) << isa;
    }
  });
}

TEST(kernels, a_sweep_is_a_run_of_one_game_from_one_start) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    m.parameters[wild_game].eta.of[0] = std::numeric_limits<T>::infinity();
    const auto game = rows(std::vector(1, m.games[0]));
    const auto start = rows(std::vector(1, m.states[0].z));
    for (auto& g : m.games) g = m.games[0];
    for (auto& s : m.states) s = m.states[0];
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      reported<T> expected_report(M::count), out(M::count);
      // What the rule remembers at the start is computed here by the kernels, as the sweep does.
      packed<T> games(m.games), parameters(m.parameters, 1), expected(m.states), states(m.states, 3);
      ASSERT_EQ(saddle_start(&m.problem, games.blocks(), expected.data(), M::count), SADDLE_OK);
      const saddle_report of_expected = expected_report.view(), of_sweep = out.view();
      ASSERT_EQ(saddle_run(&m.problem, games.blocks(), parameters.blocks(), expected.data(), M::count, run_steps,
                           &of_expected),
                SADDLE_OK);
      std::fill_n(states.data(), saddle_block_memory(scalar_id<T>, states.row, states.games), T(7));
      ASSERT_EQ(saddle_sweep(&m.problem, game.data(), start.data(), parameters.blocks(), states.data(), M::count,
                             run_steps, &of_sweep),
                SADDLE_OK);
      EXPECT_TRUE(same(states.unpacked(), expected.unpacked())) << isa;
      EXPECT_TRUE(out == expected_report) << isa;
      EXPECT_EQ(out.status[0], SADDLE_OK) << isa;
      EXPECT_NE(out.status[wild_game], SADDLE_OK) << isa;
    }
  });
}

TEST(kernels, instruction_sets_of_one_class_have_the_same_bits_and_others_have_not) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    std::vector<T> run[2], until[2];
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      const std::size_t c = rounds_once(isa) ? 1 : 0;
      reported<T> out(M::count);
      const auto a = run_on(m), b = run_until_on(m, &out);
      if (run[c].empty()) {
        run[c] = a;
        until[c] = b;
      }
      EXPECT_TRUE(same(run[c], a)) << isa;
      EXPECT_TRUE(same(until[c], b)) << isa;
    }
    // Were they the same, the forced name would not have changed what ran.
    if (!run[0].empty() && !run[1].empty()) { EXPECT_FALSE(same(run[0], run[1])); }
  });
}

TEST(kernels, a_batch_may_be_split_at_blocks_and_lie_anywhere) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    break_some(m);
    const saddle_limits stop = limits_of<M>();
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      reported<T> expected_report(M::count);
      const std::vector<T> expected = run_until_on(m, &expected_report), expected_run = run_on(m);
      for (const std::size_t offset : {0u, 1u, 3u, 7u}) {
        packed<T> game(m.games, offset), parameters(m.parameters, offset), run(m.states, offset),
            until(m.states, offset);
        reported<T> out(M::count);
        const std::size_t cuts[] = {0, 16, 48, M::count};
        for (std::size_t i = 0; i < 3; ++i) {
          const std::size_t first = cuts[i], n = cuts[i + 1] - first;
          const saddle_report report = out.view(first);
          ASSERT_EQ(saddle_run(&m.problem, game.blocks(first), parameters.blocks(first), run.from(first), n, run_steps,
                               nullptr),
                    SADDLE_OK);
          ASSERT_EQ(saddle_run_until(&m.problem, game.blocks(first), parameters.blocks(first), until.from(first), n,
                                     &stop, &report),
                    SADDLE_OK);
        }
        EXPECT_TRUE(same(run.unpacked(), expected_run)) << isa << ", offset " << offset;
        EXPECT_TRUE(same(until.unpacked(), expected)) << isa << ", offset " << offset;
        EXPECT_TRUE(out == expected_report) << isa << ", offset " << offset;
      }
    }
  });
}

// One step a call takes code of its own where the games begin on a cache line.
TEST(kernels, a_run_may_be_taken_step_by_step) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    for (const std::string& isa : isas()) {
      const selected choice(isa);
      const std::vector<T> expected = run_on(m);
      for (const std::size_t offset : {0u, 1u}) {
        packed<T> game(m.games, offset), parameters(m.parameters, offset), states(m.states, offset);
        for (std::uint64_t step = 0; step < run_steps; ++step)
          ASSERT_EQ(saddle_run(&m.problem, game.blocks(), parameters.blocks(), states.data(), M::count, 1, nullptr),
                    SADDLE_OK);
        EXPECT_TRUE(same(states.unpacked(), expected)) << isa << ", offset " << offset;
      }
    }
  });
}

TEST(kernels, two_threads_may_call_at_once) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    constexpr std::size_t cut = 48;
    const saddle_limits stop = limits_of<M>();
    const std::vector<T> expected = run_until_on(m);
    packed<T> game(m.games), parameters(m.parameters), states(m.states);
    saddle_status status[2]{};
    const auto half = [&](std::size_t i) {
      const std::size_t first = i * cut, n = i == 0 ? cut : M::count - cut;
      status[i] = saddle_run_until(&m.problem, game.blocks(first), parameters.blocks(first), states.from(first), n,
                                   &stop, nullptr);
    };
    std::thread other(half, 1u);
    half(0);
    other.join();
    EXPECT_EQ(status[0], SADDLE_OK);
    EXPECT_EQ(status[1], SADDLE_OK);
    EXPECT_TRUE(same(states.unpacked(), expected));
  });
}

// The padding of a shared game that pulls, with the steps of zero of its padded parameters, never comes to rest: it must
// not keep the games beside it from being done.
TEST(kernels, padding_does_not_run_to_the_cap) {
  each_match([](auto& m) {
    using M = std::remove_reference_t<decltype(m)>;
    using T = typename M::T;
    auto game = packed<T>::one(m.games[0]);
    const std::vector one_parameters(1, m.parameters[0]);
    const std::vector one_state(1, m.states[0]);
    packed<T> parameters(one_parameters), states(one_state);
    // Converged at once, by a tolerance above its residual; the cap would take years.
    const saddle_limits stop{.tolerance = 1e6, .cap = ~std::uint64_t{0}, .check_every = 1, .divergence = 1e4};
    // Padding that no tolerance takes.
    for (std::size_t s = 0; s < states.row; ++s)
      for (std::size_t g = 1; g < saddle::block_games<T>; ++g) states.data()[s * saddle::block_games<T> + g] = T(1e12);
    reported<T> out(1);
    const saddle_report report = out.view();
    ASSERT_EQ(saddle_run_until(&m.problem, game.blocks(), parameters.blocks(), states.data(), 1, &stop, &report),
              SADDLE_OK);
    EXPECT_EQ(out.status[0], SADDLE_CONVERGED);
    EXPECT_EQ(out.steps[0], 0u);
  });
}

} // namespace kernels_test
