#include "step/task.hpp"

#include <vector>

int main(int argc, char** argv) {
  bench::step::add_saddle_scalar();
  bench::step::add_saddle_batch();
#ifdef BENCH_KERNELS
  bench::step::add_saddle_kernels();
#endif
  bench::step::add_plain_loop();
  bench::step::add_eigen();
  // Rows are many and repeat well; a later flag of the user's wins.
  char min_time[] = "--benchmark_min_time=0.05";
  std::vector<char*> arguments(argv, argv + argc);
  arguments.insert(arguments.begin() + 1, min_time);
  int count = argc + 1;
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::AddCustomContext("fma_peak_gflops_double", fmt::format("{:.2f}", bench::peak_flops<double>() * 1e-9));
  benchmark::AddCustomContext("fma_peak_gflops_float", fmt::format("{:.2f}", bench::peak_flops<float>() * 1e-9));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
