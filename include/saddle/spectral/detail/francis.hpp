/// Francis' implicitly shifted QR iteration on Hessenberg matrices, eigenvalues only, all numbers of a lane in lockstep.
///
/// Each number of a lane has its own active window [low, high]. All share one loop over the rows; where a row lies
/// outside a number's window, the number gets the identity as its reflection. Rows and columns outside the window may be
/// changed by a wider window next door, but nothing inside ever depends on them: alone or among neighbours, the
/// arithmetic inside is the same, bit for bit.
#pragma once

#include <limits>

#include <saddle/spectral/detail/hessenberg.hpp>
#include <saddle/spectral/detail/roots.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// The windows of the matrices of a lane, and what is done with them whatever their size.
template <class L> class francis_windows {
protected:
  using T = scalar_t<L>;
  using M = mask_t<L>;

public:
  L high;                  ///< last row of the active window
  L low = broadcast<L>(0); ///< its first row
  M active = M(true);      ///< still rows to separate: where it stays true, the cap was reached

protected:
  L since_deflation = broadcast<L>(0);
  std::size_t top;        ///< the largest `high` of the active
  std::size_t bottom = 0; ///< the smallest `low`

  constexpr explicit francis_windows(std::size_t rows) noexcept : high(index(rows - 1)), top(rows - 1) {}

  static constexpr L index(std::size_t i) noexcept { return broadcast<L>(static_cast<T>(i)); }

  /// The first two columns and the last two rows of each window.
  struct corners {
    L h11, h12, h21, h22, h32;
    L x, y, u, w, beyond; ///< [[y, u], [w, x]] is the last block, `beyond` the element left of it
  };

  /// The shifts from the characteristic polynomial, where the window is all that is left. Returns where they are.
  template <class H> constexpr M foresee(const H& h, shift_pair<L>& known) const noexcept {
    const L zero = broadcast<L>(0);
    known = {zero, zero, zero, zero};
    M found(false);
    const M from_the_start = low == zero, three_left = high == index(2);
    const M three = active & from_the_start & three_left;
    // The matrix has entries around 1. What is far from it was lost to underflow on the way, and whatever it is, it must
    // not reach the lanes at rest.
    const L bound = broadcast<L>(16);
    const auto take = [&](const M& here, const shift_pair<L>& shifts) {
      const M centre = abs(shifts.x) <= bound, coupling = abs(shifts.u) <= bound;
      const M good = here & centre & coupling;
      known = select(good, shifts, known);
      found = found | good;
    };
    if (any(three)) take(three, three_row_shifts(h));
    if constexpr (H::rows > 3) {
      const M four_left = high == index(3);
      const M four = active & from_the_start & four_left;
      if (any(four)) take(four, four_row_shifts(h));
    }
    return found;
  }

  /// The eigenvalues of the last block as shifts; after 10 and 20 sweeps without success something else.
  constexpr shift_pair<L> trailing(const corners& c) noexcept {
    L x = c.x, y = c.y, u = c.u, w = c.w;
    const M exceptional_top = since_deflation == broadcast<L>(10),
            exceptional_bottom = since_deflation == broadcast<L>(20);
    const M exceptional = exceptional_top | exceptional_bottom;
    if (any(exceptional)) [[unlikely]] {
      // The constants are LAPACK's: a pair of shifts that no symmetry of the matrix has in common.
      const L size = select(exceptional_top, abs(c.h21) + abs(c.h32), abs(w) + abs(c.beyond));
      const L from = fma(broadcast<L>(T(0.75)), size, select(exceptional_top, c.h11, x));
      x = select(exceptional, from, x);
      y = select(exceptional, from, y);
      u = select(exceptional, broadcast<L>(T(-0.4375)) * size, u);
      w = select(exceptional, size, w);
      since_deflation = select(exceptional_bottom, broadcast<L>(0), since_deflation);
    }
    // Two real eigenvalues: the one nearer to the corner, twice. It needs fewer sweeps than one of each.
    const L p = broadcast<L>(T(0.5)) * (y - x);
    const L discriminant = fma(p, p, u * w), root = sqrt(abs(discriminant));
    const M real = discriminant >= broadcast<L>(0), negative = p < broadcast<L>(0);
    const L nearer = x + (p + select(negative, root, -root));
    return {select(real, nearer, x), select(real, nearer, y), select(real, broadcast<L>(0), u), w};
  }

  struct column {
    L x0, x1, x2;
  };

  /// The first column of (H − σ₁)(H − σ₂), up to a factor.
  constexpr column first_column(const corners& corner, const shift_pair<L>& shifts) const noexcept {
    const L h11 = corner.h11, h12 = corner.h12, h21 = corner.h21, h22 = corner.h22, h32 = corner.h32;
    const L x = shifts.x, y = shifts.y, u = shifts.u, w = shifts.w;
    const L r = x - h11, s = y - h11;
    const L middle = (h22 - h11) - (r + s);
    column c{fma(h21, h12, fnma(u, w, r * s)), h21 * middle, h21 * h32};
    const L size = max(max(abs(c.x0), abs(c.x1)), abs(c.x2));
    const M in_doubt = size < broadcast<L>(smallest_product);
    const M low_product = active & in_doubt;
    if (any(low_product)) [[unlikely]] {
      // The products underflow in a tiny window: the same with one factor of each scaled.
      const L g = (abs(r) + abs(s)) + (abs(h21) + (abs(u) + abs(w)));
      const L f = normaliser(g);
      const L uf = u * f, rf = r * f, h21f = h21 * f;
      c.x0 = select(low_product, fma(h21f, h12, fnma(uf, w, rf * s)), c.x0);
      c.x1 = select(low_product, h21f * middle, c.x1);
      c.x2 = select(low_product, h21f * h32, c.x2);
    }
    return c;
  }
  static constexpr T smallest_product = power_of_two<T>(soft::format<T>::fraction * 2 - soft::format<T>::bias);

  /// Which numbers take part in the reflection of rows k, k + 1, k + 2.
  constexpr M takes_part(std::size_t k) const noexcept {
    const M begun = low <= index(k), more = high > index(k);
    return active & begun & more;
  }

  /// One sweep: the bulge that the first column makes is chased down and out of every window.
  template <class H> constexpr void chase(H&& h, const column& start) const noexcept {
    M part = takes_part(bottom);
    reflector<L> p(part, start.x0, start.x1, start.x2);
    std::size_t k = bottom;
    // Reflections two by two: what they do to the long rows and columns is bound by loads and stores, and four rows
    // for two reflections are fewer than two times three.
    for (; k + 3 <= top; k += 2) {
      const reflector<L> q = pass(h, p, start, k);
      p.apply(h(k, k + 3), h(k + 1, k + 3), h(k + 2, k + 3));
      const reflector<L> next = pass(h, q, start, k + 1);
      q.apply(h(k, k + 1), h(k, k + 2), h(k, k + 3));
      for (std::size_t j = k + 4; j <= top; ++j) apply_both(p, q, h(k, j), h(k + 1, j), h(k + 2, j), h(k + 3, j));
      for (std::size_t i = bottom; i < k; ++i) apply_both(p, q, h(i, k), h(i, k + 1), h(i, k + 2), h(i, k + 3));
      p = next;
    }
    if (k + 2 <= top) {
      const reflector<L> next = pass(h, p, start, k);
      for (std::size_t i = bottom; i < k; ++i) p.apply(h(i, k), h(i, k + 1), h(i, k + 2));
      p = next;
      ++k;
    }
    // The last reflection has two elements.
    for (std::size_t j = k; j <= top; ++j) p.apply(h(k, j), h(k + 1, j));
    for (std::size_t i = bottom; i <= k + 1; ++i) p.apply(h(i, k), h(i, k + 1));
  }

  /// Applies the reflection of rows and columns k, k + 1, k + 2 to the elements that the next one waits for, and returns
  /// that one. The long rows and columns are left to the caller: they fill the time of its square root and division.
  template <class H> SADDLE_INLINE constexpr reflector<L> pass(H& h, const reflector<L>& p, const column& start,
                                                               std::size_t k) const noexcept {
    L b00 = h(k, k), b01 = h(k, k + 1), b02 = h(k, k + 2);
    L b10 = h(k + 1, k), b11 = h(k + 1, k + 1), b12 = h(k + 1, k + 2);
    L b20 = h(k + 2, k), b21 = h(k + 2, k + 1), b22 = h(k + 2, k + 2);
    p.apply(b00, b10, b20);
    p.apply(b01, b11, b21);
    p.apply(b02, b12, b22);
    p.apply(b10, b11, b12);
    p.apply(b20, b21, b22);
    L b30 = broadcast<L>(0), b31 = b30;
    if (k + 3 <= top) {
      L b32 = h(k + 3, k + 2);
      p.apply(b30, b31, b32);
      h(k + 3, k + 1) = b31;
      h(k + 3, k + 2) = b32;
    }
    const M next_part = takes_part(k + 1);
    const M begins = low == index(k + 1);
    const reflector<L> next(next_part, select(begins, start.x0, b10), select(begins, start.x1, b20),
                            select(begins, start.x2, b30));
    p.apply(b00, b01, b02);
    h(k, k) = b00;
    h(k, k + 1) = b01;
    h(k, k + 2) = b02;
    const M chased = next_part & !begins;
    h(k + 1, k) = select(chased, next.beta, b10);
    h(k + 1, k + 1) = b11;
    h(k + 1, k + 2) = b12;
    h(k + 2, k) = broadcast<L>(0); // where the bulge was
    h(k + 2, k + 1) = b21;
    h(k + 2, k + 2) = b22;
    return next;
  }

  /// (a, b, c, d) ← (first p on a, b, c, then q on b, c, d)
  SADDLE_INLINE static constexpr void apply_both(const reflector<L>& p, const reflector<L>& q, L& a, L& b, L& c,
                                                 L& d) noexcept {
    L x = a, y = b, z = c, w = d;
    p.apply(x, y, z);
    q.apply(y, z, w);
    a = x;
    b = y;
    c = z;
    d = w;
  }
};

