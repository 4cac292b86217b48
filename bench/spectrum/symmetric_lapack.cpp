/// LAPACK (OpenBLAS): dsyev, values only, without the copies of LAPACKE's row-major interface.
#include <lapacke.h>

#include "spectrum/decompositions.hpp"

namespace bench::decompositions {
namespace {

struct lapack {
  template <class T, std::size_t N> static void run(benchmark::State& state) {
    problem<kind::symmetric, T, N> p;
    T work[64 * N];
    time(state, p, [&] {
      for (std::size_t k = 0; k < matrices; ++k) {
        auto a = p.a[k];
        if constexpr (std::is_same_v<T, double>)
          LAPACKE_dsyev_work(LAPACK_COL_MAJOR, 'N', 'L', N, a.v, N, &p.values[k * N], work, 64 * N);
        else LAPACKE_ssyev_work(LAPACK_COL_MAJOR, 'N', 'L', N, a.v, N, &p.values[k * N], work, 64 * N);
      }
    });
  }
};

} // namespace

void add_symmetric_lapack() {
  add_rows<kind::symmetric, double, lapack>("lapack");
  add_rows<kind::symmetric, float, lapack>("lapack");
}

} // namespace bench::decompositions
