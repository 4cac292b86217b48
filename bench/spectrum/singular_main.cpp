#include "spectrum/decompositions.hpp"

int main(int argc, char** argv) {
  bench::decompositions::add_singular_saddle_double();
  bench::decompositions::add_singular_saddle_float();
  bench::decompositions::add_singular_eigen();
  bench::decompositions::add_singular_lapack();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
