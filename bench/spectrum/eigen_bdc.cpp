/// Eigen's BDCSVD, which is of dynamic size: one instance for all sizes, values only.
#include <Eigen/Dense>

#include "spectrum/task.hpp"

namespace bench::spectrum {
namespace {

template <class T> using dynamic = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;

template <operation Op, class T, std::size_t N> struct eigen_bdc final : solver {
  std::vector<dynamic<T>> matrices_of_set;
  std::vector<T> values;

  explicit eigen_bdc(const set<T, N>& all) : values(N * all.size()) {
    using row_major = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    for (const auto& m : all) matrices_of_set.push_back(Eigen::Map<const row_major>(m.v, N, N));
  }
  std::complex<double> value(std::size_t m, std::size_t k) const override { return values[m * N + k]; }
  void run() override {
    T* to = values.data();
    for (const auto& m : matrices_of_set) {
      const Eigen::BDCSVD<dynamic<T>> found(m);
      for (Eigen::Index k = 0; k < found.singularValues().size(); ++k) *to++ = found.singularValues()[k];
    }
  }
};

template <class T, std::size_t... N> void add_sizes() {
  (add<eigen_bdc, operation::singular_values, T, N>("eigen_bdc", role::peer), ...);
}
template <class... T> void add_types() { (add_sizes<T, BENCH_SIZES>(), ...); }

} // namespace

void add_eigen_bdc() { add_types<BENCH_TYPES>(); }

} // namespace bench::spectrum
