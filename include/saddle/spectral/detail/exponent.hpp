/// Powers of two that bring a number to the neighbourhood of 1. Multiplying by one is exact, so a matrix scaled by 2ᵏ
/// beforehand goes through the very same arithmetic.
#pragma once

#include <bit>
#include <cstddef>

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// 2ᵉ, with e kept where both 2ᵉ and 2⁻ᵉ are normal numbers.
template <class T> constexpr T power_of_two(int e) noexcept {
  using F = soft::format<T>;
  const int top = F::bias - 1;
  e = e > top ? top : e < -top ? -top : e;
  return std::bit_cast<T>(static_cast<typename F::bits>(static_cast<typename F::bits>(e + F::bias) << F::fraction));
}

/// The e with 2ᵉ ≤ a < 2ᵉ⁺¹ of a positive normal number; below that −bias, for infinity and NaN bias + 1.
template <class T> constexpr int exponent_of(T a) noexcept {
  using F = soft::format<T>;
  return static_cast<int>((std::bit_cast<typename F::bits>(a) >> F::fraction) & F::top_exponent) - F::bias;
}

/// f(a, b) number by number: for the few places where the lane vocabulary has no word.
template <class L, class F> constexpr L number_by_number(const L& a, const L& b, F f) noexcept {
  scalar_t<L> x[width<L>]{}, y[width<L>]{};
  store(x, a);
  store(y, b);
  for (std::size_t i = 0; i < width<L>; ++i) x[i] = f(x[i], y[i]);
  return load<L>(x);
}

/// The power of two that brings a ≥ 0 into [1, 2), as far as normal numbers reach.
template <class L> constexpr L normaliser(const L& a) noexcept {
  using T = scalar_t<L>;
  return number_by_number(a, a, [](T s, T) { return power_of_two<T>(-exponent_of(s)); });
}

} // namespace saddle::inline SADDLE_ISA::detail
