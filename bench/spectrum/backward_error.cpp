#include "spectrum/backward_error.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

namespace bench::spectrum {
namespace {

using wide = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
using wide_complex = Eigen::Matrix<std::complex<long double>, Eigen::Dynamic, Eigen::Dynamic>;

/// The least singular value of a matrix, by inverse iteration: from above, and exact enough after a few steps.
long double least_singular_value(const wide_complex& m) {
  const Eigen::PartialPivLU<wide_complex> lu(m), adjoint(m.adjoint());
  wide_complex x = wide_complex::Constant(m.rows(), 1, std::complex<long double>(1, 0));
  for (Eigen::Index i = 0; i < m.rows(); ++i) x(i) = std::complex<long double>(1, static_cast<long double>(i % 3) - 1);
  x.normalize();
  long double least = 0;
  for (int step = 0; step < 4; ++step) {
    wide_complex y = adjoint.solve(x);
    y = lu.solve(y);
    const long double size = y.norm();
    if (!std::isfinite(size)) return 0; // λ is exact: the factor is singular
    least = 1 / std::sqrt(size);
    x = y / size;
  }
  return least;
}

} // namespace

double backward_error(operation what, const std::vector<double>& a, std::vector<std::complex<double>> values) {
  const auto n = static_cast<Eigen::Index>(values.size());
  wide m(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j) m(i, j) = a[static_cast<std::size_t>(i * n + j)];
  long double worst = 0;
  const auto count = [&](long double e) {
    if (!(e <= worst)) worst = e; // keeps NaN
  };
  if (what == operation::eigenvalues) {
    for (const auto& value : values) {
      wide_complex shifted = m.cast<std::complex<long double>>();
      shifted.diagonal().array() -= std::complex<long double>(value);
      count(least_singular_value(shifted));
    }
  } else {
    wide exact;
    if (what == operation::symmetric_eigenvalues)
      exact = Eigen::SelfAdjointEigenSolver<wide>(m, Eigen::EigenvaluesOnly).eigenvalues();
    else exact = Eigen::JacobiSVD<wide>(m).singularValues();
    std::sort(exact.data(), exact.data() + n);
    std::sort(values.begin(), values.end(), [](auto x, auto y) { return x.real() < y.real(); });
    for (Eigen::Index k = 0; k < n; ++k) count(std::fabs(exact(k) - values[static_cast<std::size_t>(k)].real()));
  }
  return static_cast<double>(worst / m.norm());
}

} // namespace bench::spectrum
