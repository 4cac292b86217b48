#include "spectrum/eigenvalues.hpp"

#include <limits>

#include <Eigen/Dense>

namespace bench::spectrum {

double distance_from_exact(const std::vector<double>& a, std::size_t n, const eigenvalue_list& found) {
  using matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
  const auto size = static_cast<Eigen::Index>(n);
  matrix exact(size, size);
  for (std::size_t e = 0; e < n * n; ++e)
    exact(static_cast<Eigen::Index>(e / n), static_cast<Eigen::Index>(e % n)) = static_cast<long double>(a[e]);
  const Eigen::EigenSolver<matrix> solver(exact, false);
  std::vector<std::complex<double>> left;
  for (Eigen::Index k = 0; k < size; ++k)
    left.emplace_back(static_cast<double>(solver.eigenvalues()[k].real()),
                      static_cast<double>(solver.eigenvalues()[k].imag()));
  double worst = 0;
  for (const auto& z : found) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < left.size(); ++k)
      if (std::abs(left[k] - z) < std::abs(left[best] - z)) best = k;
    const double d = std::abs(left[best] - z);
    if (!(d <= worst)) worst = d; // NaN counts
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(best));
  }
  return worst / static_cast<double>(exact.norm());
}

} // namespace bench::spectrum

int main(int argc, char** argv) {
  bench::spectrum::add_saddle_scalar();
  bench::spectrum::add_saddle_double();
  bench::spectrum::add_saddle_float();
  bench::spectrum::add_eigen();
  bench::spectrum::add_lapack();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
