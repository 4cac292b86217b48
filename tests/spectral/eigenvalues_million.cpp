// A million random matrices: sizes 1 to 32, every random family, float and double, a matrix a lane. No answer may be
// missing, and the sums of first and second powers must be the traces of A and A².
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "spectral/families.hpp"

namespace spectral {
void add_million_1(catalogue&);
void add_million_9(catalogue&);
void add_million_17(catalogue&);
void add_million_25(catalogue&);
} // namespace spectral

namespace {

using spectral::complex;
using spectral::matrix;
using spectral::operation;
using spectral::spectrum_of;

/// Times 32 sizes and two precisions: more than a million.
constexpr int matrices_of_each = 16000;

/// In units of √N·ε·‖A‖, and of its square for the second power. The computed eigenvalues are those of A + E, and the sum is
/// wrong by tr E: one rounding of the diagonal, ε·‖A‖ in all, for each of about 2.5N sweeps and N reflections before, their
/// signs independent, so it grows like √N and not like N. The worst of 16000 matrices lies some four deviations out; LAPACK's,
/// from the same matrices, is printed beside ours.
constexpr double limit = 16;
/// As in eigenvalues.cpp, in units of N·ε·‖A‖.
constexpr double backward_limit = 4;
/// Our worst over LAPACK's, over all sizes of a test.
constexpr double of_lapacks = 2.5;

/// One in so many goes through LAPACK as well; no multiple of the number of families.
constexpr int lapack_share = 49;

struct errors {
  double trace = 0, square = 0;
};

/// Of a computed spectrum, in units of √N·ε·‖A‖ and √N·ε·‖A‖².
errors errors_of(const matrix& a, const std::vector<complex>& lambda, double epsilon) {
  const std::size_t n = a.rows;
  long double trace = 0, square = 0, sum = 0, squares = 0, norm = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto re = static_cast<long double>(lambda[i].real()), im = static_cast<long double>(lambda[i].imag());
    sum += re;
    squares += re * re - im * im;
    trace += static_cast<long double>(a(i, i));
    for (std::size_t j = 0; j < n; ++j) {
      square += static_cast<long double>(a(i, j)) * static_cast<long double>(a(j, i));
      norm += static_cast<long double>(a(i, j)) * static_cast<long double>(a(i, j));
    }
  }
  if (norm == 0) return {static_cast<double>(std::abs(sum)), static_cast<double>(std::abs(squares))};
  norm = std::sqrt(norm);
  const long double unit = std::sqrt(static_cast<long double>(n)) * static_cast<long double>(epsilon) * norm;
  return {static_cast<double>(std::abs(sum - trace) / unit),
          static_cast<double>(std::abs(squares - square) / (unit * norm))};
}

struct worst {
  double trace = 0, square = 0, backward = 0;
  int kind_of_trace = 0, kind_of_square = 0;
  int sweeps = 0;
  void see(const errors& e, int kind) {
    if (e.trace > trace) trace = e.trace, kind_of_trace = kind;
    if (e.square > square) square = e.square, kind_of_square = kind;
  }
  /// And one eigenvalue by itself, another one each time.
  void see(const matrix& a, const std::vector<complex>& lambda, std::size_t which, const spectral::format& f) {
    see(errors_of(a, lambda, f.epsilon), 0);
    backward = std::max(backward, spectral::backward_error(a, lambda[which % lambda.size()], f));
  }
};

/// Sums over sizes, of the matrices that LAPACK has seen as well.
struct totals {
  double ours = 0, lapacks = 0;
};

void run(const operation& o, totals& t) {
  std::mt19937_64 random(1000 + o.rows);
  worst ours, ours_of_shared, lapacks;
  std::vector<matrix> chunk(800, matrix(o.rows, o.rows));
  for (int done = 0; done < matrices_of_each; done += static_cast<int>(chunk.size())) {
    for (std::size_t i = 0; i < chunk.size(); ++i)
      spectral::families::fill(chunk[i], static_cast<spectral::families::kind>(i % spectral::families::kinds), o.number,
                               random);
    const auto found = spectral::compute(o, chunk);
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      const int kind = static_cast<int>(i % spectral::families::kinds);
      ASSERT_EQ(found[i].status, saddle::status::ok) << o << ", family " << kind;
      const errors e = errors_of(chunk[i], spectrum_of(found[i]), o.number.epsilon);
      ours.see(e, kind);
      ours.sweeps = std::max(ours.sweeps, found[i].words.at(0));
      if (i % lapack_share != 0) continue;
      ours_of_shared.see(chunk[i], spectrum_of(found[i]), i, o.number);
      lapacks.see(chunk[i], spectral::peer::eigenvalues(chunk[i], o.number), i, o.number);
    }
  }
  std::printf(
      "%s, N = %2zu: %d matrices, worst trace %.2f (family %d), of squares %.2f (family %d), sweeps %d; one in %d: "
      "%.2f, %.2f, backward %.2f N·eps·|A|, %s's %.2f, %.2f, %.2f\n",
      o.number.name, o.rows, matrices_of_each, ours.trace, ours.kind_of_trace, ours.square, ours.kind_of_square,
      ours.sweeps, lapack_share, ours_of_shared.trace, ours_of_shared.square, ours_of_shared.backward,
      spectral::peer::name, lapacks.trace, lapacks.square, lapacks.backward);
  EXPECT_LE(ours.trace, limit) << o;
  EXPECT_LE(ours.square, 2 * limit) << o;
  EXPECT_LE(ours_of_shared.backward, backward_limit) << o;
  t.ours += ours_of_shared.trace + ours_of_shared.square + ours_of_shared.backward;
  t.lapacks += lapacks.trace + lapacks.square + lapacks.backward;
}

void run(void (*add)(spectral::catalogue&)) {
  spectral::catalogue c;
  add(c);
  totals t;
  for (const operation& o : c.operations) run(o, t);
  std::printf("worst errors of all sizes over LAPACK's: %.2f\n", t.ours / t.lapacks);
  EXPECT_LE(t.ours, of_lapacks * t.lapacks);
}

} // namespace

TEST(million, of_sizes_1_to_8) { run(spectral::add_million_1); }
TEST(million, of_sizes_9_to_16) { run(spectral::add_million_9); }
TEST(million, of_sizes_17_to_24) { run(spectral::add_million_17); }
TEST(million, of_sizes_25_to_32) { run(spectral::add_million_25); }
