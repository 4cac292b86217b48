/// Eigen's EigenSolver of fixed size, without vectors.
#include "spectrum/eigenvalues.hpp"

#include <Eigen/Dense>

namespace bench::spectrum {
namespace {

template <class T, std::size_t N> struct eigen {
  using matrix = Eigen::Matrix<T, static_cast<int>(N), static_cast<int>(N)>;
  std::vector<matrix> a;
  std::vector<typename Eigen::EigenSolver<matrix>::EigenvalueType> result;

  explicit eigen(const std::vector<saddle::mat<T, N, N>>& all) : a(matrices), result(matrices) {
    for (std::size_t m = 0; m < matrices; ++m)
      for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < N; ++j)
          a[m](static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = all[m](i, j);
  }
  void run() {
    Eigen::EigenSolver<matrix> solver;
    for (std::size_t m = 0; m < matrices; ++m) result[m] = solver.compute(a[m], false).eigenvalues();
  }
  eigenvalue_list found(std::size_t m) const {
    eigenvalue_list r;
    for (const auto& l : result[m]) r.emplace_back(l.real(), l.imag());
    return r;
  }
};

} // namespace

void add_eigen() {
  add_sizes<eigen, double>("eigen");
  add_sizes<eigen, float>("eigen");
}

} // namespace bench::spectrum
