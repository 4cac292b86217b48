#include <benchmark/benchmark.h>
#include <saddle/saddle.hpp>
static void product(benchmark::State& state) {
  double x = 1.5;
  for (auto _ : state) benchmark::DoNotOptimize(x = saddle::games::bilinear(x, 1.0));
}
BENCHMARK(product);
BENCHMARK_MAIN();
