/// Eigen: SelfAdjointEigenSolver of fixed size, values only.
#include "spectrum/decompositions.hpp"

namespace bench::decompositions {
namespace {

struct eigen {
  template <class T, std::size_t N> static void run(benchmark::State& state) {
    using matrix = Eigen::Matrix<T, N, N, Eigen::RowMajor>;
    problem<kind::symmetric, T, N> p;
    time(state, p, [&] {
      for (std::size_t k = 0; k < matrices; ++k) {
        const Eigen::SelfAdjointEigenSolver<matrix> solver(Eigen::Map<const matrix>(p.a[k].v), Eigen::EigenvaluesOnly);
        Eigen::Map<Eigen::Matrix<T, N, 1>>(&p.values[k * N]) = solver.eigenvalues();
      }
    });
  }
};

} // namespace

void add_symmetric_eigen() {
  add_rows<kind::symmetric, double, eigen>("eigen");
  add_rows<kind::symmetric, float, eigen>("eigen");
}

} // namespace bench::decompositions
