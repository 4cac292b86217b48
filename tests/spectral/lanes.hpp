/// Whether lanes compute what the scalar function computes, bit for bit, next to any neighbour.
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include <saddle/lane/batch.hpp>
#include <saddle/lane/group.hpp>
#include <saddle/linalg/mat.hpp>

namespace lanes {

template <class T> auto bits(T x) {
  return std::bit_cast<std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>(x);
}
/// The same bits, or two NaN: their payload is nobody's promise.
template <class T> bool same(T a, T b) { return bits(a) == bits(b) || (a != a && b != b); }

/// All numbers of a value, in memory order.
template <class X> auto numbers(const X& x) {
  std::vector<typename X::lane_type> r;
  saddle::walk([&](const auto& l) { r.push_back(l); }, x);
  return r;
}

/// Runs `compute` (matrix → struct) on lanes filled with `inputs`, and compares what `parts` (struct → list of composite
/// values, as a tuple) shows with the scalar run. Every input meets every position, beside others, NaN and infinity.
template <class L, std::size_t R, std::size_t C, class Compute, class Parts>
void equal_the_scalar(const std::vector<saddle::mat<saddle::scalar_t<L>, R, C>>& inputs, Compute compute, Parts parts) {
  using T = saddle::scalar_t<L>;
  using saddle::extract; // the scalar one; those of vectors are friends
  using scalar_matrix = saddle::mat<T, R, C>;
  constexpr std::size_t W = saddle::width<L>;
  std::vector<scalar_matrix> cases = inputs;
  cases.push_back(cases[0]);
  cases.back()(0, 0) = std::numeric_limits<T>::quiet_NaN();
  cases.push_back(cases[0]);
  cases.back()(R - 1, 0) = -std::numeric_limits<T>::infinity();
  for (std::size_t first = 0; first < cases.size(); ++first) {
    saddle::mat<L, R, C> a{};
    for (std::size_t i = 0; i < W; ++i) saddle::insert_as(a, i, cases[(first + i) % cases.size()]);
    const auto together = compute(a);
    for (std::size_t i = 0; i < W; ++i) {
      const std::size_t k = (first + i) % cases.size();
      const auto alone = compute(cases[k]);
      ASSERT_EQ(together.status[i], alone.status[0]) << "input " << k << " in lane " << i;
      const auto x = parts(together);
      const auto y = parts(alone);
      ASSERT_EQ(x.size(), y.size());
      for (std::size_t j = 0; j < x.size(); ++j)
        ASSERT_TRUE(same(extract(x[j], i), y[j]))
            << "input " << k << " in lane " << i << ", number " << j << ": " << extract(x[j], i) << " alone "
            << y[j];
    }
  }
}

} // namespace lanes
