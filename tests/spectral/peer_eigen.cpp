// The peer is Eigen: where LAPACK cannot be linked, as for another processor.
#include "spectral/references.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <complex>

namespace spectral::peer {

const char* const name = "Eigen";

namespace {

template <class T> using dense_matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T> dense_matrix<T> copy(const std::vector<T>& v, std::size_t rows, std::size_t columns) {
  return Eigen::Map<const dense_matrix<T>>(v.data(), static_cast<Eigen::Index>(rows),
                                           static_cast<Eigen::Index>(columns));
}

/// f of the matrix in the numbers of the format under test.
template <class F> auto in_format(const matrix& a, const format& number, F f) {
  const dense_matrix<double> d = copy(a.v, a.rows, a.columns);
  return number.single() ? f(dense_matrix<float>(d.cast<float>())) : f(d);
}

template <class T> dense_matrix<T> near_one(const dense_matrix<T>& a, int exponent) {
  return a.unaryExpr([=](T x) { return std::ldexp(x, -exponent); });
}

/// Eigen's eigenvalues overflow near the ends of the range, its symmetric ones do not.
int exponent_of(const matrix& a) { return spectral::exponent_of(widened(a)); }

} // namespace

std::vector<complex> eigenvalues(const matrix& a, const format& f) {
  const int exponent = exponent_of(a);
  return in_format(a, f, [&]<class T>(const dense_matrix<T>& m) {
    const Eigen::EigenSolver<dense_matrix<T>> solver(near_one(m, exponent), false);
    std::vector<complex> r;
    for (const std::complex<T>& z : solver.eigenvalues())
      r.emplace_back(std::ldexp(double(z.real()), exponent), std::ldexp(double(z.imag()), exponent));
    return r;
  });
}

std::vector<double> symmetric_eigenvalues(const matrix& a, const format& f) {
  return in_format(a, f, [&]<class T>(const dense_matrix<T>& m) {
    const Eigen::SelfAdjointEigenSolver<dense_matrix<T>> solver(m, Eigen::EigenvaluesOnly);
    return std::vector<double>(solver.eigenvalues().begin(), solver.eigenvalues().end());
  });
}

// The eigenvalues of [0, A; Aᵀ, 0] are the singular values and their negatives.
std::vector<double> singular_values(const matrix& a, const format& f) {
  const std::size_t count = std::min(a.rows, a.columns);
  matrix both(a.rows + a.columns, a.rows + a.columns);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j) both(a.rows + j, i) = both(i, a.rows + j) = a(i, j);
  std::vector<double> values = symmetric_eigenvalues(both, f);
  std::reverse(values.begin(), values.end());
  values.resize(count);
  for (double& x : values) x = std::max(x, 0.0);
  return values;
}

// (X + iY)(u + iv) in real numbers is [X, −Y; Y, X], with every singular value twice.
double smallest_singular_value(std::vector<complex> b, std::size_t n) {
  matrix real(2 * n, 2 * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const complex z = b[i * n + j];
      real(i, j) = real(n + i, n + j) = z.real();
      real(n + i, j) = z.imag();
      real(i, n + j) = -z.imag();
    }
  return singular_values(real, format_of<double>).back();
}

} // namespace spectral::peer
