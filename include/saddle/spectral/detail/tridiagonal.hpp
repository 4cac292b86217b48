/// Symmetric eigenvalues through tridiagonal form: Householder reflections, then QL sweeps, all lanes in lockstep.
///
/// The sweeps are the *explicit* QL algorithm: they factor T − σI from the bottom up instead of chasing a bulge. A zero
/// off-diagonal element then separates two blocks by itself, so a lane needs no bookkeeping of its own window: lanes
/// share the loop bounds, and a lane whose current eigenvalue has converged is frozen by `select`. The arithmetic of a
/// lane does not depend on its neighbours, and a scalar does the same arithmetic.
///
/// Everything here expects a matrix scaled to magnitude about 1 (`power_scale`), which makes the thresholds absolute.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/spectral/detail/power_of_two.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// Squares below this are taken for zero: near the subnormal numbers a norm computed from squares has too few digits
/// for an orthogonal reflection. What is dropped is smaller than ε² of the matrix.
template <class T> inline constexpr T negligible_square = two_to<T>(-std::numeric_limits<T>::max_exponent * 3 / 4);

/// Sweeps a single eigenvalue may take; the average is below 2.
inline constexpr int sweep_cap = 40;

template <class L, std::size_t N> struct tridiagonal {
  vec<L, N> diagonal;
  vec<L, N> below; ///< below[i] couples i and i + 1; the last one is zero
};

/// A reflection I − u·uᵀ·inverse that maps x to (landing, 0, …, 0), with u stored over x.
template <class L> struct householder {
  L inverse; ///< 2/‖u‖²; zero where x already has that form, and then u means nothing
  L landing;
};

/// `lead` is x₀ and becomes u₀; `tail` is Σ xᵢ² of the others.
template <class L> SADDLE_INLINE constexpr householder<L> reflect(L& lead, const L& tail) noexcept {
  using T = scalar_t<L>;
  const auto usable = tail > broadcast<L>(negligible_square<T>);
  const L norm = sqrt(fma(lead, lead, tail));
  // The sign that adds magnitudes in u₀: no cancellation.
  const L landing = select(lead > broadcast<L>(0), -norm, norm);
  const L half_square = fma(norm, norm, abs(lead) * norm);
  const householder<L> r{select(usable, broadcast<L>(1) / half_square, broadcast<L>(0)), select(usable, landing, lead)};
  lead = select(usable, lead - landing, lead);
  return r;
}

/// T = QᵀAQ. Reads and overwrites the lower triangle of A: column k keeps, below the diagonal, the u of reflection k,
/// whose factor is inverse[k].
template <class L, std::size_t N>
constexpr tridiagonal<L, N> tridiagonalise(mat<L, N, N>& a, vec<L, N>& inverse) noexcept {
  tridiagonal<L, N> t{zeros<L, N>(), zeros<L, N>()};
  for (std::size_t k = 0; k + 2 < N; ++k) {
    L tail = broadcast<L>(0);
    for (std::size_t i = k + 2; i < N; ++i) tail = fma(a(i, k), a(i, k), tail);
    const householder<L> r = reflect(a(k + 1, k), tail);
    t.below[k] = r.landing;
    inverse[k] = r.inverse;

    // p = A·u·inverse, from the lower triangle alone.
    vec<L, N> p = zeros<L, N>();
    for (std::size_t j = k + 1; j < N; ++j) {
      const L u = a(j, k);
      L sum = fma(a(j, j), u, p[j]);
      for (std::size_t i = j + 1; i < N; ++i) {
        p[i] = fma(a(i, j), u, p[i]);
        sum = fma(a(i, j), a(i, k), sum);
      }
      p[j] = sum;
    }
    L overlap = broadcast<L>(0);
    for (std::size_t i = k + 1; i < N; ++i) {
      p[i] = p[i] * r.inverse;
      overlap = fma(a(i, k), p[i], overlap);
    }
    // q = p − (uᵀp/2)·inverse·u;  A ← A − u·qᵀ − q·uᵀ
    const L half = overlap * r.inverse * broadcast<L>(scalar_t<L>(0.5));
    for (std::size_t i = k + 1; i < N; ++i) p[i] = fnma(half, a(i, k), p[i]);
    for (std::size_t j = k + 1; j < N; ++j) {
      const L u = a(j, k), q = p[j];
      for (std::size_t i = j; i < N; ++i) a(i, j) = fnma(p[i], u, fnma(a(i, k), q, a(i, j)));
    }
  }
  for (std::size_t i = 0; i < N; ++i) t.diagonal[i] = a(i, i);
  if constexpr (N >= 2) t.below[N - 2] = a(N - 1, N - 2);
  return t;
}

/// The eigenvalue of [[d0, e], [e, d1]] that is nearer to d0 (Wilkinson's shift), from e².
template <class L> SADDLE_INLINE constexpr L wilkinson_shift(const L& d0, const L& d1, const L& e_squared) noexcept {
  const L half = broadcast<L>(scalar_t<L>(0.5)) * (d1 - d0);
  const L root = sqrt(fma(half, half, e_squared));
  return d0 - e_squared / select(half < broadcast<L>(0), half - root, half + root);
}

/// Where the coupling of two diagonal elements still counts: beyond rounding of them both and above ε² of the matrix.
template <class L> SADDLE_INLINE constexpr mask_t<L> coupled(const L& d0, const L& d1, const L& e_squared) noexcept {
  using T = scalar_t<L>;
  constexpr T square = epsilon<T> * epsilon<T>;
  const L bound = max(broadcast<L>(square) * abs(d0 * d1), broadcast<L>(square * square));
  return e_squared > bound;
}

