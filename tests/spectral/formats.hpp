/// A test suite over both formats: every law of a function on data of the catalogue is stated once.
#pragma once

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include <saddle/lane/isa.hpp>

#include "spectral/operations.hpp"

namespace spectral {

/// What is constructed by hand instead: a suite typed over float and double.
using numbers = testing::Types<float, double>;

/// Roundings of a multiply-add: 2 without the fused instruction, which doubles a bound that counts them.
inline int roundings(const format& f) {
  const bool once = f.single() ? saddle::fused<float> : saddle::fused<double>;
  return once ? 1 : 2;
}

using each_format = testing::TestWithParam<const format*>;

/// The formats whose errors a long double can measure: on 32-bit ARM it is a double itself.
inline std::vector<const format*> measurable() {
  if (std::numeric_limits<long double>::digits > std::numeric_limits<double>::digits)
    return {&format_of<float>, &format_of<double>};
  return {&format_of<float>};
}

/// TEST_P(suite, …) runs for float and double; GetParam() is the format.
#define SADDLE_SUITE_OF_FORMATS(suite)                                                                                 \
  class suite : public spectral::each_format {};                                                                       \
  INSTANTIATE_TEST_SUITE_P(of, suite, testing::ValuesIn(spectral::measurable()),                                       \
                           [](const auto& p) { return std::string(p.param->name); })

} // namespace spectral
