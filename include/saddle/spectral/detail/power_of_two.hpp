/// Scaling by powers of two: exact, so it costs no accuracy and commutes with every computation that follows.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/linalg/mat.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// 2ᵉ, for exponents of normal numbers.
template <class T> constexpr T two_to(int e) noexcept {
  T r = 1;
  for (; e > 0; --e) r *= T(2);
  for (; e < 0; ++e) r *= T(0.5);
  return r;
}

/// The largest power of two that is at most |x|, for normal x below 2^(max_exponent − digits − 1); 0 for 0.
/// Two roundings cancel everything below the first bit (Rump, Ogita, Oishi: Accurate floating-point summation, 2008,
/// algorithm 3.6), so lanes need no access to the exponent field.
template <class L> SADDLE_INLINE constexpr L leading_power(const L& x) noexcept {
  using T = scalar_t<L>;
  const L q = broadcast<L>(T(1) / epsilon<T> + T(1)) * x;
  return abs(q - broadcast<L>(T(1) - epsilon<T> / T(2)) * q);
}

/// The power of two that brings a largest magnitude m to [2^Target, 2^(Target+1)). Kept as two factors: 2^1074 is no
/// number, and neither is its inverse.
template <class L, int Target = 0> struct power_scale {
  using T = scalar_t<L>;
  L coarse, fine, coarse_back, fine_back;

  explicit constexpr power_scale(const L& m) noexcept {
    constexpr int half = std::numeric_limits<T>::max_exponent / 2, lift = half + std::numeric_limits<T>::digits;
    const L one = broadcast<L>(1);
    const auto huge = m > broadcast<L>(two_to<T>(half)), small = m < broadcast<L>(two_to<T>(-half));
    coarse = select(huge, broadcast<L>(two_to<T>(-half)), select(small, broadcast<L>(two_to<T>(lift)), one));
    coarse_back = select(huge, broadcast<L>(two_to<T>(half)), select(small, broadcast<L>(two_to<T>(-lift)), one));
    const L power = leading_power(m * coarse);
    const auto zero = power == broadcast<L>(0);
    fine_back = select(zero, one, power * broadcast<L>(two_to<T>(-Target)));
    fine = one / fine_back;
  }
  SADDLE_INLINE constexpr L down(const L& x) const noexcept { return x * coarse * fine; }
  SADDLE_INLINE constexpr L up(const L& x) const noexcept { return x * fine_back * coarse_back; }
};

/// A·B with loops left as loops: unrolled, as linalg has it for small games, sizes up to 32 would be mostly code.
template <class L, std::size_t N>
constexpr mat<L, N, N> product(const mat<L, N, N>& a, const mat<L, N, N>& b) noexcept {
  mat<L, N, N> r = zero_matrix<L, N, N>();
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t k = 0; k < N; ++k) {
      const L x = a(i, k);
      for (std::size_t j = 0; j < N; ++j) r(i, j) = fma(x, b(k, j), r(i, j));
    }
  return r;
}

/// A·x, likewise.
template <class L, std::size_t N> constexpr vec<L, N> product(const mat<L, N, N>& a, const vec<L, N>& x) noexcept {
  vec<L, N> r;
  for (std::size_t i = 0; i < N; ++i) {
    L sum = a(i, 0) * x[0];
    for (std::size_t j = 1; j < N; ++j) sum = fma(a(i, j), x[j], sum);
    r[i] = sum;
  }
  return r;
}

/// What a first pass over a matrix finds.
template <class L> struct magnitude {
  L largest;         ///< max |aᵢⱼ|, 0 where the matrix is not finite
  mask_t<L> bounded; ///< every element is finite
};

/// Of the elements on and below the diagonal (`Lower`), or of all.
template <bool Lower = false, class L, std::size_t R, std::size_t C>
SADDLE_INLINE constexpr magnitude<L> magnitude_of(const mat<L, R, C>& a) noexcept {
  magnitude<L> r{broadcast<L>(0), mask_t<L>(true)};
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < (Lower ? i + 1 : C); ++j) {
      const auto bounded = finite(a(i, j));
      r.bounded = r.bounded & bounded;
      r.largest = max(r.largest, abs(a(i, j)));
    }
  r.largest = select(r.bounded, r.largest, broadcast<L>(0));
  return r;
}

} // namespace saddle::inline SADDLE_ISA::detail
