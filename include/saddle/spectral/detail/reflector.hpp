/// Householder reflections of two or three elements, and what they have in common with longer ones.
#pragma once

#include <limits>

#include <saddle/spectral/detail/exponent.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// Below it a sum of squares has lost digits to underflow; numbers that small are enlarged before they are squared.
template <class T>
inline constexpr T smallest_square = power_of_two<T>(soft::format<T>::fraction + 3 - soft::format<T>::bias);
/// Brings every number whose square is below `smallest_square`, denormals included, to where squares are normal.
template <class T>
inline constexpr T enlargement = power_of_two<T>(soft::format<T>::bias / 2 + soft::format<T>::fraction);

/// H = I − τ v vᵀ with v₀ = 1, such that H x = (β, 0, …, 0), given x₀ and the sum of all squares; one square root and one
/// division. With ν = ‖x‖ and w = |x₀ − β| = |x₀| + ν, which never cancels because β has the sign opposite to x₀'s:
///
///     vᵢ = ±xᵢ ν / (νw)      τ = w² / (νw)      τ vᵢ = ±xᵢ w / (νw)
///
/// so that everything is one multiplication away from the division, on which the whole iteration waits.
template <class L> struct reflection {
  L beta, tau;
  L inverse; ///< 1/(νw)
  L norm, w; ///< with the sign of x₀

  /// Numbers outside `turns` get H = I: τ = 0, v = 0. The others must have something to annihilate, or x₀ ≠ 0.
  SADDLE_INLINE constexpr reflection(const mask_t<L>& turns, const L& x0, const L& total) noexcept {
    using T = scalar_t<L>;
    const L size = abs(x0), length = sqrt(total);
    const L sum = size + length;
    // Over infinity every coefficient is zero.
    const L denominator = select(turns, fma(size, length, total), broadcast<L>(std::numeric_limits<T>::infinity()));
    inverse = broadcast<L>(1) / denominator;
    const mask_t<L> negative = x0 < broadcast<L>(0);
    norm = select(negative, -length, length);
    w = select(negative, -sum, sum);
    tau = (sum * sum) * inverse;
    beta = select(turns, -norm, x0);
  }
  /// The element of v that belongs to an element of x.
  SADDLE_INLINE constexpr L v(const L& x) const noexcept { return (x * norm) * inverse; }
  /// The same times τ.
  SADDLE_INLINE constexpr L tau_v(const L& x) const noexcept { return (x * w) * inverse; }
};

/// The reflection of three numbers, as its application wants it.
template <class L> struct reflector {
  L beta, v1, v2, t0, t1, t2;

  /// Two elements: x2 = 0 gives the same bits as leaving the third away.
  SADDLE_INLINE constexpr reflector(const mask_t<L>& active, L x0, L x1, L x2) noexcept {
    using T = scalar_t<L>;
    // Not their squares: those may underflow beside a large x0, and an iteration that gets the identity stands still.
    const mask_t<L> nothing1 = x1 == broadcast<L>(0), nothing2 = x2 == broadcast<L>(0);
    const mask_t<L> turns = active & !(nothing1 & nothing2);
    L total = fma(x0, x0, fma(x2, x2, x1 * x1));
    const mask_t<L> low = total < broadcast<L>(smallest_square<T>);
    const mask_t<L> enlarge = turns & low;
    L shrink = broadcast<L>(1);
    if (any(enlarge)) [[unlikely]] {
      const L up = select(enlarge, broadcast<L>(enlargement<T>), broadcast<L>(1));
      shrink = select(enlarge, broadcast<L>(1 / enlargement<T>), broadcast<L>(1));
      x0 *= up;
      x1 *= up;
      x2 *= up;
      total = fma(x0, x0, fma(x2, x2, x1 * x1));
    }
    const reflection<L> h(turns, x0, total);
    beta = h.beta * shrink;
    v1 = h.v(x1);
    v2 = h.v(x2);
    t0 = h.tau;
    t1 = h.tau_v(x1);
    t2 = h.tau_v(x2);
  }

  /// (a, b, c) ← H (a, b, c)
  SADDLE_INLINE constexpr void apply(L& a, L& b, L& c) const noexcept {
    const L s = fma(v2, c, fma(v1, b, a));
    a = fnma(s, t0, a);
    b = fnma(s, t1, b);
    c = fnma(s, t2, c);
  }
  /// (a, b) ← H (a, b) of a reflector of two elements
  SADDLE_INLINE constexpr void apply(L& a, L& b) const noexcept {
    const L s = fma(v1, b, a);
    a = fnma(s, t0, a);
    b = fnma(s, t1, b);
  }
};

} // namespace saddle::inline SADDLE_ISA::detail
