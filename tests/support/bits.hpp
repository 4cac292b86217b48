/// Equality of bits, for numbers and for values made of them.
#pragma once

#include <bit>
#include <cstdint>
#include <ios>
#include <type_traits>

#include <gtest/gtest.h>

#include <saddle/lane/walk.hpp>

namespace saddle_test {

template <class T> using bits_of = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

/// The same bits, −0 and +0 told apart. One NaN is as good as another: IEEE 754 leaves sign and payload open, and a
/// constant expression makes a positive one where x86 makes a negative one.
template <class T> constexpr bool equal_bits(T a, T b) noexcept {
  if (a != a || b != b) return a != a && b != b;
  return std::bit_cast<bits_of<T>>(a) == std::bit_cast<bits_of<T>>(b);
}

/// The same bits in every number of two scalar values of one shape.
template <class X> ::testing::AssertionResult same_bits(const X& a, const X& b) {
  std::size_t place = 0;
  auto result = ::testing::AssertionSuccess();
  saddle::walk(
      [&](const auto& x, const auto& y) {
        if (result && !equal_bits(x, y))
          result = ::testing::AssertionFailure() << "number " << place << ": " << std::hexfloat << x << " and " << y
                                                 << std::defaultfloat << " (" << x << " and " << y << ")";
        ++place;
      },
      a, b);
  return result;
}

/// The same for values that a constant expression compares.
template <class X> constexpr bool all_equal_bits(const X& a, const X& b) noexcept {
  bool equal = true;
  saddle::walk([&](const auto& x, const auto& y) { equal = equal && equal_bits(x, y); }, a, b);
  return equal;
}

} // namespace saddle_test
