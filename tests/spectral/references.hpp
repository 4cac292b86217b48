/// What the spectral functions are compared with: long double, and a library of renown in the format under test.
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

#include "spectral/operations.hpp"
#include "support/reference.hpp"

namespace spectral {

using wide = saddle_test::dense; // long double, plain loops
using complex = std::complex<double>;

wide widened(const matrix& a);
/// 2^exponent·A in the numbers of a format.
matrix rounded(const wide& a, const format& f, int exponent = 0);
/// The numbers of an answer from `first` on, as a matrix.
wide widened(const answer& r, std::size_t first, std::size_t rows, std::size_t columns);

/// The first half of an answer's numbers are real parts, the second imaginary ones.
std::vector<complex> spectrum_of(const answer& r);
/// The largest distance of the first numbers of an answer from what was expected.
long double error_of(const std::vector<double>& found, const std::vector<long double>& expected);

double frobenius(const matrix& a);
wide diagonal(const std::vector<long double>& d);
wide absolute(wide a);
long double largest_row_sum(const wide& a);
/// The power of two of the largest element; 0 for the zero matrix.
int exponent_of(const wide& a);

/// By Jacobi's method, two-sided for a symmetric matrix, one-sided else. Ascending and descending.
std::vector<long double> symmetric_eigenvalues(const wide& a);
std::vector<long double> singular_values(const wide& a);
/// By Eigen. Exact where A is triangular.
std::vector<std::complex<long double>> eigenvalues(const wide& a);
/// Of A − shift·I.
long double smallest_singular_value(const wide& a, std::complex<long double> shift);

/// max |λ| and max Re λ, and by how much the reference itself may be off: a defective eigenvalue is found to a root of ε
/// only, and the spectrum of Aᵀ, the same in theory, shows how far.
struct extreme {
  long double value, uncertainty;
};
extreme radius(const wide& a);
extreme abscissa(const wide& a);

/// The library to compare with, in the format's own precision: LAPACK (geev, syev, gesvd), or in a cross build, which has
/// none, Eigen.
namespace peer {
extern const char* const name;
std::vector<complex> eigenvalues(const matrix& a, const format& f);
std::vector<double> symmetric_eigenvalues(const matrix& a, const format& f); ///< ascending
std::vector<double> singular_values(const matrix& a, const format& f);       ///< descending
/// Of an n x n matrix by rows, in double precision.
double smallest_singular_value(std::vector<complex> b, std::size_t n);
} // namespace peer

/// The smallest singular value of A − λI in units of N·ε·‖A‖_F: how far, in these units, the nearest matrix is that has λ as
/// an exact eigenvalue. By the peer, in double precision, whose own rounding is 1 unit of double.
double backward_error(const matrix& a, complex lambda, const format& f);

} // namespace spectral
