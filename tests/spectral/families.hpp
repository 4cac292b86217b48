/// Matrices that spectral kernels are tried on, in long double: a test rounds them to its type and takes what it then has
/// as exact.
#pragma once

#include <Eigen/Core>

#include <cmath>
#include <complex>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include <saddle/linalg/mat.hpp>

namespace families {

using wide = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

struct member {
  std::string name;
  wide matrix;
};

/// Entries N(0, 1), or uniform in [-1, 1].
wide filled(Eigen::Index rows, Eigen::Index columns, std::mt19937_64& random, bool normal);

/// Orthonormal columns (rows ≥ columns).
wide orthonormal(Eigen::Index rows, Eigen::Index columns, std::mt19937_64& random);

/// Rectangular families. `reach` is the exponent range of the graded ones.
std::vector<member> rectangular(std::size_t rows, std::size_t columns, unsigned seed, int reach);

/// Symmetric families.
std::vector<member> symmetric(std::size_t size, unsigned seed, int reach);

/// Square families without symmetry: the rectangular ones, games, shifted and defective matrices.
std::vector<member> general(std::size_t size, unsigned seed);

// The references, by Eigen in long double. In a unit of their own: they take longer to compile than the tests.
std::vector<long double> symmetric_eigenvalues(const wide& a); ///< ascending
std::vector<long double> singular_values(const wide& a);       ///< descending
std::vector<std::complex<long double>> eigenvalues(const wide& a);
long double smallest_singular_value(const wide& a, std::complex<long double> shift); ///< of A − shift·I
wide inverse(const wide& a);

template <class T, std::size_t R, std::size_t C> saddle::mat<T, R, C> rounded(const wide& a, int exponent = 0) {
  saddle::mat<T, R, C> r;
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < C; ++j)
      r(i, j) = static_cast<T>(std::ldexp(a(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)), exponent));
  return r;
}

template <class T, std::size_t R, std::size_t C> wide widened(const saddle::mat<T, R, C>& a) {
  wide r(R, C);
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < C; ++j) r(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = a(i, j);
  return r;
}

} // namespace families
