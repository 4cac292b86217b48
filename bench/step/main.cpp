#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "step/measure.hpp"
#ifdef BENCH_KERNELS
#include "step/saddle_kernels.hpp"
#endif
#include "support/machine.hpp"

namespace bench::step {
namespace {

struct row {
  player who;
  load shape;
  bool usual; ///< whether it is one of those that a few minutes are enough for

  std::string name() const {
    return fmt::format("step/{}/{}/{}/n={}/games={}/steps={}", who.contestant, who.rule,
                       who.single ? "float" : "double", who.n, shape.games, shape.steps);
  }
};

/// One game alone, 1000 steps.
void add_alone(const player& p, std::vector<row>& rows) {
  const load one{.games = 1, .steps = 1000, .where = {}};
  if (p.alone) rows.push_back({p, one, facts_of(p.rule).stands});
}

/// A batch: 1000 steps a load in L1, and fewer steps a load in every level of memory.
void add_batches(const player& p, std::vector<row>& rows) {
  if (!p.batches) return;
  const auto sets = working_sets();
  for (std::size_t i = 0; i < sets.size(); ++i)
    for (const int steps : {1000, 64, 1}) {
      // In DRAM a load of 1000 steps takes seconds and says what L1 says.
      if (steps == 1000 && !sets[i].cached) continue;
      const bool example = std::string_view(p.rule) == "optimistic" && !p.single;
      const bool usual = steps == 1000 ? i == 0 : example && (steps == 1 ? p.n >= 2 : p.n == 4);
      const std::size_t games = std::max<std::size_t>(sets[i].bytes / game_bytes(p) / 16, 1) * 16;
      rows.push_back({p, {games, steps, sets[i].name, sets[i].cached}, usual});
    }
}

/// All rows, a contestant's games alone before its batches.
std::vector<row> all_rows() {
  std::vector<row> rows;
  for (const std::string& contestant : contestants())
    for (const auto add : {add_alone, add_batches})
      for (const player& p : players())
        if (contestant == p.contestant) add(p, rows);
  return rows;
}

/// The rules that a peer has no file for, or that the compiled library has no kernel for, a line a contestant.
std::vector<std::pair<std::string, std::string>> missing() {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const std::string& contestant : contestants()) {
    if (contestant.starts_with("saddle_")) continue; // plays all that it can
    std::string names;
    for (const rule_facts& r : rules())
      if (std::none_of(players().begin(), players().end(), [&](const player& p) {
            return contestant == p.contestant && std::string_view(r.name) == p.rule;
          }))
        names += fmt::format("{}{}", names.empty() ? "" : " ", r.name);
    if (!names.empty()) lines.emplace_back(contestant, names);
  }
  return lines;
}

/// What the core reaches, into the head of the report.
void add_limits() {
  benchmark::AddCustomContext("fma_peak_gflops_double", fmt::format("{:.2f}", peak_flops<double>() * 1e-9));
  benchmark::AddCustomContext("fma_peak_gflops_float", fmt::format("{:.2f}", peak_flops<float>() * 1e-9));
  for (const auto& set : working_sets()) {
    const auto add = [&](const char* kind, traffic t) {
      benchmark::AddCustomContext(fmt::format("{}_gbytes_{}", kind, set.name),
                                  fmt::format("{:.1f}", bandwidth(t, set.bytes) * 1e-9));
    };
    add("read", traffic::read);
    add("copy", traffic::copy);
    add("update", traffic::update);
  }
}

/// Plays every contestant's few games against the oracle and times nothing; `spoilt`, changes a number of what each
/// reached, which the oracle has to see. Returns the exit status.
int check(bool spoilt) {
  int agree = 0, differ = 0;
  for (const player& p : players()) {
    const bool right = agrees(p, {.games = p.alone ? 1u : 32u, .steps = 100, .where = {}}, spoilt);
    ++(right ? agree : differ);
    if (!right && !spoilt)
      fmt::print("{}/{}/{}/n={} differs from the oracle\n", p.contestant, p.rule, p.single ? "float" : "double", p.n);
  }
  fmt::print("{} agree with the oracle, {} differ\n", agree, differ);
  return agree > 0 && differ == 0 ? 0 : 1;
}

} // namespace
} // namespace bench::step

int main(int argc, char** argv) {
  using namespace bench::step;
#ifdef BENCH_KERNELS
  enter_kernels();
#endif
  for (const auto& [contestant, names] : missing()) fmt::print(stderr, "no contestant {} for: {}\n", contestant, names);
  if (argc == 2 && std::string_view(argv[1]) == "--check") return check(false);
  if (argc == 2 && std::string_view(argv[1]) == "--check-spoilt") return check(true);

  // With a filter the user says which rows.
  const bool filter = std::any_of(argv + 1, argv + argc,
                                  [](const char* a) { return std::string_view(a).starts_with("--benchmark_filter"); });
  const std::vector<row> rows = all_rows();
  for (const row& r : rows)
    if (r.usual || filter)
      benchmark::RegisterBenchmark(r.name().c_str(), [&r](benchmark::State& state) { measure(state, r.who, r.shape); });
  // Rows are many and repeat well; a later flag of the user's wins.
  char min_time[] = "--benchmark_min_time=0.02";
  std::vector<char*> arguments(argv, argv + argc);
  arguments.insert(arguments.begin() + 1, min_time);
  int count = argc + 1;
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  if (std::none_of(argv + 1, argv + argc,
                   [](const char* a) { return std::string_view(a).starts_with("--benchmark_list_tests"); })) {
    bench::add_machine();
    add_limits();
    for (const auto& [contestant, names] : missing())
      benchmark::AddCustomContext(fmt::format("no_{}", contestant), names);
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
