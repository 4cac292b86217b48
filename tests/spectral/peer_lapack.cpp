// The peer is LAPACK.
#include "spectral/references.hpp"

#include <algorithm>
#include <complex>
#include <stdexcept>
#include <string>

// Else they are C's _Complex, which C++ does not have.
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float std::complex<float>
#define lapack_complex_double std::complex<double>
#include <lapacke.h>

namespace spectral::peer {

const char* const name = "LAPACK";

namespace {

void must_succeed(lapack_int info, const char* function) {
  if (info != 0) throw std::runtime_error(std::string(function) + " failed");
}

std::vector<float> narrow(const std::vector<double>& v) {
  std::vector<float> r;
  for (const double x : v) r.push_back(static_cast<float>(x));
  return r;
}

} // namespace

std::vector<complex> eigenvalues(const matrix& a, const format& f) {
  const auto n = static_cast<lapack_int>(a.rows);
  std::vector<complex> r;
  const auto call = [&]<class T>(std::vector<T> work, const auto& geev) {
    std::vector<T> re(a.rows), im(a.rows);
    must_succeed(geev(LAPACK_ROW_MAJOR, 'N', 'N', n, work.data(), n, re.data(), im.data(), nullptr, n, nullptr, n),
                 "geev");
    for (std::size_t k = 0; k < a.rows; ++k) r.emplace_back(double(re[k]), double(im[k]));
  };
  if (f.single()) call(narrow(a.v), LAPACKE_sgeev);
  else call(a.v, LAPACKE_dgeev);
  return r;
}

std::vector<double> symmetric_eigenvalues(const matrix& a, const format& f) {
  const auto n = static_cast<lapack_int>(a.rows);
  std::vector<double> r;
  const auto call = [&]<class T>(std::vector<T> work, const auto& syev) {
    std::vector<T> values(a.rows);
    must_succeed(syev(LAPACK_ROW_MAJOR, 'N', 'L', n, work.data(), n, values.data()), "syev");
    r.assign(values.begin(), values.end());
  };
  if (f.single()) call(narrow(a.v), LAPACKE_ssyev);
  else call(a.v, LAPACKE_dsyev);
  return r;
}

std::vector<double> singular_values(const matrix& a, const format& f) {
  const auto rows = static_cast<lapack_int>(a.rows), columns = static_cast<lapack_int>(a.columns);
  std::vector<double> r;
  const auto call = [&]<class T>(std::vector<T> work, const auto& gesvd) {
    std::vector<T> values(std::min(a.rows, a.columns)), rest(values.size());
    T none = 0;
    must_succeed(gesvd(LAPACK_ROW_MAJOR, 'N', 'N', rows, columns, work.data(), columns, values.data(), &none, 1, &none,
                       1, rest.data()),
                 "gesvd");
    r.assign(values.begin(), values.end());
  };
  if (f.single()) call(narrow(a.v), LAPACKE_sgesvd);
  else call(a.v, LAPACKE_dgesvd);
  return r;
}

// Row-major is column-major for Aᵀ, with the same singular values, and saves LAPACKE's copy.
double smallest_singular_value(std::vector<complex> b, std::size_t n) {
  // Room behind the end: zgemv of OpenBLAS 0.3.21 for AVX-512 reads beyond it, and a page later there may be nothing.
  b.resize(n * n + 64);
  std::vector<double> s(n), rest(n);
  complex none;
  const auto size = static_cast<lapack_int>(n);
  must_succeed(LAPACKE_zgesvd(LAPACK_COL_MAJOR, 'N', 'N', size, size, b.data(), size, s.data(), &none, size, &none,
                              size, rest.data()),
               "zgesvd");
  return s.back();
}

} // namespace spectral::peer
