// The peer is Eigen: where LAPACK is not at hand, as in a cross build.
#include "spectral/references.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

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

/// A power of two: Eigen's singular values do without, its eigenvalues overflow near the ends of the range.
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

std::vector<double> singular_values(const matrix& a, const format& f) {
  return in_format(a, f, [&]<class T>(const dense_matrix<T>& m) {
    const Eigen::JacobiSVD<dense_matrix<T>> svd(m);
    return std::vector<double>(svd.singularValues().begin(), svd.singularValues().end());
  });
}

double smallest_singular_value(std::vector<complex> b, std::size_t n) {
  return Eigen::JacobiSVD<dense_matrix<complex>>(copy(b, n, n)).singularValues().tail<1>()[0];
}

} // namespace spectral::peer
