/// The task: step a batch in which every second game is in trouble, or done. What its neighbours do must not change what
/// a game costs.
///
/// Rows are named neighbours/isa/call/neighbour/dynamics/type/n=… and count
///   ns_per_game_step   processor time a game and step
///   times_full         the time over that of a batch in which every game moves, the two run in turn, each at its best
/// The games that move have to end with the bits of that full batch; a row in which they do not gets an error.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <saddle/saddle.h>

#include "support/machine.hpp"

namespace {

constexpr std::size_t games = 512;
constexpr std::uint64_t steps = 256;

enum class neighbour { diverged, finished, denormal };
constexpr const char* names[] = {"diverged", "finished", "denormal"};

/// One scalar of the state of a neighbour, given that of a game that moves.
template <class T> T troubled(neighbour kind, T moving) {
  switch (kind) {
  case neighbour::diverged: return std::numeric_limits<T>::infinity() * moving;
  case neighbour::finished: return T(0); // the equilibrium of a bilinear game
  case neighbour::denormal: return std::numeric_limits<T>::min() / T(64) * moving;
  }
  return moving;
}

template <class T> class batch {
  struct alignas(64) line {
    T scalar[64 / sizeof(T)];
  };
  static constexpr saddle_scalar type = std::is_same_v<T, float> ? SADDLE_FLOAT : SADDLE_DOUBLE;
  saddle_problem problem;
  saddle_sizes row{};
  std::vector<line> game, step, start, now;

  T* data(std::vector<line>& lines) { return lines.data()->scalar; }
  std::vector<line> packed(std::size_t scalars, const std::vector<T>& rows) {
    std::vector<line> r(saddle_block_memory(type, scalars, games) * sizeof(T) / sizeof(line));
    saddle_pack(type, scalars, rows.data(), games, data(r));
    return r;
  }

public:
  batch(saddle_dynamics rule, unsigned n, const neighbour* kind) : problem{rule, SADDLE_GAME_BILINEAR, type, n, n} {
    if (saddle_problem_sizes(&problem, &row) != SADDLE_OK) return;
    std::mt19937 random(20190416);
    std::normal_distribution<T> normal;
    std::vector<T> of_game(games * row.game), of_state(games * row.state);
    for (T& x : of_game) x = normal(random) / static_cast<T>(n);
    for (std::size_t i = 0; i < of_state.size(); ++i) {
      of_state[i] = normal(random);
      if (kind != nullptr && i / row.state % 2 == 1) of_state[i] = troubled(*kind, of_state[i]);
    }
    game = packed(row.game, of_game);
    step = packed(row.parameters, std::vector<T>(games * row.parameters, T(0.03)));
    start = packed(row.state, of_state);
    saddle_start(&problem, {data(game), 0}, data(start), games);
    now = start;
  }
  bool available() const { return row.state > 0; }

  /// Seconds of one call.
  double seconds(bool until) {
    std::copy(start.begin(), start.end(), now.begin());
    const saddle_blocks g{data(game), 0}, p{data(step), 0};
    // A tolerance and a limit that no game reaches but those that are at rest or infinite from the start.
    const saddle_limits stop{0, steps, 8, std::numeric_limits<double>::infinity()};
    const double begin = bench::thread_seconds();
    if (until) saddle_run_until(&problem, g, p, data(now), games, &stop, nullptr);
    else saddle_run(&problem, g, p, data(now), games, steps, nullptr);
    return bench::thread_seconds() - begin;
  }

  /// Whether every game with an even number is where it is in `other`, bit for bit.
  bool agrees_in_moving_games(batch& other) {
    std::vector<T> a(games * row.state), b(a);
    saddle_unpack(type, row.state, data(now), games, a.data());
    saddle_unpack(type, row.state, data(other.now), games, b.data());
    for (std::size_t g = 0; g < games; g += 2)
      if (std::memcmp(&a[g * row.state], &b[g * row.state], row.state * sizeof(T)) != 0) return false;
    return true;
  }
};

template <class T> void row(benchmark::State& state, const std::string& isa, saddle_dynamics rule, unsigned n,
                            neighbour kind, bool until) {
  if (saddle_select_isa(isa.c_str()) != SADDLE_OK) {
    state.SkipWithError("this machine does not run that instruction set");
    return;
  }
  batch<T> full(rule, n, nullptr), mixed(rule, n, &kind);
  double of_full = 1e9, of_mixed = 1e9;
  for (auto _ : state) {
    const double taken = mixed.seconds(until);
    state.SetIterationTime(taken);
    of_mixed = std::min(of_mixed, taken);
    of_full = std::min(of_full, full.seconds(until));
  }
  if (!mixed.agrees_in_moving_games(full)) {
    state.SkipWithError("a game moves differently beside its neighbour");
    return;
  }
  state.counters["ns_per_game_step"] = of_mixed * 1e9 / static_cast<double>(games * steps);
  state.counters["times_full"] = of_mixed / of_full;
}

/// Rows for the sizes that the library was built with.
template <class T> void add_rows(const std::string& isa, const char* type) {
  struct rule {
    const char* name;
    saddle_dynamics id;
  };
  for (const rule& r : {rule{"optimistic", SADDLE_DYNAMICS_OPTIMISTIC}, rule{"consensus", SADDLE_DYNAMICS_CONSENSUS}})
    for (const unsigned n : {2u, 8u}) {
      if (!batch<T>(r.id, n, nullptr).available()) continue;
      for (const bool until : {false, true})
        for (const neighbour kind : {neighbour::diverged, neighbour::finished, neighbour::denormal})
          benchmark::RegisterBenchmark(fmt::format("neighbours/{}/{}/{}/{}/{}/n={}", isa, until ? "run_until" : "run",
                                                   names[static_cast<std::size_t>(kind)], r.name, type, n)
                                           .c_str(),
                                       [=](benchmark::State& state) { row<T>(state, isa, r.id, n, kind, until); })
              ->UseManualTime();
    }
}

} // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  std::vector<const char*> isas(saddle_available_isas(nullptr, 0));
  saddle_available_isas(isas.data(), isas.size());
  for (const char* isa : isas) {
    add_rows<float>(isa, "float");
    add_rows<double>(isa, "double");
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
