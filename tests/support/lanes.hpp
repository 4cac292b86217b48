/// The lane types under test, and the vocabulary as a kernel sees it.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <type_traits>

#include <gtest/gtest.h>

#include <saddle/lane/group.hpp>
#include <saddle/lane/native.hpp>
#include <saddle/lane/walk.hpp>

#include "bits.hpp"

namespace saddle_test {

// A kernel lives in namespace saddle and finds these by name, the C library's functions hidden. So do the tests.
using saddle::abs;
using saddle::all;
using saddle::any;
using saddle::broadcast;
using saddle::extract;
using saddle::finite;
using saddle::fma;
using saddle::fnma;
using saddle::get;
using saddle::insert;
using saddle::load;
using saddle::max;
using saddle::min;
using saddle::select;
using saddle::set;
using saddle::sqrt;
using saddle::store;

using saddle::mask_t;
using saddle::scalar_t;
using saddle::width;

/// For what is stated once and holds for both formats.
using scalars = ::testing::Types<float, double>;

/// The formats whose errors a long double can measure: on 32-bit ARM it is a double itself.
using measurable = std::conditional_t<(std::numeric_limits<long double>::digits > std::numeric_limits<double>::digits),
                                      ::testing::Types<float, double>, ::testing::Types<float>>;

/// Every kind of lane for float and double: the scalar, the widest vector, several in flight, and the narrower vectors
/// that this machine's flags allow (a kernel for an older processor uses them).
using all_lanes =
    ::testing::Types<float, double, saddle::native_lane<float>, saddle::native_lane<double>,
                     saddle::group<saddle::native_lane<float>, 2>, saddle::group<saddle::native_lane<double>, 2>,
                     saddle::group<float, 3>, saddle::group<double, 3>
#if defined(__AVX512F__) && defined(__FMA__)
                     ,
                     saddle::batch<float, xsimd::fma3<xsimd::avx2>>, saddle::batch<double, xsimd::fma3<xsimd::avx2>>
#endif
#if defined(__AVX2__)
                     ,
                     saddle::batch<float, xsimd::avx>, saddle::batch<double, xsimd::avx>
#endif
#if defined(__AVX__)
                     ,
                     saddle::batch<float, xsimd::sse4_2>, saddle::batch<double, xsimd::sse4_2>,
                     saddle::batch<float, xsimd::sse2>, saddle::batch<double, xsimd::sse2>
#endif
                     >;

/// Whether lanes of L may take x for zero: the least normal number among them, which a rounding may have lifted there.
template <class L, class T> constexpr bool may_vanish(T x) {
  return !saddle::keeps_subnormals<L> && x != 0 && abs(x) <= std::numeric_limits<T>::min();
}

/// Numbers at which implementations differ: both zeros, subnormals, the ends of the range, infinities, NaN, and values
/// whose sums and products are ties between two neighbours.
template <class T> inline constexpr std::array special_values{
    T(0),
    -T(0),
    std::numeric_limits<T>::denorm_min(),
    -std::numeric_limits<T>::denorm_min(),
    std::numeric_limits<T>::min() - std::numeric_limits<T>::denorm_min(),
    std::numeric_limits<T>::min(),
    -std::numeric_limits<T>::min(),
    std::numeric_limits<T>::epsilon() / 2,
    std::numeric_limits<T>::epsilon() * T(1.5),
    T(0.5),
    T(1),
    T(-1),
    T(1) + std::numeric_limits<T>::epsilon(),
    T(1) - std::numeric_limits<T>::epsilon() / 2,
    T(-3),
    T(1) / 3,
    std::numeric_limits<T>::max(),
    -std::numeric_limits<T>::max(),
    std::numeric_limits<T>::infinity(),
    -std::numeric_limits<T>::infinity(),
    std::numeric_limits<T>::quiet_NaN(),
};

/// One value of vectors from width<L> scalar values, the i-th into lane i.
template <class Wide, class X> Wide join(const X* each) {
  using L = typename Wide::lane_type;
  constexpr std::size_t count = saddle::lane_count<X>();
  scalar_t<L> numbers[count][width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    std::size_t s = 0;
    saddle::walk([&](const auto& number) { numbers[s++][i] = number; }, each[i]);
  }
  Wide r;
  std::size_t s = 0;
  saddle::walk([&](auto& lane) { lane = load<L>(numbers[s++]); }, r);
  return r;
}

} // namespace saddle_test
