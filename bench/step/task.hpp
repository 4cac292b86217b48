/// The task: take steps of a rule on bilinear games, one game alone or a batch. Contestants are files of this folder.
///
/// A row is named step/contestant/dynamics/type/n=…/games=…/steps=…, with the steps a load of a game and its state, and
/// counts
///   ns_per_game_step   processor time a game and step, the best of many short stretches
///   gflops             nominal floating-point operations a second: those of the rule's equation, folded or not
///   gbytes             bytes a second of games read and states read and written, once a load
///   percent_of_limit   of the limit that binds, measured beside the row: the FMA peak, or for a batch the memory (in
///                      caches reading, changing and writing back; from DRAM what is read, at the speed of reading)
/// The label says in which cache a batch lies. A contestant's result is compared with the oracle before it is timed; a
/// wrong one gets an error in place of a time.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <saddle/registry.hpp>

#include "support/machine.hpp"

namespace bench::step {

/// Whether to register all rows, or those that a few minutes are enough for.
inline bool all_rows = false;

// Each contestant's file defines one of these: it registers the contestant's rows.
void add_saddle_scalar();
void add_saddle_wide();
void add_saddle_batch();
#ifdef BENCH_KERNELS
void add_saddle_kernels();
#endif
void add_plain_loop();
void add_eigen();
void add_eigen_lazy();
void add_openblas();

template <class T> constexpr const char* type_name() { return std::is_same_v<T, float> ? "float" : "double"; }

/// Nominal operations of one step on a bilinear game of P × Q.
template <class Rule> constexpr double nominal_flops(std::size_t p, std::size_t q) {
  const double pq = static_cast<double>(p * q), n = static_cast<double>(p + q);
  const double solve = 4 * pq + 2 * n + 2 * static_cast<double>(q * q); // two products with C, two triangular solves
  return (Rule::about.field_evaluations + Rule::about.products) * 4 * pq + Rule::about.updates * 2 * n +
         Rule::about.solves * solve;
}

/// Bytes of one game, and of one game with its state.
template <class Rule, class T, std::size_t N>
inline constexpr std::size_t state_bytes = (1 + Rule::about.memory) * 2 * N * sizeof(T);
template <class Rule, class T, std::size_t N>
inline constexpr std::size_t game_bytes = N* N * sizeof(T) + state_bytes<Rule, T, N>;

/// How many games, and how many steps of each before the next.
struct load {
  std::size_t games;
  int steps;
  std::string where; ///< the cache of the working set; empty for one game
  bool cached = true;
};

/// Games, parameters and start points of one row, the same for every contestant.
template <class Rule, class T, std::size_t N> struct problem {
  using game_type = saddle::games::bilinear<T, N, N>;
  using point_type = saddle::point<T, N, N>;
  using parameters_type = saddle::parameters_t<Rule, point_type>;
  std::vector<game_type> games;
  std::vector<point_type> start;
  parameters_type parameters;

  explicit problem(std::size_t count) : games(count), start(count) {
    std::mt19937 random(20190416);
    std::normal_distribution<double> normal;
    constexpr std::size_t different = 61; // drawing numbers for all games of a large batch would take seconds
    for (std::size_t g = 0; g < count; ++g) {
      if (g >= different) {
        games[g] = games[g - different];
        start[g] = start[g - different];
        continue;
      }
      for (T& x : games[g].C.v) x = static_cast<T>(normal(random) / static_cast<double>(N));
      saddle::walk([&](T& x) { x = static_cast<T>(normal(random)); }, start[g]);
    }
    // Small enough that no rule leaves the range of float in the steps of a load, large enough to stay clear of 0.
    saddle::walk([](T& x) { x = T(0.03); }, parameters);
  }
};

/// What oracle.cpp computes: `steps` steps of the rule with this id on a bilinear game of n × n, all in long double and in
/// the order of the library's own values. Compiled once for all contestants.
void follow(int rule, std::size_t n, const long double* c, const long double* parameters, long double* z, int steps);

/// The numbers of a value in long double.
template <class X> std::vector<long double> widened(const X& x) {
  std::vector<long double> r;
  saddle::walk([&](const auto& number) { r.push_back(number); }, x);
  return r;
}

template <class Rule> int id_of() {
  int found = -1;
  saddle::registry::all_dynamics::each([&]<class R>(saddle::registry::rule<R> entry) {
    if (std::is_same_v<R, Rule>) found = entry.id;
  });
  return found;
}

/// Whether z is where `steps` steps of long double arithmetic lead. Rounding grows at most like a sum over the steps.
template <class Rule, class T, std::size_t N>
bool agrees(const problem<Rule, T, N>& p, std::size_t game, const saddle::point<T, N, N>& z, int steps) {
  const std::vector<long double> c = widened(p.games[game]), parameters = widened(p.parameters), reached = widened(z);
  std::vector<long double> exact = widened(p.start[game]);
  follow(id_of<Rule>(), N, c.data(), parameters.data(), exact.data(), steps);
  long double apart = 0, size = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    apart += (reached[i] - exact[i]) * (reached[i] - exact[i]);
    size += exact[i] * exact[i];
  }
  const long double bound = static_cast<long double>(saddle::epsilon<T>) * steps * static_cast<long double>(4 * N);
  return std::sqrt(apart) <= bound * (std::sqrt(size) + 1);
}

