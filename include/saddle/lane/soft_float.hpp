/// Correctly rounded `fma` and `sqrt` in integer arithmetic, for constant expressions only.
///
/// Compilers differ in what they fold (clang folds neither at compile time), so a constant expression computes on the
/// bits itself and gets what the hardware gives in round-to-nearest-even, subnormals, infinities and NaN included.
/// The tests compare both, bit for bit.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include <saddle/lane/isa.hpp>

namespace saddle::inline SADDLE_ISA::soft {

template <class T> struct format;
template <> struct format<float> {
  using bits = std::uint32_t;
  static constexpr int fraction = 23, bias = 127, top_exponent = 255;
};
template <> struct format<double> {
  using bits = std::uint64_t;
  static constexpr int fraction = 52, bias = 1023, top_exponent = 2047;
};

/// Unsigned 128-bit integer of two words: targets without `__int128` (32-bit ARM) need the same bits.
struct wide {
  std::uint64_t high = 0, low = 0;

  static constexpr wide product(std::uint64_t a, std::uint64_t b) noexcept {
    const std::uint64_t mask = 0xffffffffu;
    const std::uint64_t a0 = a & mask, a1 = a >> 32, b0 = b & mask, b1 = b >> 32;
    const std::uint64_t middle = a1 * b0 + ((a0 * b0) >> 32);
    const std::uint64_t cross = a0 * b1 + (middle & mask);
    return {a1 * b1 + (middle >> 32) + (cross >> 32), (cross << 32) | ((a0 * b0) & mask)};
  }
  constexpr bool zero() const noexcept { return (high | low) == 0; }
  constexpr int bit_width() const noexcept {
    return high != 0 ? 64 + static_cast<int>(std::bit_width(high)) : static_cast<int>(std::bit_width(low));
  }
  constexpr bool operator<(const wide& o) const noexcept { return high != o.high ? high < o.high : low < o.low; }
  constexpr wide operator+(const wide& o) const noexcept {
    const std::uint64_t l = low + o.low;
    return {high + o.high + (l < low ? 1u : 0u), l};
  }
  constexpr wide operator-(const wide& o) const noexcept {
    return {high - o.high - (low < o.low ? 1u : 0u), low - o.low};
  }
  constexpr wide shifted_left(int n) const noexcept {
    if (n == 0) return *this;
    if (n >= 64) return {low << (n - 64), 0};
    return {(high << n) | (low >> (64 - n)), low << n};
  }
  /// Right shift that ors every bit shifted out into the last one ("sticky"), so a later rounding still sees it.
  constexpr wide shifted_right_sticky(int n) const noexcept {
    if (n == 0) return *this;
    if (n >= 128) return {0, zero() ? 0u : 1u};
    wide r;
    bool lost = false;
    if (n >= 64) {
      lost = low != 0 || (n > 64 && (high << (128 - n)) != 0);
      r = {0, n == 64 ? high : high >> (n - 64)};
    } else {
      lost = (low << (64 - n)) != 0;
      r = {high >> n, (low >> n) | (high << (64 - n))};
    }
    r.low |= lost ? 1u : 0u;
    return r;
  }
};

/// A finite number as (−1)^negative · significand · 2^exponent.
struct unpacked {
  bool negative = false;
  int exponent = 0;
  std::uint64_t significand = 0;
};

template <class T> constexpr unpacked unpack(T x) noexcept {
  using F = format<T>;
  const auto bits = std::bit_cast<typename F::bits>(x);
  const bool negative = (bits >> (sizeof(T) * 8 - 1)) != 0;
  const int e = static_cast<int>((bits >> F::fraction) & F::top_exponent);
  const std::uint64_t f = bits & ((typename F::bits{1} << F::fraction) - 1);
  if (e == 0) return {negative, 1 - F::bias - F::fraction, f};
  return {negative, e - F::bias - F::fraction, f | (std::uint64_t{1} << F::fraction)};
}

/// Rounds (−1)^negative · m · 2^exponent to nearest, ties to even, whatever the width of m.
template <class T> constexpr T round(bool negative, wide m, int exponent) noexcept {
  using F = format<T>;
  using B = typename F::bits;
  const B sign = static_cast<B>(negative ? B{1} << (sizeof(T) * 8 - 1) : B{0});
  if (m.zero()) return std::bit_cast<T>(sign);
  const int lowest = 1 - F::bias - F::fraction; // exponent of the last place of a subnormal
  int drop = m.bit_width() - (F::fraction + 1);
  if (exponent + drop < lowest) drop = lowest - exponent;
  if (drop > 0) {
    // Two bits more than the result keeps: the half and the sticky bit.
    m = drop > 2 ? m.shifted_right_sticky(drop - 2) : m.shifted_left(2 - drop);
    const std::uint64_t tail = m.low & 3u;
    m = {0, m.high << 62 | m.low >> 2};
    if (tail > 2 || (tail == 2 && (m.low & 1u))) ++m.low;
    exponent += drop;
  } else {
    m = m.shifted_left(-drop);
    exponent += drop;
  }
  if (m.low >> (F::fraction + 1)) {
    m.low >>= 1; // the carry went through all ones: the bit lost is zero
    ++exponent;
  }
  const bool normal = (m.low >> F::fraction) != 0;
  const int biased = normal ? exponent + F::bias + F::fraction : 0;
  const B infinity = static_cast<B>(B{F::top_exponent} << F::fraction);
  if (biased >= F::top_exponent) return std::bit_cast<T>(static_cast<B>(sign | infinity));
  const B fraction = static_cast<B>(m.low & ((std::uint64_t{1} << F::fraction) - 1));
  return std::bit_cast<T>(static_cast<B>(sign | (static_cast<B>(biased) << F::fraction) | fraction));
}

/// By comparison: ∞ − ∞ would tell as well, but clang refuses arithmetic that makes a NaN in a constant expression.
template <class T> constexpr bool finite(T x) noexcept {
  return -std::numeric_limits<T>::max() <= x && x <= std::numeric_limits<T>::max();
}

/// a·b + c with one rounding.
template <class T> constexpr T fma(T a, T b, T c) noexcept {
  if (!finite(a) || !finite(b)) {
    const bool invalid = a != a || b != b || c != c || a == T(0) || b == T(0);
    if (invalid) return std::numeric_limits<T>::quiet_NaN();
    const T product =
        (a < T(0)) == (b < T(0)) ? std::numeric_limits<T>::infinity() : -std::numeric_limits<T>::infinity();
    return !finite(c) && c != product ? std::numeric_limits<T>::quiet_NaN() : product;
  }
  if (!finite(c)) return c;
  const unpacked x = unpack(a), y = unpack(b), z = unpack(c);
  wide m = wide::product(x.significand, y.significand);
  const bool negative = x.negative != y.negative;
  int exponent = x.exponent + y.exponent;
  wide n{0, z.significand};
  if (m.zero() && n.zero()) return negative == z.negative ? c : T(0);
  if (m.zero()) return c;
  if (n.zero()) return round<T>(negative, m, exponent);

  // Align both to a common exponent. The larger goes up as far as 126 bits allow; what remains moves the smaller down
  // into the sticky bit, which then lies far below the rounding position.
  const int m_up = 126 - m.bit_width(), n_up = 126 - n.bit_width();
  const int m_top = exponent - m_up, n_top = z.exponent - n_up;
  const int common = m_top > n_top ? m_top : n_top;
  m = exponent >= common ? m.shifted_left(exponent - common) : m.shifted_right_sticky(common - exponent);
  n = z.exponent >= common ? n.shifted_left(z.exponent - common) : n.shifted_right_sticky(common - z.exponent);
  if (negative == z.negative) return round<T>(negative, m + n, common);
  if (n < m) return round<T>(negative, m - n, common);
  if (m < n) return round<T>(z.negative, n - m, common);
  return T(0); // exact cancellation is +0 in round-to-nearest
}

template <class T> constexpr T sqrt(T x) noexcept {
  if (x != x || x == T(0)) return x;
  if (x < T(0)) return std::numeric_limits<T>::quiet_NaN();
  if (!finite(x)) return x;
  unpacked u = unpack(x);
  // An even exponent and 62 or 63 bits, times 2^64: the integer root then has 63 or 64 bits, more than any format keeps.
  int up = 63 - static_cast<int>(std::bit_width(u.significand));
  if (((u.exponent - up) & 1) != 0) --up;
  wide rest{u.significand << up, 0};
  wide root{}, bit{std::uint64_t{1} << 62, 0};
  while (!bit.zero()) {
    const wide trial = root + bit;
    root = {root.high >> 1, (root.low >> 1) | (root.high << 63)};
    if (!(rest < trial)) {
      rest = rest - trial;
      root = root + bit;
    }
    bit = {bit.high >> 2, (bit.low >> 2) | (bit.high << 62)};
  }
  // The root has 63 or 64 bits; what is left over only says "inexact": one sticky bit below them.
  const wide sticky = root.shifted_left(1) + wide{0, rest.zero() ? 0u : 1u};
  return round<T>(false, sticky, (u.exponent - up - 64) / 2 - 1);
}

} // namespace saddle::inline SADDLE_ISA::soft
