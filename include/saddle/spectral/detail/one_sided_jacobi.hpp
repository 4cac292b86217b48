/// One-sided Jacobi: rotations make the columns of a matrix orthogonal; their lengths are then the singular values.
///
/// The only method here whose small singular values are accurate to their own size (Demmel, Veselić: Jacobi's method is
/// more accurate than QR, 1992): an error is relative to each column, not to the whole matrix.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/spectral/detail/power_of_two.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// Where the largest element belongs for Jacobi: as high as products of two squared norms can bear, because what lies
/// far below still has to keep its digits when it is squared.
template <class T> inline constexpr int jacobi_exponent = (std::numeric_limits<T>::max_exponent - 32) / 4;

/// Sweeps at the most; 32 columns take 8 to 11.
inline constexpr int jacobi_cap = 60;

/// Sweeps that most matrices of up to 8 columns are done with: what goes on is looked at for rows that are only noise.
inline constexpr int jacobi_usual = 6;

/// Rows i and j of every matrix, where `rotate` holds: (x, y) ← (c·x − s·y, s·x + c·y), with s the sine and h the tangent
/// of half the angle, by three shears: x − h·y, then y + s·x, then x − h·y.
/// Each adds something as small as the angle and rounds as little. A cosine would have a rounding of its own, by which
/// every rotation scales both rows, those by next to nothing included: 15 columns of rank 7, the large ones turning against
/// the noise of the small ones sweep after sweep, came out 19ε too long in float; by shears it is 2ε.
template <class L, std::size_t R, std::size_t C> SADDLE_INLINE constexpr void
rotate_rows(mat<L, R, C>& m, std::size_t i, std::size_t j, const mask_t<L>& rotate, const L& s, const L& h) noexcept {
  SADDLE_UNROLL
  for (std::size_t k = 0; k < C; ++k) {
    const L x = m(i, k), y = m(j, k);
    const L sheared = fnma(h, y, x), turned = fma(s, sheared, y);
    // By `select`, not by an identity rotation: that could flip the sign of a zero, and only if a neighbour turns.
    m(i, k) = select(rotate, fnma(h, turned, sheared), x);
    m(j, k) = select(rotate, turned, y);
  }
}

template <class L, std::size_t R, std::size_t C>
SADDLE_INLINE constexpr L row_dot(const mat<L, R, C>& m, std::size_t i, std::size_t j) noexcept {
  L sum = m(i, 0) * m(j, 0);
  SADDLE_UNROLL
  for (std::size_t k = 1; k < C; ++k) sum = fma(m(i, k), m(j, k), sum);
  return sum;
}

/// Makes rows zero where their square, once `before`, is at most `limit` of that: what a sweep has left of them is the
/// rounding of what they were, and lies along the row that they were parallel to. It would shrink by ε in every sweep
/// until it underflows (25 of them in double); a perturbation of a row by its ε is within what is promised. Rows whose
/// square is below `floor` go too: it has lost digits, down to nothing, and held against it the rounding of a product with
/// a long row would count as an angle in every sweep. Matrices that no longer move keep what they have.
template <class L, std::size_t K, std::size_t M>
constexpr void drop_noise(mat<L, K, M>& w, vec<L, K>& square, const vec<L, K>& before, const mask_t<L>& moving,
                          const L& limit, const L& floor) noexcept {
  mask_t<L> noise(false);
  for (std::size_t k = 0; k < K; ++k) {
    const auto short_one = square[k] < max(limit * before[k], floor);
    noise = noise | (moving & short_one);
  }
  if (!any(noise)) return;
  for (std::size_t k = 0; k < K; ++k) {
    const auto short_one = square[k] < max(limit * before[k], floor);
    const mask_t<L> lost = moving & short_one;
    square[k] = select(lost, broadcast<L>(0), square[k]);
    for (std::size_t j = 0; j < M; ++j) w(k, j) = select(lost, broadcast<L>(0), w(k, j));
  }
}

/// Makes the K rows of `w`, which are the columns of the matrix in question, orthogonal to each other, and turns the rows
/// of `also` along with them. On return square[k] = ‖row k‖². Returns where the sweeps converged.
/// Cost about 3K²M flops a sweep.
template <class L, std::size_t K, std::size_t M, class... Also>
constexpr mask_t<L> orthogonalise_rows(mat<L, K, M>& w, vec<L, K>& square, Also&... also) noexcept {
  using T = scalar_t<L>;
  // A computed dot product is uncertain by about √M·ε of the product of the norms.
  const L tolerance = broadcast<L>(T(M) * epsilon<T> * epsilon<T>);
  // Below this the rotation itself would lose digits to underflow.
  const L floor =
      broadcast<L>(two_to<T>(std::numeric_limits<T>::min_exponent + 2 * std::numeric_limits<T>::digits / 2));
  mask_t<L> moving(true);
  vec<L, K> before; // the squares that the last sweep began with, where any began so late
  for (int sweep = 0; sweep < jacobi_cap; ++sweep) {
    for (std::size_t k = 0; k < K; ++k) square[k] = row_dot(w, k, k);
    if (sweep > jacobi_usual) drop_noise(w, square, before, moving, tolerance, floor);
    if (sweep >= jacobi_usual) before = square;
    mask_t<L> moved(false);
    // Each round pairs p and q with p + q ≡ round (mod K): pairs of a round are independent, so their long chains of
    // square roots and divisions overlap.
    for (std::size_t round = 0; round < K; ++round)
      for (std::size_t p = 0; p < K; ++p) {
        const std::size_t q = (round + K - p) % K;
        if (q <= p) continue;
        const L gamma = row_dot(w, p, q), gamma_squared = gamma * gamma;
        const auto oblique = gamma_squared > tolerance * square[p] * square[q], visible = gamma_squared > floor;
        const mask_t<L> rotate = oblique & visible;
        if (!any(rotate)) continue;
        moved = moved | rotate;
        // tan of the angle: γ / (δ + sign(δ)·√(δ² + γ²)) with δ = (‖q‖² − ‖p‖²)/2.
        const L delta = broadcast<L>(T(0.5)) * (square[q] - square[p]);
        const L reach = abs(delta) + sqrt(fma(delta, delta, gamma_squared));
        const L signed_gamma = select(delta < broadcast<L>(0), -gamma, gamma);
        // The sine and the tangent of the half are γ/r and γ/(r + reach), r = √(reach² + γ²): one division serves both.
        const L length = sqrt(fma(reach, reach, gamma_squared)), sum = length + reach;
        const L inverse = broadcast<L>(1) / (length * sum);
        const L s = signed_gamma * (inverse * sum), h = signed_gamma * (inverse * length);
        const L shift = signed_gamma / reach * gamma;
        square[p] = select(rotate, square[p] - shift, square[p]);
        square[q] = select(rotate, square[q] + shift, square[q]);
        rotate_rows(w, p, q, rotate, s, h);
        (rotate_rows(also, p, q, rotate, s, h), ...);
      }
    moving = moved;
    if (!any(moving)) break;
  }
  return !moving;
}

} // namespace saddle::inline SADDLE_ISA::detail
