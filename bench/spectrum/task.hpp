/// The task: the spectra of square matrices with N(0, 1) entries, values only, all in cache: eigenvalues without symmetry,
/// eigenvalues of symmetric matrices, singular values. One program each, contestants are files of this folder.
///
/// A row is named spectrum/contestant/operation/type/n=… and counts
///   ns_per_matrix     processor time a matrix: the smallest of the rounds
///   backward_error    the worst of the set in units of n·ε·‖A‖: by how much the matrix has to change for the value found
///                     to be exact; ‖A‖ is Frobenius' norm, the arithmetic of the check long double
///   times_best_peer   (our rows) time of the fastest peer over ours, both timed in turn in the same row
/// Values are checked before they are timed; a wrong one gets an error in place of a time.
#pragma once

#include <complex>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <random>
#include <type_traits>
#include <vector>

#include <saddle/linalg/mat.hpp>

namespace bench::spectrum {

enum class operation { eigenvalues, symmetric_eigenvalues, singular_values };
enum class role { peer, ours };

/// Matrices of a set: whole vectors of every contestant, and not more than stay in the second-level cache.
constexpr std::size_t matrices(std::size_t n) { return n <= 8 ? 256 : 64; }

template <class T, std::size_t N> using set = std::vector<saddle::mat<T, N, N>>;

/// The same set for every contestant.
template <operation Op, class T, std::size_t N> set<T, N> problem() {
  std::mt19937_64 random(N);
  std::normal_distribution<double> normal;
  set<T, N> r(matrices(N));
  for (auto& a : r)
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) {
        a(i, j) = static_cast<T>(normal(random));
        if (Op == operation::symmetric_eigenvalues && j < i) a(i, j) = a(j, i);
      }
  return r;
}

/// A contestant with its copy of the set.
struct solver {
  virtual ~solver() = default;
  virtual void run() = 0;
  /// Value k of matrix m, after a run.
  virtual std::complex<double> value(std::size_t m, std::size_t k) const = 0;
};

struct row {
  operation what;
  const char* contestant;
  const char* type;
  std::size_t n;
  role plays;
  double epsilon;
  std::function<std::vector<double>(std::size_t)> matrix; ///< the m-th of the set, row-major
  std::function<std::unique_ptr<solver>()> make;
};
void add(row r);

/// Adds the row of Solver<Op, T, N>, which is constructed from the set.
template <template <operation, class, std::size_t> class Solver, operation Op, class T, std::size_t N>
void add(const char* contestant, role plays) {
  const auto matrix = [](std::size_t m) {
    const auto a = problem<Op, T, N>()[m];
    return std::vector<double>(a.v, a.v + N * N);
  };
  add({Op, contestant, std::is_same_v<T, float> ? "float" : "double", N, plays,
       static_cast<double>(std::numeric_limits<T>::epsilon()), matrix,
       [] { return std::make_unique<Solver<Op, T, N>>(problem<Op, T, N>()); }});
}

/// The rows of one size. Defined by a file a type and size: fixed-size solvers take long to compile.
template <operation Op, class T, std::size_t N> void add_saddle();
template <operation Op, class T, std::size_t N> void add_eigen();
/// The rows of all sizes and types. In lapack.cpp.
template <operation Op> void add_lapack();
/// In eigen_bdc.cpp, of singular values.
void add_eigen_bdc();

} // namespace bench::spectrum
