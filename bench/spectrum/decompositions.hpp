/// The task: eigenvalues of 64 symmetric matrices, or singular values of 64 square ones, entries N(0, 1), all in cache.
/// Contestants are the files symmetric_*.cpp and singular_*.cpp of this folder.
///
/// A row is named symmetric|singular/contestant/type/n=… and counts
///   ns_per_matrix   processor time a matrix: the smallest of the rounds
///   error           largest |λ − exact| over n·ε·‖A‖₂, exact from long double
/// A contestant's values are compared with the oracle before it is timed; a wrong one gets an error in place of a time.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <Eigen/Dense>

#include <saddle/linalg/mat.hpp>

#include "support/machine.hpp"

namespace bench::decompositions {

inline constexpr std::size_t matrices = 64;

enum class kind { symmetric, singular };

// Each contestant's file defines one of these: it registers the contestant's rows.
void add_symmetric_saddle_double();
void add_symmetric_saddle_float();
void add_symmetric_eigen();
void add_symmetric_lapack();
void add_singular_saddle_double();
void add_singular_saddle_float();
void add_singular_eigen();
void add_singular_lapack();

/// The matrices of a row, the same for every contestant, and the values a contestant writes: N a matrix, sorted as its
/// own library documents.
template <kind Kind, class T, std::size_t N> struct problem {
  std::vector<saddle::mat<T, N, N>> a{matrices};
  std::vector<T> values = std::vector<T>(matrices * N);

  problem() {
    std::mt19937 random(20190416);
    std::normal_distribution<double> normal;
    for (auto& m : a)
      for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < N; ++j) {
          m(i, j) = static_cast<T>(normal(random));
          if (Kind == kind::symmetric && j < i) m(i, j) = m(j, i);
        }
  }

  /// The largest error of `values`, in n·ε·‖A‖₂.
  double error() const {
    using wide = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
    long double worst = 0;
    for (std::size_t k = 0; k < matrices; ++k) {
      wide m(N, N);
      for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < N; ++j) m(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = a[k](i, j);
      std::vector<long double> exact(N), got(N);
      for (std::size_t i = 0; i < N; ++i) got[i] = values[k * N + i];
      const auto keep = [&](const auto& from) { std::copy(from.begin(), from.end(), exact.begin()); };
      if (Kind == kind::symmetric) keep(Eigen::SelfAdjointEigenSolver<wide>(m, Eigen::EigenvaluesOnly).eigenvalues());
      else keep(Eigen::JacobiSVD<wide>(m).singularValues());
      std::sort(exact.begin(), exact.end());
      std::sort(got.begin(), got.end());
      const long double norm = std::max(std::fabs(exact.front()), std::fabs(exact.back()));
      for (std::size_t i = 0; i < N; ++i) {
        const long double error = std::fabs(got[i] - exact[i]) / norm;
        if (!(error <= worst)) worst = error; // keeps NaN
      }
    }
    return static_cast<double>(worst / (static_cast<long double>(N) * std::numeric_limits<T>::epsilon()));
  }
};

/// Verifies, then times: `body` computes the values of all matrices of p.
template <kind Kind, class T, std::size_t N, class Body>
void time(benchmark::State& state, problem<Kind, T, N>& p, Body body) {
  body();
  const double error = p.error();
  // (n + 10)·ε is what the tests demand; LAPACK and Eigen keep it on these matrices as well.
  if (!(error * N <= N + 10)) {
    state.SkipWithError("the values differ from the oracle's");
    return;
  }
  double least = std::numeric_limits<double>::infinity();
  for (auto _ : state) {
    const double begin = thread_seconds();
    body();
    benchmark::ClobberMemory();
    least = std::min(least, thread_seconds() - begin);
  }
  state.counters["ns_per_matrix"] = least * 1e9 / matrices;
  state.counters["error"] = error;
}

template <class T> constexpr const char* type_name() { return std::is_same_v<T, float> ? "float" : "double"; }

/// Registers contestant::run<T, N>(state) for every size.
template <kind Kind, class T, class Contestant> void add_rows(const char* contestant) {
  const auto add = [&]<std::size_t N>() {
    const std::string name = fmt::format("{}/{}/{}/n={}", Kind == kind::symmetric ? "symmetric" : "singular", contestant,
                                         type_name<T>(), N);
    benchmark::RegisterBenchmark(name.c_str(), [](benchmark::State& state) { Contestant::template run<T, N>(state); });
  };
  add.template operator()<2>();
  add.template operator()<3>();
  add.template operator()<4>();
  add.template operator()<8>();
  add.template operator()<16>();
  add.template operator()<32>();
}

} // namespace bench::decompositions
