/// Shifts for matrices of three or four rows, from the characteristic polynomial.
///
/// The eigenvalues of the last two rows, which are Francis' shifts, take four to eight sweeps to separate so small a
/// matrix, and in a vector the slowest one counts. The roots of the characteristic polynomial are cheap at that size, and
/// with them one or two sweeps do. Nobody has to trust them: whatever the shifts, a sweep is an orthogonal similarity,
/// and a matrix that has not fallen apart gets ordinary sweeps.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/spectral/detail/workspace.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// Two shifts: the eigenvalues of [[y, u], [w, x]].
template <class L> struct shift_pair {
  L x, y, u, w;

  SADDLE_INLINE friend constexpr shift_pair select(const mask_t<L>& m, const shift_pair& a,
                                                   const shift_pair& b) noexcept {
    return {select(m, a.x, b.x), select(m, a.y, b.y), select(m, a.u, b.u), select(m, a.w, b.w)};
  }
};

/// The coefficients c of det(zI − H) = zᴷ + c[K−1] zᴷ⁻¹ + … + c[0] for the first K rows and columns H of a Hessenberg
/// matrix, minus `mean` on the diagonal, row by row (Hyman's recurrence).
template <std::size_t K, class L, class H>
SADDLE_INLINE constexpr void shifted_characteristic(const H& h, const L& mean, L (&c)[K]) noexcept {
  L leading[K][K]; // leading[k]: of the first k + 1 rows, without the coefficient 1
  SADDLE_UNROLL
  for (std::size_t k = 0; k < K; ++k) {
    L* const next = leading[k];
    const L here = h(k, k) - mean;
    // (z − h_kk)·(polynomial of k rows)
    next[k] = k > 0 ? leading[k - 1][k - 1] - here : -here;
    for (std::size_t i = k; i-- > 0;) {
      const L shifted = i > 0 ? leading[k - 1][i - 1] : broadcast<L>(0);
      next[i] = fnma(here, leading[k - 1][i], shifted);
    }
    // − Σ h_jk·(product of the subdiagonal from j to k)·(polynomial of j rows)
    L product = broadcast<L>(1);
    for (std::size_t j = k; j-- > 0;) {
      product = j + 1 == k ? h(k, k - 1) : product * h(j + 1, j);
      const L factor = h(j, k) * product;
      for (std::size_t i = 0; i < j; ++i) next[i] = fnma(factor, leading[j - 1][i], next[i]);
      next[j] = next[j] - factor;
    }
  }
  SADDLE_UNROLL
  for (std::size_t i = 0; i < K; ++i) c[i] = leading[K - 1][i];
}

/// Keeps a denominator off zero, and is too small to matter: constant expressions must not divide by zero.
template <class L> SADDLE_INLINE constexpr L off_zero(const L& x) noexcept {
  return x + broadcast<L>(std::numeric_limits<scalar_t<L>>::min());
}

/// The real root of z³ + cz = d that lies farthest from 0, nearly to the last digit as a rule.
template <class L> SADDLE_INLINE constexpr L outermost_root(const L& c, const L& d) noexcept {
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), three = broadcast<L>(3), size = abs(d);
  // About |d|^⅔, the square of the root where c is small, for matrices with elements around 1.
  const L square = broadcast<L>(T(1.5)) * (sqrt(size) * sqrt(sqrt(size)));
  const mask_t<L> hilly = c < zero;
  const L sum = off_zero(square + abs(c));
  L z = select(hilly, sqrt(sum), size / sum);
  // Halley's iteration: cubic convergence, so three steps do from a start that is off by a third.
  SADDLE_UNROLL
  for (int step = 0; step < 3; ++step) {
    const L zz = z * z, f = fma(z, zz + c, -size), slope = fma(three, zz, c);
    z = fnma(f, slope / off_zero(fnma(three * z, f, slope * slope)), z);
  }
  const mask_t<L> negative = d < zero;
  return select(negative, -z, z);
}

/// Of the first three rows: the real eigenvalue twice, or the other two.
template <class H, class L = typename H::lane_type>
SADDLE_INLINE constexpr shift_pair<L> three_row_shifts(const H& h) noexcept {
  using T = scalar_t<L>;
  const L mean = broadcast<L>(T(1) / T(3)) * (h(0, 0) + h(1, 1) + h(2, 2));
  L c[3];
  shifted_characteristic(h, mean, c);
  const L root = outermost_root(c[1], -c[0]);
  // The others: z² + root·z + rest = 0. Taken is what lies nearer to the corner, where the small eigenvalues of a graded
  // matrix are found.
  const L rest = fma(root, root, c[1]), corner = h(2, 2) - mean, distance = corner - root;
  const mask_t<L> alone = distance * distance <= abs(fma(corner, corner + root, rest));
  const L half = broadcast<L>(T(-0.5)) * root;
  const L centre = mean + select(alone, root, half);
  return {centre, centre, select(alone, broadcast<L>(0), fma(half, half, -rest)), broadcast<L>(1)};
}

/// Of the first four rows: one of the two pairs that make up the eigenvalues (Ferrari),
/// z⁴ + pz² + qz + r = (z² + uz + v)(z² − uz + w).
template <class H, class L = typename H::lane_type>
SADDLE_INLINE constexpr shift_pair<L> four_row_shifts(const H& h) noexcept {
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), half = broadcast<L>(T(0.5)), quarter = broadcast<L>(T(0.25));
  const L mean = quarter * ((h(0, 0) + h(1, 1)) + (h(2, 2) + h(3, 3)));
  L c[4];
  shifted_characteristic(h, mean, c);
  const L r = c[0], q = c[1], p = c[2];
  // u² is the largest root of t³ + 2pt² + (p² − 4r)t = q².
  const L four_r = broadcast<L>(4) * r, third_p = broadcast<L>(T(1) / T(3)) * p;
  const L cubic = -fma(third_p, p, four_r);
  const L product = fma(q, q, (third_p + third_p) * (third_p * third_p - four_r));
  const L outermost = outermost_root(cubic, product);
  const L discriminant = -fma(broadcast<L>(3) * outermost, outermost, broadcast<L>(4) * cubic);
  const mask_t<L> lowest = outermost < zero, three = discriminant >= zero;
  const L largest = select(lowest & three, half * (sqrt(abs(discriminant)) - outermost), outermost);
  const L square = max(fnma(broadcast<L>(2), third_p, largest), zero);
  // w − v = q/u; of the two numbers the larger is known better.
  const L sum = p + square;
  const L u_size = sqrt(square), difference_size = sqrt(max(fma(sum, sum, -four_r), zero));
  const mask_t<L> u_better = square >= difference_size;
  const L better = select(u_better, u_size, difference_size), other = q / off_zero(better);
  const L u = select(u_better, better, other), difference = select(u_better, other, better);
  const L v = half * (sum - difference), w = half * (sum + difference), corner = h(3, 3) - mean;
  const mask_t<L> first = abs(fma(corner, corner + u, v)) <= abs(fma(corner, corner - u, w));
  const L centre = half * select(first, -u, u);
  return {mean + centre, mean + centre, fma(centre, centre, -select(first, v, w)), broadcast<L>(1)};
}

} // namespace saddle::inline SADDLE_ISA::detail