/// The iteration on N × N matrices.
template <class L, std::size_t N> class francis : public francis_windows<L> {
  using T = scalar_t<L>;
  using M = mask_t<L>;
  static constexpr T eps = epsilon<T>;
  /// A subdiagonal this small is zero whatever its neighbours: the matrix has entries around 1 when we get it, and the
  /// products of anything smaller with rounding errors underflow, so that the iteration would stand still.
  static constexpr T smallest = std::numeric_limits<T>::min() / (eps * eps) * T(N);

  /// In so small a matrix nearly every sweep splits something off somewhere in a vector: what to do in which case is
  /// computed for all, because a mispredicted branch costs more.
  static constexpr bool brief = N <= 4 && width<L> > 1;
  /// Matrices of up to so many rows, and what is left of larger ones, get the shifts of shifts.hpp, for this many sweeps:
  /// the second one removes the rounding errors of the first.
  static constexpr std::size_t little = 4;
  static constexpr int foreseen = 2;
  /// Matrices of up to so many rows get the roots of their characteristic polynomial as shifts until they are little.
  static constexpr bool medium = little < N && N <= 16;

public:
  /// Sweeps before we give up; LAPACK allows as many.
  static constexpr int sweep_cap = 30 * (N > 10 ? static_cast<int>(N) : 10);

  workspace<L, N>& h;
  L sweeps = broadcast<L>(0); ///< sweeps taken in all
  using windows = francis_windows<L>;
  using windows::active;

  constexpr explicit francis(workspace<L, N>& matrix) noexcept : windows(N), h(matrix) {}

  /// Ends with a block diagonal of 1 × 1 and 2 × 2 blocks wherever `active` is false.
  constexpr void run() noexcept {
    // Each matrix waits when it is down to four rows. Together they go on from there.
    M stuck(false);
    if constexpr (N > little) {
      iterate<little>();
      stuck = active;
      active = !stuck;
      top = little - 1;
    }
    iterate<2>();
    active = active | stuck;
  }

private:
  using typename windows::corners;
  using windows::bottom;
  using windows::high;
  using windows::index;
  using windows::low;
  using windows::since_deflation;
  using windows::top;
  L floor = broadcast<L>(smallest); ///< what is no larger on the subdiagonal is zero

  /// Sweeps until every window has at most `Rows` rows.
  template <std::size_t Rows> constexpr void iterate() noexcept {
    constexpr bool last = Rows == 2;
    since_deflation = broadcast<L>(0);
    shift_pair<L> known;
    M has_known(false);
    plan planned;
    for (int sweep = 0;; ++sweep) {
      deflate<Rows>(brief && sweep > 0);
      if (sweep == sweep_cap || !any(active)) return;
      if constexpr (last && N > 2) {
        if (sweep == 0) has_known = windows::foresee(any_size_of(h), known);
      } else if constexpr (medium) {
        if (sweep == 0) planned = foresee_roots();
      }
      const corners c = window_corners();
      if (last && sweep < foreseen) {
        const M unknown = active & !has_known;
        if (any(unknown)) sweep_with(c, select(has_known, known, windows::trailing(c)));
        else sweep_with(c, known);
      } else if constexpr (medium && !last) sweep_with(c, next_of(planned, windows::trailing(c)));
      else sweep_with(c, windows::trailing(c));
      const L one = broadcast<L>(1);
      sweeps += select(active, one, broadcast<L>(0));
      since_deflation += one;
    }
  }

  SADDLE_INLINE constexpr void sweep_with(const corners& c, const shift_pair<L>& shifts) noexcept {
    windows::chase(any_size_of(h), windows::first_column(c, shifts));
  }

  /// Shifts to come, one after the other, each when the one before has split something off.
  struct plan {
    shift_pair<L> shifts[medium ? N - little : 1]{};
    L count = broadcast<L>(0), used = broadcast<L>(0);
  };

  /// Roots of the characteristic polynomial, divided out one by one until four are left, of matrices still whole.
  constexpr plan foresee_roots() const noexcept {
    const L zero = broadcast<L>(0), one = broadcast<L>(1), half = broadcast<L>(T(0.5)), bound = broadcast<L>(16);
    L mean = h(0, 0);
    for (std::size_t k = 1; k < N; ++k) mean += h(k, k);
    mean = mean * broadcast<L>(T(1) / T(N));
    monic_polynomial<L, N> p;
    shifted_characteristic(h, mean, p.c);
    p.degree = broadcast<L>(T(N));
    // In units of N^(−3/2), which is where the eigenvalues are of a random matrix whose elements add up to 1: powers and
    // their products stay far from underflow.
    constexpr T unit = power_of_two<T>(N <= 6 ? -3 : N <= 10 ? -4 : N <= 13 ? -5 : -6);
    T power = T(1);
    for (std::size_t i = N; i-- > 0;) {
      power *= T(1) / unit;
      p.c[i] = p.c[i] * broadcast<L>(power);
    }
    const L up = broadcast<L>(T(1) / unit), down = broadcast<L>(unit);
    // From an eigenvalue of the last two rows on: there a graded matrix has its small ones.
    const L corner = h(N - 1, N - 1), apart = half * (h(N - 2, N - 2) - corner);
    const L discriminant = fma(apart, apart, h(N - 2, N - 1) * h(N - 1, N - 2)), root = sqrt(abs(discriminant));
    const M real = discriminant >= zero, negative = apart < zero;
    L x = up * ((corner - mean) + (apart + select(real, select(negative, root, -root), zero)));
    L y = up * select(real, zero, root);
    plan r;
    const M from_the_start = low == zero, to_the_end = high == index(N - 1);
    M wanted = active & from_the_start & to_the_end;
    for (std::size_t k = 0; k + little < N; ++k) {
      const M large = p.degree > index(little);
      wanted = wanted & large;
      if (!any(wanted)) break;
      complex_number<L> z = find_root(p, wanted, x, y);
      take_root(p, wanted, z.re, z.im);
      // The next one is searched from a place as far out, beside the real axis: a real polynomial looks the same on both
      // sides of it.
      x = zero;
      y = sqrt(fma(z.re, z.re, z.im * z.im));
      z = {down * z.re, down * z.im};
      const M centre = abs(z.re) <= bound, size = abs(z.im) <= bound;
      wanted = wanted & centre & size;
      const L middle = mean + z.re;
      r.shifts[k] = {middle, middle, -(z.im * z.im), one};
      r.count += select(wanted, one, zero);
    }
    return r;
  }

  /// The next planned shifts where something was split off, or nothing tried yet, and `otherwise` elsewhere.
  constexpr shift_pair<L> next_of(plan& planned, shift_pair<L> otherwise) const noexcept {
    const L zero = broadcast<L>(0), one = broadcast<L>(1);
    const M fresh = since_deflation == zero, from_the_start = low == zero, left = planned.used < planned.count;
    const M takes = active & fresh & from_the_start & left;
    if (!any(takes)) return otherwise;
    for (std::size_t k = 0; k + little < N; ++k) {
      const M turn = planned.used == index(k);
      const M here = takes & turn;
      if (any(here)) otherwise = select(here, planned.shifts[k], otherwise);
    }
    planned.used += select(takes, one, zero);
    return otherwise;
  }

  /// Is h(k, k−1) negligible? The test of Ahues & Tisseur (1997): it compares the product of the two off-diagonal
  /// entries with what they can change, so it keeps small eigenvalues of graded matrices that the classical test,
  /// which comes first because it is cheaper, would lose.
  constexpr M negligible(std::size_t k, bool likely) const noexcept {
    const L sub = abs(h(k, k - 1)), above = abs(h(k - 1, k - 1)), here = abs(h(k, k));
    const L zero = broadcast<L>(0), ulp = broadcast<L>(eps);
    L scale = above + here;
    const M no_diagonal = scale == zero;
    if (any(no_diagonal)) [[unlikely]] {
      L neighbours = zero;
      if (k >= 2) neighbours += abs(h(k - 1, k - 2));
      if (k + 1 < N) neighbours += abs(h(k + 1, k));
      scale = select(no_diagonal, neighbours, scale);
    }
    const M tiny = sub <= floor;
    const M small = sub <= ulp * scale;
    const M doubtful = small & !tiny;
    if (!likely && !any(doubtful)) return tiny;
    const L across = abs(h(k - 1, k)), difference = abs(h(k - 1, k - 1) - h(k, k));
    const L ab = max(sub, across), ba = min(sub, across);
    const L aa = max(here, difference), bb = min(here, difference);
    const L inverse = broadcast<L>(1) / select(doubtful, aa + ab, broadcast<L>(1));
    const M harmless = ba * (ab * inverse) <= max(floor, ulp * (bb * (aa * inverse)));
    return tiny | (doubtful & harmless);
  }

  /// What rounding leaves of many zero eigenvalues is a chain of ever smaller entries with zeros on the diagonal, where the
  /// test that keeps small eigenvalues accurate finds nothing to compare with and never ends (found on the 32 x 32 matrix of
  /// zeros and ones in chequers, rank 2). A window that has resisted so long is held to its own largest entry: to what
  /// backward stability asks for.
  constexpr void raise_floor() noexcept {
    const M stuck = since_deflation >= broadcast<L>(10);
    floor = broadcast<L>(smallest);
    if (!any(stuck)) [[likely]]
      return;
    L largest = broadcast<L>(0);
    for (std::size_t i = 0; i <= top; ++i)
      for (std::size_t j = i == 0 ? 0 : i - 1; j <= top; ++j) {
        const M begun = low <= index(i < j ? i : j), reaches = high >= index(i < j ? j : i);
        const M inside = begun & reaches;
        largest = max(largest, select(inside, abs(h(i, j)), broadcast<L>(0)));
      }
    floor = select(stuck, max(floor, broadcast<L>(eps) * largest), floor);
  }

  /// Splits off what has converged at the lower end of each window, one or two rows at a time, and finds the windows.
  template <std::size_t Rows> constexpr void deflate(bool likely) noexcept {
    raise_floor();
    M open = active; // has not found the upper end of its window
    const L zero = broadcast<L>(0);
    const std::size_t start = top;
    bottom = N;
    for (std::size_t k = start; k >= 1; --k) {
      const L row = index(k);
      const M reached = high >= row;
      M small = negligible(k, likely);
      small = small & open & reached;
      if (!likely && !any(small)) continue;
      h(k, k - 1) = select(small, zero, h(k, k - 1));
      const M ends = high <= row + broadcast<L>(1); // a block of one or two rows
      const M splits = small & ends, starts = small & !ends;
      high = select(splits, row - broadcast<L>(1), high);
      since_deflation = select(splits, zero, since_deflation);
      low = select(starts, row, low);
      open = open & !starts;
      if (any(starts)) bottom = k;
      if (!any(open)) break;
    }
    low = select(open, zero, low);
    if (any(open)) bottom = 0;
    // A window of Rows at the very top; whether it is one, only the last phase has to know.
    const M near_the_top = high <= index(Rows - 1);
    const M finished = Rows > 2 ? near_the_top : open & near_the_top;
    active = active & !finished;
    // The common window.
    for (top = start; top >= 2; --top) {
      const M reached = high >= index(top);
      const M reaches = active & reached;
      if (any(reaches)) break;
    }
  }

  constexpr corners window_corners() const noexcept {
    // Those of the common window, and the others where there are others.
    corners c{h(bottom, bottom),         h(bottom, bottom + 1), h(bottom + 1, bottom), h(bottom + 1, bottom + 1),
              h(bottom + 2, bottom + 1), h(top, top),           h(top - 1, top - 1),   h(top - 1, top),
              h(top, top - 1),           h(top - 1, top - 2)};
    if constexpr (N > 3 && width<L> != 1) {
      for (std::size_t k = bottom + 1; k + 2 <= top; ++k) {
        const M here = low == index(k);
        if (!any(here)) continue;
        c.h11 = select(here, h(k, k), c.h11);
        c.h12 = select(here, h(k, k + 1), c.h12);
        c.h21 = select(here, h(k + 1, k), c.h21);
        c.h22 = select(here, h(k + 1, k + 1), c.h22);
        c.h32 = select(here, h(k + 2, k + 1), c.h32);
      }
      for (std::size_t k = top - 1; k >= bottom + 2; --k) {
        const M here = high == index(k);
        if (!any(here)) continue;
        c.x = select(here, h(k, k), c.x);
        c.y = select(here, h(k - 1, k - 1), c.y);
        c.u = select(here, h(k - 1, k), c.u);
        c.w = select(here, h(k, k - 1), c.w);
        c.beyond = select(here, h(k - 1, k - 2), c.beyond);
      }
    }
    return c;
  }
};

} // namespace saddle::inline SADDLE_ISA::detail
