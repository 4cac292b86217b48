/// Equality of bits as an assertion that says which number differs.
#pragma once

#include <ios>

#include <gtest/gtest.h>

#include "equal_bits.hpp"

namespace saddle_test {

/// The same bits in every number of two scalar values of one shape.
template <class X> testing::AssertionResult same_bits(const X& a, const X& b) {
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

} // namespace saddle_test
