/// LAPACK (OpenBLAS): dgesvd, values only. The transpose of a matrix has the same values, so no copy for its order.
#include <lapacke.h>

#include "spectrum/decompositions.hpp"

namespace bench::decompositions {
namespace {

struct lapack {
  template <class T, std::size_t N> static void run(benchmark::State& state) {
    problem<kind::singular, T, N> p;
    T work[70 * N], unused[1];
    time(state, p, [&] {
      for (std::size_t k = 0; k < matrices; ++k) {
        auto a = p.a[k];
        if constexpr (std::is_same_v<T, double>)
          LAPACKE_dgesvd_work(LAPACK_COL_MAJOR, 'N', 'N', N, N, a.v, N, &p.values[k * N], unused, 1, unused, 1, work, 70 * N);
        else
          LAPACKE_sgesvd_work(LAPACK_COL_MAJOR, 'N', 'N', N, N, a.v, N, &p.values[k * N], unused, 1, unused, 1, work, 70 * N);
      }
    });
  }
};

} // namespace

void add_singular_lapack() {
  add_rows<kind::singular, double, lapack>("lapack");
  add_rows<kind::singular, float, lapack>("lapack");
}

} // namespace bench::decompositions
