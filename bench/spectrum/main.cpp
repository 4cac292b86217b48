#include "spectrum/task.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "spectrum/backward_error.hpp"
#include "support/machine.hpp"

namespace bench::spectrum {
namespace {

std::vector<row>& rows() {
  static std::vector<row> all;
  return all;
}

const char* name_of(operation what) {
  switch (what) {
  case operation::eigenvalues: return "eigenvalues";
  case operation::symmetric_eigenvalues: return "symmetric_eigenvalues";
  case operation::singular_values: return "singular_values";
  }
  return "";
}

/// Runs of a set between two looks at the clock, which takes half a microsecond: as long as a set of 2 × 2 matrices.
int repeats(std::size_t n) { return static_cast<int>(1 + 2000 / (n * n * n)); }

/// Seconds a run.
double timed(solver& s, int times) {
  const double begin = thread_seconds();
  for (int k = 0; k < times; ++k) {
    s.run();
    benchmark::ClobberMemory();
  }
  return (thread_seconds() - begin) / times;
}

void measure(benchmark::State& state, const row& r) {
  const auto own = r.make();
  own->run();
  double error = 0;
  for (std::size_t m = 0; m < matrices(r.n); ++m) {
    std::vector<std::complex<double>> values(r.n);
    for (std::size_t k = 0; k < r.n; ++k) values[k] = own->value(m, k);
    const double e = backward_error(r.what, r.matrix(m), values) / (static_cast<double>(r.n) * r.epsilon);
    if (!(e <= error)) error = e; // keeps NaN
  }
  // A few units are what LAPACK, Eigen and we have on such matrices.
  if (!(error < 20)) {
    state.SkipWithError("wrong values");
    return;
  }
  std::vector<std::unique_ptr<solver>> peers;
  if (r.plays == role::ours)
    for (const row& other : rows())
      if (other.plays == role::peer && other.what == r.what && other.n == r.n && std::string(other.type) == r.type)
        peers.push_back(other.make());
  const int times = repeats(r.n);
  double least = std::numeric_limits<double>::infinity(), peer = least;
  for (auto _ : state) {
    const double seconds = timed(*own, times);
    least = std::min(least, seconds);
  }
  // In turn, so that both see the same state of the machine. The minimum of few rounds does for the slower ones.
  for (int round = 0; round < 12 && !peers.empty(); ++round) {
    for (const auto& p : peers) peer = std::min(peer, timed(*p, times));
    for (int repeat = 0; repeat < 4; ++repeat) least = std::min(least, timed(*own, times));
  }
  state.counters["ns_per_matrix"] = least * 1e9 / static_cast<double>(matrices(r.n));
  state.counters["backward_error"] = error;
  if (!peers.empty()) state.counters["times_best_peer"] = peer / least;
}

} // namespace

void add(row r) { rows().push_back(std::move(r)); }

} // namespace bench::spectrum

using bench::spectrum::operation;

template <class T, std::size_t... N> static void add_sizes() {
  (bench::spectrum::add_eigen<operation::BENCH_OPERATION, T, N>(), ...);
  (bench::spectrum::add_saddle<operation::BENCH_OPERATION, T, N>(), ...);
}
template <class... T> static void add_types() { (add_sizes<T, BENCH_SIZES>(), ...); }

int main(int argc, char** argv) {
  bench::spectrum::add_lapack<operation::BENCH_OPERATION>();
#ifdef BENCH_EIGEN_BDC
  bench::spectrum::add_eigen_bdc();
#else
  if (operation::BENCH_OPERATION == operation::singular_values)
    fmt::print(stderr, "no contestant eigen_bdc: it takes a minute to compile, ./dev bench --all has it\n");
#endif
  add_types<BENCH_TYPES>();
  for (const auto& r : bench::spectrum::rows()) {
    const auto name =
        fmt::format("spectrum/{}/{}/{}/n={}", r.contestant, bench::spectrum::name_of(r.what), r.type, r.n);
    benchmark::RegisterBenchmark(name.c_str(), [&r](benchmark::State& s) { bench::spectrum::measure(s, r); });
  }
  // Rows are many and repeat well; a later flag of the user's wins.
  char min_time[] = "--benchmark_min_time=0.05";
  std::vector<char*> arguments(argv, argv + argc);
  arguments.insert(arguments.begin() + 1, min_time);
  int count = argc + 1;
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  bench::add_machine();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