/// The eigenvalues of T in `diagonal`, unordered. Root-free: it works on the squares of the off-diagonal elements
/// (Pal, Walker, Kahan; Parlett, The Symmetric Eigenvalue Problem, §8.15), two divisions a row and no square root.
/// Returns where all converged. Cost about 10·N² operations.
template <class L, std::size_t N> constexpr mask_t<L> ql_values(vec<L, N>& d, vec<L, N>& e) noexcept {
  using T = scalar_t<L>;
  mask_t<L> finished(true);
  const L one = broadcast<L>(1);
  // A pivot this small counts as this large: a backward error far below rounding, and no division by zero.
  const L least = broadcast<L>(two_to<T>(-std::numeric_limits<T>::max_exponent * 2 / 5));
  for (std::size_t i = 0; i < N; ++i) e[i] = e[i] * e[i];
  for (std::size_t l = 0; l + 1 < N; ++l) {
    mask_t<L> active = coupled(d[l], d[l + 1], e[l]);
    int sweep = 0;
    for (; sweep < sweep_cap && any(active); ++sweep) {
      const L shift = wilkinson_shift(d[l], d[l + 1], e[l]);
      L sine = broadcast<L>(0);
      L pivot = d[N - 1] - shift;
      const auto vanished = abs(pivot) < least;
      pivot = select(vanished, least, pivot);
      L p = pivot * pivot;
      for (std::size_t i = N - 1; i-- > l;) {
        const L square = e[i], r = p + square;
        e[i + 1] = select(active, sine * r, e[i + 1]);
        // Both divisions start from p: neither waits for the other.
        const L inverse = one / r, growth = r / p;
        const L cosine = p * inverse;
        sine = square * inverse;
        const L last = pivot, here = d[i];
        pivot = fnma(sine, last, cosine * (here - shift));
        const auto tiny = abs(pivot) < least;
        if (any(tiny)) pivot = select(tiny, least, pivot);
        d[i + 1] = select(active, last + (here - pivot), d[i + 1]);
        p = pivot * pivot * growth;
      }
      e[l] = select(active, sine * p, e[l]);
      d[l] = select(active, shift + pivot, d[l]);
      const auto still = coupled(d[l], d[l + 1], e[l]);
      active = active & still;
    }
    finished = finished & !active;
  }
  return finished;
}

/// The same with rotations: `rows` is multiplied from the left by those that diagonalise T, so it holds the eigenvectors
/// of A in its rows if it was Qᵀ. Cost about 12·N³ operations.
template <class L, std::size_t N, std::size_t C>
constexpr mask_t<L> ql_vectors(vec<L, N>& d, vec<L, N>& e, mat<L, N, C>& rows) noexcept {
  using T = scalar_t<L>;
  mask_t<L> finished(true);
  const L one = broadcast<L>(1), zero = broadcast<L>(0);
  for (std::size_t l = 0; l + 1 < N; ++l) {
    mask_t<L> active = coupled(d[l], d[l + 1], e[l] * e[l]);
    for (int sweep = 0; sweep < sweep_cap && any(active); ++sweep) {
      const L shift = wilkinson_shift(d[l], d[l + 1], e[l] * e[l]);
      L sine = zero, cosine = one, p = d[N - 1] - shift;
      for (std::size_t i = N - 1; i-- > l;) {
        const L coupling = e[i], here = d[i] - shift;
        const L square = fma(p, p, coupling * coupling);
        const auto turns = square > broadcast<L>(negligible_square<T>);
        const L inverse = one / select(turns, sqrt(square), one);
        const L r = select(turns, square * inverse, p);
        e[i + 1] = select(active, sine * r, e[i + 1]);
        const L g = cosine * coupling, h = cosine * p;
        sine = select(turns, coupling * inverse, zero);
        cosine = select(turns, p * inverse, one);
        p = fnma(sine, g, cosine * here);
        d[i + 1] = select(active, shift + fma(sine, fma(cosine, g, sine * here), h), d[i + 1]);
        SADDLE_UNROLL
        for (std::size_t k = 0; k < C; ++k) {
          const L upper = rows(i, k), lower = rows(i + 1, k);
          rows(i, k) = select(active, fnma(sine, lower, cosine * upper), upper);
          rows(i + 1, k) = select(active, fma(cosine, lower, sine * upper), lower);
        }
      }
      e[l] = select(active, sine * p, e[l]);
      d[l] = select(active, fma(cosine, p, shift), d[l]);
      const auto still = coupled(d[l], d[l + 1], e[l] * e[l]);
      active = active & still;
    }
    finished = finished & !active;
  }
  return finished;
}

/// Qᵀ from what `tridiagonalise` left: the product of the reflections, the first one rightmost.
template <class L, std::size_t N>
constexpr mat<L, N, N> reflections_product(const mat<L, N, N>& a, const vec<L, N>& inverse) noexcept {
  mat<L, N, N> q = identity<L, N>();
  if constexpr (N >= 3) {
    // Backwards: row and column k + 1 onwards is all that reflection k can still change.
    for (std::size_t k = N - 2; k-- > 0;) {
      for (std::size_t row = k + 1; row < N; ++row) {
        L s = broadcast<L>(0);
        for (std::size_t j = k + 1; j < N; ++j) s = fma(q(row, j), a(j, k), s);
        s = s * inverse[k];
        for (std::size_t j = k + 1; j < N; ++j) q(row, j) = fnma(s, a(j, k), q(row, j));
      }
    }
  }
  return q;
}

} // namespace saddle::inline SADDLE_ISA::detail
