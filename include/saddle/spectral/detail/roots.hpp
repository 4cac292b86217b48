/// Roots of real polynomials of small degree, one after another, as shifts for QR sweeps.
///
/// Shifts need not be accurate: see shifts.hpp. What these have to be is near enough to an eigenvalue that one sweep, or
/// two, separate it, where the eigenvalues of the last two rows take five sweeps to find the first one.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/shifts.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// zⁿ + … + c[1]·z + c[0], a polynomial a number of the lane, of degree n ≤ K. The coefficients above n are zero; that of
/// zᴷ, which is 1 or 0, is not stored.
template <class L, std::size_t K> struct monic_polynomial {
  L c[K];
  L degree;
  SADDLE_INLINE constexpr L first() const noexcept {
    const L zero = broadcast<L>(0);
    const mask_t<L> whole = degree == broadcast<L>(scalar_t<L>(K));
    return select(whole, broadcast<L>(1), zero);
  }
};

template <class L> struct complex_number { L re, im; };

/// Laguerre's step from z towards a root: −n·p/(p' ± √((n−1)·((n−1)·p'² − n·p·p''))). Cubic convergence from nearly
/// anywhere. p, p' and p'' by three divisions by the real quadratic factor z² − 2xz + |z|² (Knuth, vol. 2, 4.6.4), which
/// take half the multiplications of Horner's rule in complex numbers and wait for each other by two only.
template <class L, std::size_t K> SADDLE_INLINE constexpr complex_number<L>
laguerre_step(const monic_polynomial<L, K>& p, const L& x, const L& y) noexcept {
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), one = broadcast<L>(1), two = broadcast<L>(2), half = broadcast<L>(T(0.5));
  const L r = x + x, s = fma(x, x, y * y);
  L b[K + 3], d[K + 3], e[K + 3];
  SADDLE_UNROLL
  for (std::size_t k = K + 1; k < K + 3; ++k) b[k] = d[k] = e[k] = zero;
  d[K] = d[K - 1] = e[K] = e[K - 1] = e[K - 2] = e[K - 3] = zero;
  b[K] = p.first();
  SADDLE_UNROLL
  for (std::size_t k = K - 1; k >= 1; --k) b[k] = fma(r, b[k + 1], fnma(s, b[k + 2], p.c[k]));
  SADDLE_UNROLL
  for (std::size_t k = K - 2; k >= 1; --k) d[k] = fma(r, d[k + 1], fnma(s, d[k + 2], b[k + 2]));
  SADDLE_UNROLL
  for (std::size_t k = K - 4; k >= 1; --k) e[k] = fma(r, e[k + 1], fnma(s, e[k + 2], d[k + 2]));
  // Values of p and of the quotients q and t of the first two divisions.
  const L p_re = fma(b[1], x, fnma(s, b[2], p.c[0])), p_im = b[1] * y;
  const L q_re = fma(d[1], x, fnma(s, d[2], b[2])), q_im = d[1] * y;
  const L t_re = fma(e[1], x, fnma(s, e[2], d[2])), t_im = e[1] * y;
  // p' = b₁ + 2iy·q, q' = d₁ + 2iy·t, p'' = 2q + 4iy·q'
  const L twice = two * y, four = twice + twice;
  const L first_re = fnma(twice, q_im, b[1]), first_im = twice * q_re;
  const L slope_re = fnma(twice, t_im, d[1]), slope_im = twice * t_re;
  const L second_re = fnma(four, slope_im, q_re + q_re), second_im = fma(four, slope_re, q_im + q_im);

  const L n = p.degree, m = n - one, squared = m * m, both = m * n;
  const L square_re = fma(first_re, first_re, -(first_im * first_im)), square_im = two * (first_re * first_im);
  const L product_re = fma(p_re, second_re, -(p_im * second_im)), product_im = fma(p_re, second_im, p_im * second_re);
  const L h_re = fma(squared, square_re, -(both * product_re)), h_im = fma(squared, square_im, -(both * product_im));
  const L length = sqrt(fma(h_re, h_re, h_im * h_im));
  const L larger = sqrt(half * (length + abs(h_re))), smaller = half * h_im / off_zero(larger);
  const mask_t<L> left = h_re < zero;
  const L root_re = select(left, abs(smaller), larger);
  const L root_im = select(left, select(h_im < zero, -larger, larger), smaller);
  const mask_t<L> opposed = fma(first_re, root_re, first_im * root_im) < zero;
  const L below_re = first_re + select(opposed, -root_re, root_re);
  const L below_im = first_im + select(opposed, -root_im, root_im);
  const L scale = n / off_zero(fma(below_re, below_re, below_im * below_im));
  return {-(scale * fma(p_re, below_re, p_im * below_im)), scale * fma(p_re, below_im, -(p_im * below_re))};
}

/// Divides by z − x, where y = 0, or by z² − 2xz + x² + y², and drops the remainder.
template <class L, std::size_t K> SADDLE_INLINE constexpr void
take_root(monic_polynomial<L, K>& p, const mask_t<L>& here, const L& x, const L& y) noexcept {
  const L zero = broadcast<L>(0), one = broadcast<L>(1);
  const mask_t<L> real = y == zero;
  const L r = select(real, x, x + x), s = select(real, zero, fma(x, x, y * y));
  L b[K + 3];
  b[K + 2] = b[K + 1] = zero;
  b[K] = p.first();
  SADDLE_UNROLL
  for (std::size_t k = K - 1; k >= 1; --k) b[k] = fma(r, b[k + 1], fnma(s, b[k + 2], p.c[k]));
  SADDLE_UNROLL
  for (std::size_t k = 0; k < K; ++k) p.c[k] = select(here, select(real, b[k + 1], b[k + 2]), p.c[k]);
  p.degree = p.degree - select(here, select(real, one, one + one), zero);
}

/// Iterations for a root. Most take four; a lane waits for its slowest number.
inline constexpr int laguerre_cap = 8;

/// A root of p wherever `wanted`, from x + iy on. Its imaginary part is zero where it is small.
template <class L, std::size_t K>
constexpr complex_number<L> find_root(const monic_polynomial<L, K>& p, const mask_t<L>& wanted, L x, L y) noexcept {
  using T = scalar_t<L>;
  mask_t<L> moving = wanted;
  for (int k = 0; k < laguerre_cap && any(moving); ++k) {
    const complex_number<L> step = laguerre_step(p, x, y);
    x = select(moving, x + step.re, x);
    y = select(moving, y + step.im, y);
    // The error that this step leaves is about the cube of it.
    const mask_t<L> far = fma(step.re, step.re, step.im * step.im) > broadcast<L>(T(0x1p-20)) * fma(x, x, y * y);
    moving = moving & far;
  }
  const mask_t<L> real = abs(y) <= broadcast<L>(T(0x1p-20)) * abs(x);
  return {x, select(real, broadcast<L>(0), y)};
}

} // namespace saddle::inline SADDLE_ISA::detail
