/// LAPACK's geev (from OpenBLAS), without vectors, column-major and with its workspace given.
#include "spectrum/eigenvalues.hpp"

#include <lapacke.h>

namespace bench::spectrum {
namespace {

template <class T, std::size_t N> struct lapack {
  std::vector<saddle::mat<T, N, N>> a; // transposed or not, the spectrum is the same
  std::vector<T> re, im, scratch, work;

  explicit lapack(const std::vector<saddle::mat<T, N, N>>& all)
      : a(all), re(matrices * N), im(matrices * N), scratch(N * N), work(64 * N) {}
  void run() {
    constexpr auto n = static_cast<lapack_int>(N);
    for (std::size_t m = 0; m < matrices; ++m) {
      std::copy(a[m].v, a[m].v + N * N, scratch.begin());
      T* const x = re.data() + m * N;
      T* const y = im.data() + m * N;
      const auto room = static_cast<lapack_int>(work.size());
      if constexpr (sizeof(T) == 4)
        LAPACKE_sgeev_work(LAPACK_COL_MAJOR, 'N', 'N', n, scratch.data(), n, x, y, nullptr, n, nullptr, n, work.data(), room);
      else
        LAPACKE_dgeev_work(LAPACK_COL_MAJOR, 'N', 'N', n, scratch.data(), n, x, y, nullptr, n, nullptr, n, work.data(), room);
    }
  }
  eigenvalue_list found(std::size_t m) const {
    eigenvalue_list r;
    for (std::size_t k = 0; k < N; ++k) r.emplace_back(re[m * N + k], im[m * N + k]);
    return r;
  }
};

} // namespace

void add_lapack() {
  add_sizes<lapack, double>("lapack");
  add_sizes<lapack, float>("lapack");
}

} // namespace bench::spectrum
