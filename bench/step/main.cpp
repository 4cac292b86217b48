#include "step/task.hpp"

#include <string_view>
#include <vector>

int main(int argc, char** argv) {
  // With a filter the user says which rows; without one those are run that a few minutes are enough for.
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]).starts_with("--benchmark_filter")) bench::step::all_rows = true;
  bench::step::add_saddle_scalar();
  bench::step::add_saddle_wide();
  bench::step::add_plain_loop();
  bench::step::add_eigen();
  bench::step::add_eigen_lazy();
  bench::step::add_openblas();
  bench::step::add_saddle_batch();
#ifdef BENCH_KERNELS
  bench::step::add_saddle_kernels();
#endif
  // Rows are many and repeat well; a later flag of the user's wins.
  char min_time[] = "--benchmark_min_time=0.02";
  std::vector<char*> arguments(argv, argv + argc);
  arguments.insert(arguments.begin() + 1, min_time);
  int count = argc + 1;
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::AddCustomContext("fma_peak_gflops_double", fmt::format("{:.2f}", bench::peak_flops<double>() * 1e-9));
  benchmark::AddCustomContext("fma_peak_gflops_float", fmt::format("{:.2f}", bench::peak_flops<float>() * 1e-9));
  for (const auto& set : bench::working_sets()) {
    using bench::traffic;
    const auto add = [&](const char* kind, traffic t) {
      benchmark::AddCustomContext(fmt::format("{}_gbytes_{}", kind, set.name),
                                  fmt::format("{:.1f}", bench::bandwidth(t, set.bytes) * 1e-9));
    };
    add("read", traffic::read);
    add("copy", traffic::copy);
    add("update", traffic::update);
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