/// Times `body`, which takes the steps of a load, and sets the row's counters. `reset` puts the states back, outside the
/// time: a rule that diverges would time infinities, one that converges denormal numbers.
template <class Rule, class T, std::size_t N, class Reset, class Body>
void time(benchmark::State& state, const load& shape, Reset reset, Body body) {
  int loads = 1; // in one stretch: long enough for the clock, short enough for the range of the numbers
  double best = 1e30;
  for (auto _ : state) {
    reset();
    const double begin = thread_seconds();
    for (int i = 0; i < loads; ++i) {
      body();
      benchmark::ClobberMemory();
    }
    const double seconds = thread_seconds() - begin;
    best = std::min(best, seconds / loads);
    if (seconds < 5e-5 && loads * shape.steps < 4000) {
      loads *= 2;
      best = 1e30;
    }
  }
  const double game_steps = static_cast<double>(shape.games) * shape.steps;
  const double flops = nominal_flops<Rule>(N, N) * game_steps;
  const double bytes = static_cast<double>((game_bytes<Rule, T, N> + state_bytes<Rule, T, N>)*shape.games);
  double least = flops / peak_flops<T>();
  if (shape.games > 1) {
    const std::size_t set = game_bytes<Rule, T, N> * shape.games;
    // From DRAM reading alone binds: what is written goes the other way at the same time.
    least = std::max(least, shape.cached ? bytes / bandwidth(traffic::update, set)
                                         : static_cast<double>(set) / bandwidth(traffic::read, set));
  }
  state.counters["ns_per_game_step"] = best / game_steps * 1e9;
  state.counters["gflops"] = flops / best * 1e-9;
  state.counters["gbytes"] = bytes / best * 1e-9;
  state.counters["percent_of_limit"] = 100 * least / best;
  state.SetLabel(shape.where);
}

/// Calls f.template operator()<Rule>(name) for the rules that a contestant plays.
template <class Contestant, class F> void each_rule_of(F f) {
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if constexpr (Contestant::template plays<Rule>) f.template operator()<Rule>(entry.name);
  });
}

template <class Contestant, class Rule, class T, std::size_t N>
void add_row(const std::string& contestant, const char* rule, const load& shape) {
  const std::string name = fmt::format("step/{}/{}/{}/n={}/games={}/steps={}", contestant, rule, type_name<T>(), N,
                                       shape.games, shape.steps);
  benchmark::RegisterBenchmark(
      name.c_str(), [shape](benchmark::State& state) { Contestant::template row<Rule, T, N>(state, shape); });
}

/// The rules that stand for the rest: one field a step with memory, two fields, a field and a product.
template <class Rule> inline constexpr bool representative = std::is_same_v<Rule, saddle::dynamics::optimistic> ||
                                                             std::is_same_v<Rule, saddle::dynamics::predictive> ||
                                                             std::is_same_v<Rule, saddle::dynamics::consensus>;

