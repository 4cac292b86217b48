/// The task: take 1000 steps of a rule on bilinear games, one game or 4096. Contestants are files of this folder.
///
/// A row is named step/contestant/dynamics/type/n=…/games=…/steps=… and counts
///   ns_per_game_step   processor time a game and step
///   gflops             nominal floating-point operations a second: those of the rule's equation, folded or not
///   percent_of_limit   of the FMA peak measured in the same process (PQ fused multiply-adds a product with C)
/// A contestant's result is compared with the oracle before it is timed; a wrong one gets an error in place of a time.
#pragma once

#include <cmath>
#include <cstddef>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <saddle/engine/run.hpp>
#include <saddle/registry.hpp>

#include "support/machine.hpp"

namespace bench::step {

inline constexpr int steps = 1000;
inline constexpr std::size_t batch_games = 4096;

// Each contestant's file defines one of these: it registers the contestant's rows.
void add_saddle_scalar();
void add_saddle_batch();
#ifdef BENCH_KERNELS
void add_saddle_kernels();
#endif
void add_plain_loop();
void add_eigen();

template <class T> constexpr const char* type_name() { return std::is_same_v<T, float> ? "float" : "double"; }

/// Nominal operations of one step on a bilinear game of P × Q.
template <class Rule> constexpr double nominal_flops(std::size_t p, std::size_t q) {
  const double pq = static_cast<double>(p * q), n = static_cast<double>(p + q);
  const double solve = 4 * pq + 2 * n + 2 * static_cast<double>(q * q); // two products with C, two triangular solves
  return (Rule::about.field_evaluations + Rule::about.products) * 4 * pq + Rule::about.updates * 2 * n +
         Rule::about.solves * solve;
}

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
    for (auto& g : games)
      for (T& x : g.C.v) x = static_cast<T>(normal(random) / static_cast<double>(N));
    for (auto& z : start) saddle::walk([&](T& x) { x = static_cast<T>(normal(random)); }, z);
    // Small enough that no rule leaves the range of float in the steps of a load, large enough to stay clear of 0.
    saddle::walk([](T& x) { x = T(0.03); }, parameters);
  }
};

/// Whether z is where `steps` steps of long double arithmetic lead. Rounding grows at most like a sum over the steps.
template <class Rule, class T, std::size_t N>
bool agrees(const problem<Rule, T, N>& p, std::size_t game, const saddle::point<T, N, N>& z) {
  using oracle = long double;
  using point_type = saddle::point<oracle, N, N>;
  const auto exact = saddle::run(Rule{}, saddle::spread<saddle::games::bilinear<oracle, N, N>>(p.games[game]),
                                 saddle::spread<saddle::parameters_t<Rule, point_type>>(p.parameters),
                                 saddle::spread<point_type>(p.start[game]), steps);
  const auto reached = saddle::spread<point_type>(z);
  const oracle bound = static_cast<oracle>(saddle::epsilon<T>) * steps * static_cast<oracle>(4 * N);
  return saddle::norm(reached - exact.z()) <= bound * (saddle::norm(exact.z()) + 1);
}

/// Times `body`, which takes `steps` steps of `games` games of N × N, and sets the row's counters.
template <class Rule, class T, std::size_t N, class Body>
void time(benchmark::State& state, std::size_t games, Body body) {
  const double begin = thread_seconds();
  for (auto _ : state) {
    body();
    benchmark::ClobberMemory();
  }
  const double taken = static_cast<double>(state.iterations()) * static_cast<double>(games) * steps;
  const double seconds = (thread_seconds() - begin) / taken;
  const double rate = nominal_flops<Rule>(N, N) / seconds;
  state.counters["ns_per_game_step"] = seconds * 1e9;
  state.counters["gflops"] = rate * 1e-9;
  state.counters["percent_of_limit"] = 100 * rate / peak_flops<T>();
}

/// Registers one row for every rule, type and size: contestant::row<Rule, T, N>(state, games) times it.
template <class Contestant> void add_rows(const char* contestant, std::size_t games) {
  saddle::registry::each_dynamics([&]<class Rule>(int, const char* rule) {
    const auto add = [&]<class T, std::size_t N>() {
      if constexpr (Contestant::template plays<Rule>) {
        const std::string name = fmt::format("step/{}/{}/{}/n={}/games={}/steps={}", contestant, rule, type_name<T>(), N,
                                             games, steps);
        benchmark::RegisterBenchmark(
            name.c_str(), [games](benchmark::State& state) { Contestant::template row<Rule, T, N>(state, games); });
      }
    };
    const auto add_sizes = [&]<class T>() {
      add.template operator()<T, 1>();
      add.template operator()<T, 2>();
      add.template operator()<T, 3>();
      add.template operator()<T, 4>();
      add.template operator()<T, 8>();
    };
    add_sizes.template operator()<float>();
    add_sizes.template operator()<double>();
  });
}

/// The frame of a contestant that advances one game at a time: advance(game, parameters, z) takes `steps` steps of z.
template <class Rule, class T, std::size_t N, class Advance>
void time_one_by_one(benchmark::State& state, std::size_t games, Advance advance) {
  const problem<Rule, T, N> p(games);
  for (std::size_t g = 0; g < games; g += games / 16 + 1) {
    auto z = p.start[g];
    advance(p.games[g], p.parameters, z);
    if (!agrees(p, g, z)) {
      state.SkipWithError("the result differs from the oracle's");
      return;
    }
  }
  auto z = p.start;
  time<Rule, T, N>(state, games, [&] {
    for (std::size_t g = 0; g < games; ++g) {
      z[g] = p.start[g]; // from the same place each time, or a rule that diverges would time infinities
      advance(p.games[g], p.parameters, z[g]);
    }
    benchmark::DoNotOptimize(z.data());
  });
}

} // namespace bench::step
