/// The task: all eigenvalues of 64 real N × N matrices with normally distributed entries, no vectors. Contestants are
/// files of this folder.
///
/// A row is named spectrum/contestant/type/n=… and counts
///   ns_per_matrix   processor time a matrix
///   worst_error     the largest |λ − exact λ| / ‖A‖ of the set, against long double, in units of ε
/// A contestant's result is compared before it is timed; a wrong one gets an error in place of a time.
#pragma once

#include <algorithm>
#include <complex>
#include <cstddef>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <saddle/lane/batch.hpp>
#include <saddle/lane/group.hpp>
#include <saddle/spectral/eigenvalues.hpp>

namespace bench::spectrum {

inline constexpr std::size_t matrices = 64;

// Each contestant's file defines one of these: it registers the contestant's rows.
void add_saddle_scalar();
void add_saddle_float();
void add_saddle_double();
void add_eigen();
void add_lapack();

using eigenvalue_list = std::vector<std::complex<double>>;

/// The largest distance of the two spectra relative to the Frobenius norm of the row-major a. In eigenvalues_main.cpp.
double distance_from_exact(const std::vector<double>& a, std::size_t n, const eigenvalue_list& found);

template <class T> constexpr const char* type_name() { return std::is_same_v<T, float> ? "float" : "double"; }

template <class T, std::size_t N> std::vector<saddle::mat<T, N, N>> problem() {
  std::mt19937_64 random(N);
  std::normal_distribution<double> normal;
  std::vector<saddle::mat<T, N, N>> r(matrices);
  for (auto& a : r)
    for (T& x : a.v) x = static_cast<T>(normal(random));
  return r;
}

/// Registers a row. Solver is constructed from the matrices; run() computes all spectra, found(m) tells the m-th.
template <template <class, std::size_t> class Solver, class T, std::size_t N> void add(const char* contestant) {
  const auto name = fmt::format("spectrum/{}/{}/n={}", contestant, type_name<T>(), N);
  benchmark::RegisterBenchmark(name.c_str(), [](benchmark::State& state) {
    const auto a = problem<T, N>();
    Solver<T, N> solver(a);
    solver.run();
    double worst = 0;
    for (std::size_t m = 0; m < matrices; ++m) {
      const std::vector<double> entries(a[m].v, a[m].v + N * N);
      worst = std::max(worst, distance_from_exact(entries, N, solver.found(m)));
    }
    const double eps = static_cast<double>(saddle::epsilon<T>);
    // Random matrices: condition numbers up to a few hundred.
    if (!(worst < 1000.0 * static_cast<double>(N) * eps)) {
      state.SkipWithError("wrong eigenvalues");
      return;
    }
    for (auto _ : state) {
      solver.run();
      benchmark::ClobberMemory();
    }
    state.counters["ns_per_matrix"] = benchmark::Counter(
        static_cast<double>(matrices) * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    state.counters["worst_error"] = worst / eps;
  });
}

/// Registers the shipped sizes.
template <template <class, std::size_t> class Solver, class T> void add_sizes(const char* contestant) {
  add<Solver, T, 2>(contestant);
  add<Solver, T, 3>(contestant);
  add<Solver, T, 4>(contestant);
  add<Solver, T, 8>(contestant);
  add<Solver, T, 16>(contestant);
  add<Solver, T, 32>(contestant);
}

/// Our solver on lanes of type L.
template <class L, std::size_t N> struct on_lanes {
  using T = saddle::scalar_t<L>;
  static constexpr std::size_t W = saddle::width<L>;
  std::vector<saddle::mat<L, N, N>> a;
  std::vector<saddle::spectrum<L, N>> result;

  explicit on_lanes(const std::vector<saddle::mat<T, N, N>>& all) : a(matrices / W), result(matrices / W) {
    for (std::size_t m = 0; m < matrices; ++m)
      for (std::size_t e = 0; e < N * N; ++e) saddle::insert(a[m / W].v[e], m % W, all[m].v[e]);
  }
  void run() {
    for (std::size_t b = 0; b < a.size(); ++b) result[b] = saddle::eigenvalues(a[b]);
  }
  eigenvalue_list found(std::size_t m) const {
    eigenvalue_list r;
    for (std::size_t k = 0; k < N; ++k)
      r.emplace_back(saddle::extract(result[m / W].re[k], m % W), saddle::extract(result[m / W].im[k], m % W));
    return r;
  }
};
template <class T, std::size_t N> using alone = on_lanes<T, N>;
template <class T, std::size_t N> using vectors = on_lanes<saddle::native_lane<T>, N>;
template <class T, std::size_t N> using pairs = on_lanes<saddle::group<saddle::native_lane<T>, 2>, N>;

} // namespace bench::spectrum
