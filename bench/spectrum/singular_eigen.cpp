/// Eigen: JacobiSVD of fixed size and BDCSVD, values only.
#include "spectrum/decompositions.hpp"

namespace bench::decompositions {
namespace {

template <template <class> class Solver> struct eigen {
  template <class T, std::size_t N> static void run(benchmark::State& state) {
    problem<kind::singular, T, N> p;
    std::vector<typename Solver<Eigen::Matrix<T, N, N>>::MatrixType> a(matrices);
    for (std::size_t k = 0; k < matrices; ++k) a[k] = Eigen::Map<const Eigen::Matrix<T, N, N, Eigen::RowMajor>>(p.a[k].v);
    time(state, p, [&] {
      for (std::size_t k = 0; k < matrices; ++k)
        Eigen::Map<Eigen::Matrix<T, N, 1>>(&p.values[k * N]) = Solver<Eigen::Matrix<T, N, N>>(a[k]).singularValues();
    });
  }
};
template <class M> using jacobi = Eigen::JacobiSVD<M>;
template <class M> using divide_and_conquer = Eigen::BDCSVD<Eigen::Matrix<typename M::Scalar, Eigen::Dynamic, Eigen::Dynamic>>;

} // namespace

void add_singular_eigen() {
  add_rows<kind::singular, double, eigen<jacobi>>("eigen_jacobi");
  add_rows<kind::singular, float, eigen<jacobi>>("eigen_jacobi");
  add_rows<kind::singular, double, eigen<divide_and_conquer>>("eigen_bdc");
  add_rows<kind::singular, float, eigen<divide_and_conquer>>("eigen_bdc");
}

} // namespace bench::decompositions
