/// Eigenvalues of real 2 × 2 matrices in closed form.
#pragma once

#include <saddle/spectral/detail/exponent.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// Two real eigenvalues (im = 0), or re ± i·im with im > 0.
template <class L> struct eigenvalue_pair {
  L first, second; ///< real parts
  L im;            ///< of the first; the second's is −im
  mask_t<L> real;
};

/// With p = (a − d)/2 and the discriminant D = p² + bc:
///
///     D ≥ 0:  t = bc / (p + sign(p)·√D),  λ₁ = a + t,  λ₂ = d − t
///     D < 0:  λ = (a + d)/2 ± i·√−D
///
/// No sum in the real case cancels what was not cancelled in the data: p and √D have the same sign, and t is a
/// correction to the diagonal, so triangular matrices give their diagonal exactly. D itself is formed with relative
/// rounding errors in p² and bc, which is a relative change of p and b: backward stable even where D cancels.
///
/// Entries of any size: where p² or bc would leave the range, both are computed times s = 4⁻ʲ ≈ 1/max(|p|, |b|, |c|),
/// applied to one factor of each product only, so that b = 10²⁰⁰, c = 10⁻²⁰⁰ still gives ±1. The branch looks at all
/// numbers of a lane, but both sides round alike.
template <class L> constexpr eigenvalue_pair<L> two_by_two(const L& a, const L& b, const L& c, const L& d) noexcept {
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), half = broadcast<L>(T(0.5));
  const L p = half * a - half * d;
  const L b_size = abs(b), c_size = abs(c);
  const mask_t<L> b_larger = b_size > c_size;
  const L large = select(b_larger, b, c), little = select(b_larger, c, b);

  constexpr int room = soft::format<T>::bias - soft::format<T>::fraction - 12;
  const L floor = broadcast<L>(power_of_two<T>(-room)), ceiling = broadcast<L>(power_of_two<T>(room));
  L square = p * p, product = large * little;
  const L product_size = abs(product);
  const mask_t<L> no_p = p == zero, no_product = little == zero;
  const mask_t<L> square_low = square >= floor, square_high = square <= ceiling;
  const mask_t<L> product_low = product_size >= floor, product_high = product_size <= ceiling;
  const mask_t<L> square_fits = (square_low & square_high) | no_p;
  const mask_t<L> fits = square_fits & ((product_low & product_high) | no_product);

  L root, discriminant, shrink_root = broadcast<L>(1), grow = shrink_root;
  if (all(fits)) [[likely]] {
    discriminant = fma(p, p, product);
    root = sqrt(abs(discriminant));
  } else {
    const L size = max(abs(p), abs(large));
    shrink_root = number_by_number(size, size, [](T x, T) {
      // 2⁻ʲ with size·4⁻ʲ in [1/8, 1/2): then nothing below overflows. Small numbers are brought higher, or their
      // product with another one would be denormal.
      const int lift = exponent_of(x) < -soft::format<T>::bias / 2 ? 4 * soft::format<T>::fraction : 0;
      const int e = exponent_of(x) + 3 - lift;
      return power_of_two<T>(-(e >= 0 ? e / 2 : -((1 - e) / 2)));
    });
    shrink_root = select(fits, broadcast<L>(1), shrink_root);
    const L p_part = (p * shrink_root) * shrink_root, large_part = (large * shrink_root) * shrink_root;
    discriminant = fma(p_part, p, large_part * little);
    grow = broadcast<L>(1) / shrink_root;
    root = sqrt(abs(discriminant)) * grow;
  }

  const mask_t<L> real = discriminant >= zero, p_negative = p < zero;
  const L z = p + select(p_negative, -root, root);
  // z = 0 means p = bc = 0: the diagonal is the answer.
  const mask_t<L> triangular = no_product | (z == zero);
  const L quotient = (large * shrink_root) / select(triangular, broadcast<L>(1), z);
  const L t = select(triangular, zero, (quotient * little) * grow);
  const L mean = half * a + half * d;
  return {select(real, a + t, mean), select(real, d - t, mean), select(real, zero, root), real};
}

} // namespace saddle::inline SADDLE_ISA::detail
