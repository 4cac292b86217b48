/// Dual numbers: a value and its derivatives along K directions, over any lane. Forward-mode differentiation of a game
/// that only knows how to compute itself; nest them for second derivatives.
///
/// Comparisons, `select` and masks look at values only, so a branch taken by `select` is differentiated as taken. At a
/// kink (`abs` at 0, `min` and `max` of equal numbers) the derivative is that of the operand `select` picks.
#pragma once

#include <cstddef>

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {

template <class L, std::size_t K> struct dual {
  using mask = mask_t<L>;
  L value;
  L part[K];

  /// value = f, part[k] = f'(k): one body for every operation.
  template <class F> SADDLE_INLINE static constexpr dual of(const L& value, F derivative) noexcept {
    dual r;
    r.value = value;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) r.part[k] = derivative(k);
    return r;
  }
  SADDLE_INLINE static constexpr dual constant(const L& value) noexcept {
    return of(value, [](std::size_t) { return broadcast<L>(0); });
  }

  friend constexpr dual operator+(const dual& a, const dual& b) noexcept {
    return of(a.value + b.value, [&](std::size_t k) { return a.part[k] + b.part[k]; });
  }
  friend constexpr dual operator-(const dual& a, const dual& b) noexcept {
    return of(a.value - b.value, [&](std::size_t k) { return a.part[k] - b.part[k]; });
  }
  friend constexpr dual operator-(const dual& a) noexcept {
    return of(-a.value, [&](std::size_t k) { return -a.part[k]; });
  }
  friend constexpr dual operator*(const dual& a, const dual& b) noexcept {
    return of(a.value * b.value, [&](std::size_t k) { return fma(a.value, b.part[k], a.part[k] * b.value); });
  }
  friend constexpr dual operator/(const dual& a, const dual& b) noexcept {
    const L quotient = a.value / b.value;
    return of(quotient, [&](std::size_t k) { return fnma(quotient, b.part[k], a.part[k]) / b.value; });
  }

  // A constant of the lane below keeps its type: a game may hold plain parameters.
  friend constexpr dual operator+(const dual& a, const L& b) noexcept { return a + constant(b); }
  friend constexpr dual operator+(const L& a, const dual& b) noexcept { return constant(a) + b; }
  friend constexpr dual operator-(const dual& a, const L& b) noexcept { return a - constant(b); }
  friend constexpr dual operator-(const L& a, const dual& b) noexcept { return constant(a) - b; }
  friend constexpr dual operator*(const L& a, const dual& b) noexcept {
    return of(a * b.value, [&](std::size_t k) { return a * b.part[k]; });
  }
  friend constexpr dual operator*(const dual& a, const L& b) noexcept { return b * a; }
  friend constexpr dual operator/(const dual& a, const L& b) noexcept {
    return of(a.value / b, [&](std::size_t k) { return a.part[k] / b; });
  }
  friend constexpr dual operator/(const L& a, const dual& b) noexcept { return constant(a) / b; }

  constexpr dual& operator+=(const dual& b) noexcept { return *this = *this + b; }
  constexpr dual& operator-=(const dual& b) noexcept { return *this = *this - b; }
  constexpr dual& operator*=(const dual& b) noexcept { return *this = *this * b; }
  constexpr dual& operator/=(const dual& b) noexcept { return *this = *this / b; }

  friend constexpr mask operator<(const dual& a, const dual& b) noexcept { return a.value < b.value; }
  friend constexpr mask operator<=(const dual& a, const dual& b) noexcept { return a.value <= b.value; }
  friend constexpr mask operator>(const dual& a, const dual& b) noexcept { return a.value > b.value; }
  friend constexpr mask operator>=(const dual& a, const dual& b) noexcept { return a.value >= b.value; }
  friend constexpr mask operator==(const dual& a, const dual& b) noexcept { return a.value == b.value; }

  friend constexpr dual fma(const dual& a, const dual& b, const dual& c) noexcept {
    return of(fma(a.value, b.value, c.value),
              [&](std::size_t k) { return fma(a.value, b.part[k], fma(a.part[k], b.value, c.part[k])); });
  }
  friend constexpr dual fma(const L& a, const dual& b, const dual& c) noexcept {
    return of(fma(a, b.value, c.value), [&](std::size_t k) { return fma(a, b.part[k], c.part[k]); });
  }
  friend constexpr dual fnma(const dual& a, const dual& b, const dual& c) noexcept { return fma(-a, b, c); }
  friend constexpr dual fnma(const L& a, const dual& b, const dual& c) noexcept { return fma(-a, b, c); }
  friend constexpr dual select(const mask& m, const dual& a, const dual& b) noexcept {
    return of(select(m, a.value, b.value), [&](std::size_t k) { return select(m, a.part[k], b.part[k]); });
  }
  friend constexpr dual abs(const dual& a) noexcept { return select(a.value < broadcast<L>(0), -a, a); }
  friend constexpr dual sqrt(const dual& a) noexcept {
    const L root = sqrt(a.value);
    const L slope = broadcast<L>(scalar_t<L>(0.5)) / root;
    return of(root, [&](std::size_t k) { return slope * a.part[k]; });
  }
  friend constexpr dual min(const dual& a, const dual& b) noexcept { return select(a < b, a, b); }
  friend constexpr dual max(const dual& a, const dual& b) noexcept { return select(a > b, a, b); }
  friend constexpr mask finite(const dual& a) noexcept { return finite(a.value); }
};

template <class L, std::size_t K> struct lane_traits<dual<L, K>> {
  using scalar = scalar_t<L>;
  using mask = mask_t<L>;
  static constexpr std::size_t width = saddle::width<L>;
  static constexpr dual<L, K> broadcast(scalar s) noexcept { return dual<L, K>::constant(saddle::broadcast<L>(s)); }
  static constexpr dual<L, K> load(const scalar* p) noexcept { return dual<L, K>::constant(saddle::load<L>(p)); }
};

} // namespace saddle::inline SADDLE_ISA
