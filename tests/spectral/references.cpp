#include "spectral/references.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <utility>

namespace spectral {

namespace {

template <class Measure> extreme by_both_sides(const wide& a, Measure measure) {
  const auto largest = [&](const wide& m) {
    long double r = -std::numeric_limits<long double>::infinity();
    for (const auto& z : eigenvalues(m)) r = std::max(r, measure(z));
    return r;
  };
  const long double value = largest(a), other = largest(a.transposed());
  const long double rounding = 100 * static_cast<long double>(a.rows()) * std::numeric_limits<long double>::epsilon();
  return {value, 16 * std::fabs(value - other) + rounding * saddle_test::frobenius(a)};
}

} // namespace

wide widened(const matrix& a) {
  wide r(a.rows, a.columns);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j) r(i, j) = static_cast<long double>(a(i, j));
  return r;
}

matrix rounded(const wide& a, const format& f, int exponent) {
  matrix r(a.rows(), a.columns());
  for (std::size_t i = 0; i < r.rows; ++i)
    for (std::size_t j = 0; j < r.columns; ++j) r(i, j) = f.round(std::ldexp(a(i, j), exponent));
  return r;
}

wide widened(const answer& r, std::size_t first, std::size_t rows, std::size_t columns) {
  matrix m(rows, columns);
  std::copy_n(r.numbers.begin() + static_cast<std::ptrdiff_t>(first), rows * columns, m.v.begin());
  return widened(m);
}

std::vector<complex> spectrum_of(const answer& r) {
  const std::size_t n = r.numbers.size() / 2;
  std::vector<complex> all;
  for (std::size_t k = 0; k < n; ++k) all.emplace_back(r.numbers[k], r.numbers[n + k]);
  return all;
}

long double error_of(const std::vector<double>& found, const std::vector<long double>& expected) {
  long double r = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    r = std::max(r, std::fabs(static_cast<long double>(found[i]) - expected[i]));
  return r;
}

double frobenius(const matrix& a) { return static_cast<double>(saddle_test::frobenius(widened(a))); }

wide diagonal(const std::vector<long double>& d) {
  wide r(d.size(), d.size());
  for (std::size_t i = 0; i < d.size(); ++i) r(i, i) = d[i];
  return r;
}

wide absolute(wide a) {
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < a.columns(); ++j) a(i, j) = std::fabs(a(i, j));
  return a;
}

long double largest_row_sum(const wide& a) {
  long double r = 0;
  for (std::size_t i = 0; i < a.rows(); ++i) {
    long double sum = 0;
    for (std::size_t j = 0; j < a.columns(); ++j) sum += std::fabs(a(i, j));
    r = std::max(r, sum);
  }
  return r;
}

int exponent_of(const wide& a) {
  long double r = 0;
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < a.columns(); ++j) r = std::max(r, std::fabs(a(i, j)));
  return r > 0 ? std::ilogb(r) : 0;
}

std::vector<long double> symmetric_eigenvalues(const wide& a) {
  wide whole = a; // of the lower triangle
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = i + 1; j < a.rows(); ++j) whole(i, j) = a(j, i);
  auto r = saddle_test::symmetric_eigen(whole).values;
  std::reverse(r.begin(), r.end());
  return r;
}

std::vector<long double> singular_values(const wide& a) {
  wide w = a.columns() > a.rows() ? a.transposed() : a;
  const std::size_t rows = w.rows(), n = w.columns();
  const auto dot = [&](std::size_t p, std::size_t q) {
    long double s = 0;
    for (std::size_t k = 0; k < rows; ++k) s += w(k, p) * w(k, q);
    return s;
  };
  bool moving = true;
  for (int sweep = 0; sweep < 60 && moving; ++sweep) {
    moving = false;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        const long double alpha = dot(p, p), beta = dot(q, q), gamma = dot(p, q);
        if (std::fabs(gamma) <= std::numeric_limits<long double>::epsilon() * std::sqrt(alpha) * std::sqrt(beta))
          continue;
        moving = true;
        const long double zeta = (beta - alpha) / (2 * gamma);
        const long double t = (zeta < 0 ? -1 : 1) / (std::fabs(zeta) + std::hypot(1.0L, zeta));
        const long double c = 1 / std::hypot(1.0L, t), s = c * t;
        for (std::size_t k = 0; k < rows; ++k) {
          const long double x = w(k, p), y = w(k, q);
          w(k, p) = c * x - s * y;
          w(k, q) = s * x + c * y;
        }
      }
  }
  std::vector<long double> r;
  for (std::size_t k = 0; k < n; ++k) r.push_back(std::sqrt(dot(k, k)));
  std::sort(r.rbegin(), r.rend());
  return r;
}

std::vector<std::complex<long double>> eigenvalues(const wide& a) {
  using matrix_type = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
  const std::size_t n = a.rows();
  std::vector<std::complex<long double>> r;
  bool upper = true, lower = true;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) upper = upper && a(i, j) == 0, lower = lower && a(j, i) == 0;
  if (upper || lower) {
    for (std::size_t i = 0; i < n; ++i) r.emplace_back(a(i, i));
    return r;
  }
  matrix_type copy(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) copy(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = a(i, j);
  const Eigen::EigenSolver<matrix_type> solver(copy, false);
  r.assign(solver.eigenvalues().begin(), solver.eigenvalues().end());
  return r;
}

// (X + iY)(u + iv) in real numbers is [X, −Y; Y, X], with every singular value twice.
long double smallest_singular_value(const wide& a, std::complex<long double> shift) {
  const std::size_t n = a.rows();
  wide both(2 * n, 2 * n);
  both.put(0, 0, a - shift.real() * wide::identity(n));
  both.put(n, n, a - shift.real() * wide::identity(n));
  both.put(0, n, shift.imag() * wide::identity(n));
  both.put(n, 0, -shift.imag() * wide::identity(n));
  return singular_values(both).back();
}

extreme radius(const wide& a) {
  return by_both_sides(a, [](std::complex<long double> z) { return std::abs(z); });
}
extreme abscissa(const wide& a) {
  return by_both_sides(a, [](std::complex<long double> z) { return z.real(); });
}

double backward_error(const matrix& a, complex lambda, const format& f) {
  // A power of two makes A harmless in double precision.
  const int shift = -exponent_of(widened(a));
  const std::size_t n = a.rows;
  const matrix near_one = shifted(a, shift);
  std::vector<complex> b(near_one.v.begin(), near_one.v.end());
  for (std::size_t i = 0; i < n; ++i)
    b[i * n + i] -= complex(std::ldexp(lambda.real(), shift), std::ldexp(lambda.imag(), shift));
  // Where the result is denormal, its last place is the unit.
  const double unit = std::max(f.epsilon * frobenius(near_one), std::ldexp(f.denormal, shift));
  return peer::smallest_singular_value(std::move(b), n) / (static_cast<double>(n) * unit);
}

} // namespace spectral
