/// `float` and `double` as lanes of width 1, usable in constant expressions with the bits of the hardware. `long double`
/// works too, at run time and unfused: a slow reference to compare with.
#pragma once

#include <concepts>
#include <cstddef>
#include <limits>
#include <type_traits>

#include <saddle/lane/lane.hpp>
#include <saddle/lane/soft_float.hpp>

namespace saddle::inline SADDLE_ISA {

template <std::floating_point T> struct lane_traits<T> {
  using scalar = T;
  using mask = bool;
  static constexpr std::size_t width = 1;
  static constexpr T broadcast(T s) noexcept { return s; }
  static constexpr T load(const T* p) noexcept { return *p; }
};

template <std::floating_point T> inline constexpr T epsilon = std::numeric_limits<T>::epsilon();

/// a·b + c, rounded once where `fused<T>`, else a·b rounded, then the sum.
template <std::floating_point T> SADDLE_INLINE constexpr T fma(T a, T b, T c) noexcept {
  if constexpr (!fused<T>) {
    return a * b + c;
  } else {
    if (std::is_constant_evaluated()) return soft::fma(a, b, c);
    if constexpr (std::same_as<T, float>) return __builtin_fmaf(a, b, c);
    else return __builtin_fma(a, b, c);
  }
}

/// c − a·b, rounded as `fma`.
template <std::floating_point T> SADDLE_INLINE constexpr T fnma(T a, T b, T c) noexcept { return fma(-a, b, c); }

template <std::floating_point T> SADDLE_INLINE constexpr T select(bool m, T a, T b) noexcept { return m ? a : b; }

template <std::floating_point T> SADDLE_INLINE constexpr T abs(T a) noexcept {
  if constexpr (std::same_as<T, float>) return __builtin_fabsf(a);
  else if constexpr (std::same_as<T, double>) return __builtin_fabs(a);
  else return __builtin_fabsl(a);
}

/// Square root, correctly rounded; NaN below zero, −0 for −0.
template <std::floating_point T> SADDLE_INLINE constexpr T sqrt(T a) noexcept {
  if constexpr (std::same_as<T, long double>) {
    return __builtin_sqrtl(a);
  } else {
    if (std::is_constant_evaluated()) return soft::sqrt(a);
    if constexpr (std::same_as<T, float>) return __builtin_sqrtf(a);
    else return __builtin_sqrt(a);
  }
}

/// a < b ? a : b. The second operand where either is NaN, and for equal zeros: what x86 computes.
template <std::floating_point T> SADDLE_INLINE constexpr T min(T a, T b) noexcept { return a < b ? a : b; }
/// a > b ? a : b, as `min`.
template <std::floating_point T> SADDLE_INLINE constexpr T max(T a, T b) noexcept { return a > b ? a : b; }

template <std::floating_point T> SADDLE_INLINE constexpr bool finite(T a) noexcept {
  return abs(a) <= std::numeric_limits<T>::max();
}

template <std::floating_point T> constexpr T extract(T a, std::size_t) noexcept { return a; }
template <std::floating_point T> constexpr void insert(T& a, std::size_t, T s) noexcept { a = s; }
template <std::floating_point T> constexpr void store(T* p, T a) noexcept { *p = a; }

constexpr bool any(bool m) noexcept { return m; }
constexpr bool all(bool m) noexcept { return m; }
constexpr bool get(bool m, std::size_t) noexcept { return m; }
constexpr void set(bool& m, std::size_t, bool value) noexcept { m = value; }

/// The types that speak the vocabulary of lane.hpp. Stated after the scalar operations, because names of `float` and
/// `double` are looked up where the concept stands: they have no namespace of their own.
// clang-format off
template <class L>
concept lane = requires(L a, mask_t<L> m) {
  typename scalar_t<L>;
  lane_traits<L>::width;
  { a + a } -> std::convertible_to<L>;
  { a * a } -> std::convertible_to<L>;
  { select(m, a, a) } -> std::convertible_to<L>;
  { fma(a, a, a) } -> std::convertible_to<L>;
};
// clang-format on

} // namespace saddle::inline SADDLE_ISA
