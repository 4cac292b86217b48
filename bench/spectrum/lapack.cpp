/// LAPACK from OpenBLAS: geev, syev and gesvd, values only, column-major and with the workspace given.
#include <algorithm>

#include <lapacke.h>

#include "spectrum/task.hpp"

namespace bench::spectrum {
namespace {

template <operation Op, class T, std::size_t N> struct lapack final : solver {
  set<T, N> a; // row-major read as column-major is the transpose, which has the same values
  std::vector<T> re, im, scratch, work;

  explicit lapack(const set<T, N>& all)
      : a(all), re(all.size() * N), im(all.size() * N), scratch(N * N), work(70 * N) {}
  void run() override {
    for (std::size_t m = 0; m < a.size(); ++m) {
      std::copy(a[m].v, a[m].v + N * N, scratch.begin());
      solve(scratch.data(), re.data() + m * N, im.data() + m * N);
    }
  }
  void solve(T* x, [[maybe_unused]] T* values, [[maybe_unused]] T* imaginary) {
    constexpr auto n = static_cast<lapack_int>(N);
    constexpr bool single = std::is_same_v<T, float>;
    T* const w = work.data();
    const auto room = static_cast<lapack_int>(work.size());
    if constexpr (Op == operation::eigenvalues) {
      if constexpr (single)
        LAPACKE_sgeev_work(LAPACK_COL_MAJOR, 'N', 'N', n, x, n, values, imaginary, nullptr, n, nullptr, n, w, room);
      else LAPACKE_dgeev_work(LAPACK_COL_MAJOR, 'N', 'N', n, x, n, values, imaginary, nullptr, n, nullptr, n, w, room);
    } else if constexpr (Op == operation::symmetric_eigenvalues) {
      if constexpr (single) LAPACKE_ssyev_work(LAPACK_COL_MAJOR, 'N', 'L', n, x, n, values, w, room);
      else LAPACKE_dsyev_work(LAPACK_COL_MAJOR, 'N', 'L', n, x, n, values, w, room);
    } else {
      T unused[1];
      if constexpr (single)
        LAPACKE_sgesvd_work(LAPACK_COL_MAJOR, 'N', 'N', n, n, x, n, values, unused, 1, unused, 1, w, room);
      else LAPACKE_dgesvd_work(LAPACK_COL_MAJOR, 'N', 'N', n, n, x, n, values, unused, 1, unused, 1, w, room);
    }
  }
  std::complex<double> value(std::size_t m, std::size_t k) const override { return {re[m * N + k], im[m * N + k]}; }
};

template <operation Op, class T, std::size_t... N> void add_sizes() {
  (add<lapack, Op, T, N>("lapack", role::peer), ...);
}
template <operation Op, class... T> void add_types() { (add_sizes<Op, T, BENCH_SIZES>(), ...); }

} // namespace

template <> void add_lapack<operation::BENCH_OPERATION>() { add_types<operation::BENCH_OPERATION, BENCH_TYPES>(); }

} // namespace bench::spectrum
