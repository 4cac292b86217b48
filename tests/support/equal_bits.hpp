/// Equality of bits, for numbers and for values made of them. Needs no test framework: firmware uses it too.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

#include <saddle/lane/walk.hpp>

namespace saddle_test {

template <class T> using bits_of = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

/// The same bits, −0 and +0 told apart. One NaN is as good as another: IEEE 754 leaves sign and payload open, and a
/// constant expression makes a positive one where x86 makes a negative one.
template <class T> constexpr bool equal_bits(T a, T b) noexcept {
  if (a != a || b != b) return a != a && b != b;
  return std::bit_cast<bits_of<T>>(a) == std::bit_cast<bits_of<T>>(b);
}

/// The same bits in every number of two scalar values of one shape, in constant expressions too.
template <class X> constexpr bool all_equal_bits(const X& a, const X& b) noexcept {
  bool equal = true;
  saddle::walk([&](const auto& x, const auto& y) { equal = equal && equal_bits(x, y); }, a, b);
  return equal;
}

} // namespace saddle_test