/// Every contestant at one size, in double: enough to see that all of them still compile.
#ifdef BENCH_SMOKE
inline constexpr bool smoke = true;
#else
inline constexpr bool smoke = false;
#endif

/// One game alone, 1000 steps: Contestant::row<Rule, T, N>(state, load).
template <class Contestant> void add_alone(const std::string& contestant) {
  each_rule_of<Contestant>([&]<class Rule>(const char* rule) {
    const auto add = [&]<class T, std::size_t N>() {
      if (all_rows || representative<Rule>) add_row<Contestant, Rule, T, N>(contestant, rule, {1, 1000, ""});
    };
    const auto sizes = [&]<class T>() {
      add.template operator()<T, 2>();
      add.template operator()<T, 3>();
      add.template operator()<T, 4>();
      add.template operator()<T, 8>();
      // Larger games where a rule makes a difference to a product; nobody waits for the rest to compile.
      if constexpr (representative<Rule>) {
        add.template operator()<T, 16>();
        add.template operator()<T, 32>();
      }
    };
    if constexpr (smoke) {
      add.template operator()<double, 2>();
    } else {
      sizes.template operator()<double>();
      sizes.template operator()<float>();
    }
  });
}

/// A batch: 1000 steps a load in L1, and fewer steps a load in every level of memory.
template <class Contestant> void add_batches(const std::string& contestant) {
  each_rule_of<Contestant>([&]<class Rule>(const char* rule) {
    const auto add = [&]<class T, std::size_t N>() {
      const auto sets = working_sets();
      for (std::size_t i = 0; i < sets.size(); ++i)
        for (const int steps : {1000, 64, 1}) {
          // In DRAM a load of 1000 steps takes seconds and says what L1 says.
          if (steps == 1000 && !sets[i].cached) continue;
          const bool usual = steps == 1000 ? i == 0
                                           : std::is_same_v<Rule, saddle::dynamics::optimistic> &&
                                                 std::is_same_v<T, double> && (steps == 1 ? N >= 2 : N == 4);
          const std::size_t games = std::max<std::size_t>(sets[i].bytes / game_bytes<Rule, T, N> / 16, 1) * 16;
          if (all_rows || usual)
            add_row<Contestant, Rule, T, N>(contestant, rule, {games, steps, sets[i].name, sets[i].cached});
        }
    };
    const auto sizes = [&]<class T>() {
      add.template operator()<T, 1>();
      add.template operator()<T, 2>();
      add.template operator()<T, 3>();
      add.template operator()<T, 4>();
      add.template operator()<T, 8>();
    };
    if constexpr (smoke) {
      add.template operator()<double, 2>();
    } else {
      sizes.template operator()<double>();
      sizes.template operator()<float>();
    }
  });
}

/// The frame of a contestant that takes one game at a time: advance(game, parameters, z, steps) moves z. Where a game
/// has to be brought into a form of the contestant's first, that is `prepare`, outside the time.
template <class Rule, class T, std::size_t N, class Prepare, class Advance>
void time_one_by_one(benchmark::State& state, const load& shape, Prepare prepare, Advance advance) {
  const problem<Rule, T, N> p(shape.games);
  std::vector<decltype(prepare(p.games[0], p.parameters))> games;
  games.reserve(shape.games);
  for (const auto& g : p.games) games.push_back(prepare(g, p.parameters));
  auto z = p.start;
  for (std::size_t g = 0; g < shape.games; ++g) advance(games[g], z[g], shape.steps);
  for (std::size_t g = 0; g < shape.games; g += shape.games / 16 + 1)
    if (!agrees(p, g, z[g], shape.steps)) {
      state.SkipWithError("the result differs from the oracle's");
      return;
    }
  time<Rule, T, N>(
      state, shape, [&] { z = p.start; },
      [&] {
        for (std::size_t g = 0; g < shape.games; ++g) advance(games[g], z[g], shape.steps);
        benchmark::DoNotOptimize(z.data());
      });
}

} // namespace bench::step
