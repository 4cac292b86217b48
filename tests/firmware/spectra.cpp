// Spectra of matrices whose eigenvalues are known on paper, and the stability of games of one paper's formulas, in the
// format SADDLE_NUMBER.
#include <saddle/saddle.hpp>

#include "firmware/check.hpp"

namespace {

using firmware::check;
using T = SADDLE_NUMBER;
template <std::size_t N> using square = saddle::mat<T, N, N>;
constexpr T root_half = T(0.70710678118654752440L), root_two = T(1.41421356237309504880L);

/// Within `units` roundings of 1: every number looked at here has that size.
void near(const char* law, T value, T expected, T units = T(32)) {
  check{law}.at_most(saddle::abs(value - expected), units * saddle::epsilon<T>);
}

/// Some eigenvalue is re + i·im. For normal matrices, whose eigenvalues are as good as the arithmetic.
template <std::size_t N> void has_eigenvalue(const char* law, const square<N>& a, T re, T im) {
  const auto s = saddle::eigenvalues(a);
  check{law}.holds(s.status == saddle::status::ok);
  T least = T(1);
  for (std::size_t k = 0; k < N; ++k) least = saddle::min(saddle::abs(s.re[k] - re) + saddle::abs(s.im[k] - im), least);
  check{law}.at_most(least, T(8 * N) * saddle::epsilon<T>);
}

void eigenvalues() {
  has_eigenvalue("a quarter turn has i", square<2>{{0, 1, -1, 0}}, T(0), T(1));
  const square<4> shift{{0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0}};
  for (const T one : {T(1), T(-1)}) {
    has_eigenvalue("a cyclic shift of four has 1 and -1", shift, one, T(0));
    has_eigenvalue("a cyclic shift of four has i and -i", shift, T(0), one);
  }
  const auto symmetric = saddle::symmetric_eigenvalues(square<3>{{2, -1, 0, -1, 2, -1, 0, -1, 2}});
  near("the second difference has 2 - sqrt 2", symmetric.values[0], T(2) - root_two);
  near("the second difference has 2", symmetric.values[1], T(2));
  near("the second difference has 2 + sqrt 2", symmetric.values[2], T(2) + root_two);
}

void singular_values() {
  const auto d = saddle::singular_values(saddle::mat<T, 2, 3>{{3, 0, 0, 0, 0, 4}});
  near("singular values of a diagonal", d.values[0], T(4));
  near("singular values of a diagonal", d.values[1], T(3));
  const auto h = saddle::singular_values(square<2>{{1, 1, 1, -1}});
  near("singular values of Hadamard's matrix", h.values[0], root_two);
  near("singular values of Hadamard's matrix", h.values[1], root_two);
}

void verdicts() {
  const check law{"verdicts of stability"};
  const square<2> inward{{-1, 5, -5, -1}}, contraction{{T(0.5), T(-0.5), T(0.5), T(0.5)}}, turn{{0, 1, -1, 0}};
  law.holds(saddle::is_hurwitz(inward).verdict == saddle::verdict::yes);
  law.holds(saddle::is_hurwitz(-inward).verdict == saddle::verdict::no);
  law.holds(saddle::is_hurwitz(turn).verdict == saddle::verdict::undecided);
  law.holds(saddle::is_schur_stable(contraction).verdict == saddle::verdict::yes);
  law.holds(saddle::is_schur_stable(T(2) * contraction).verdict == saddle::verdict::no);
}

/// Liang & Stokes on θ·ω: ρ² = (1 + √(1 − 4η²))/2 up to η = ½, where it is least, and stable below 1/√3.
void stability() {
  const saddle::games::bilinear<T, 1, 1> game{.C = {{1}}};
  const saddle::dynamics::optimistic rule;
  const auto c = saddle::rate(rule, game, {.eta = T(0.3)});
  near("rate of the optimistic rule", c.rate * c.rate, T(0.9)); // √(1 − 0.36) = 0.8
  near("largest stable step of the optimistic rule", saddle::max_stable_step(rule, game), T(0.57735026918962576451L),
       T(64));
  const auto best = saddle::best_step(rule, game);
  const T root_epsilon = saddle::sqrt(saddle::epsilon<T>);
  check{"best step of the optimistic rule"}.at_most(saddle::abs(best.eta - T(0.5)), T(4) * root_epsilon);
  check{"rate at the best step"}.at_most(saddle::abs(best.result.rate - root_half), T(4) * root_epsilon);
}

/// A matrix of no particular kind.
constexpr square<4> some_matrix(T first) {
  square<4> a;
  for (T& x : a.v) {
    x = first;
    first = T(0.5) - first * T(1.625);
  }
  return a;
}

template <class Spectrum> void same(const char* law, const Spectrum& constant, const Spectrum& at_run_time) {
  check{law}.same_bits(constant.re, at_run_time.re);
  check{law}.same_bits(constant.im, at_run_time.im);
}

void constants() {
  constexpr auto constant = saddle::eigenvalues(some_matrix(T(0.8125)));
  volatile T first = T(0.8125);
  same("constant eigenvalues have the bits of run time", constant, saddle::eigenvalues(some_matrix(first)));
}

} // namespace

int main() {
  eigenvalues();
  singular_values();
  verdicts();
  stability();
  constants();
  return firmware::result();
}
