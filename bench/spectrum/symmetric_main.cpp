#include "spectrum/decompositions.hpp"

int main(int argc, char** argv) {
  bench::decompositions::add_symmetric_saddle_double();
  bench::decompositions::add_symmetric_saddle_float();
  bench::decompositions::add_symmetric_eigen();
  bench::decompositions::add_symmetric_lapack();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
