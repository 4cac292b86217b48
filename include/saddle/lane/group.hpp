/// `K` lanes side by side, computed together. One dependent chain of fused multiply-adds keeps a core idle for most of
/// the instruction's latency (4 cycles on Zen 4, two issued a cycle); K independent chains hide it, and neither the rule
/// nor the engine knows. Measured at n = 1: K = 1 reaches half of the FMA peak, K = 4 all of it.
#pragma once

#include <cstddef>

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {

template <class L, std::size_t K> struct group_mask {
  mask_t<L> part[K];

  constexpr group_mask() noexcept : part{} {}
  constexpr explicit group_mask(bool value) noexcept : part{} {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) part[k] = mask_t<L>(value);
  }
  friend constexpr group_mask operator&(group_mask a, const group_mask& b) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) a.part[k] = a.part[k] & b.part[k];
    return a;
  }
  friend constexpr group_mask operator|(group_mask a, const group_mask& b) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) a.part[k] = a.part[k] | b.part[k];
    return a;
  }
  friend constexpr group_mask operator^(group_mask a, const group_mask& b) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) a.part[k] = a.part[k] ^ b.part[k];
    return a;
  }
  friend constexpr group_mask operator!(group_mask a) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) a.part[k] = !a.part[k];
    return a;
  }
  friend constexpr bool any(const group_mask& a) noexcept {
    bool r = false;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) r = r || any(a.part[k]);
    return r;
  }
  friend constexpr bool all(const group_mask& a) noexcept { return !any(!a); }
  friend constexpr bool get(const group_mask& m, std::size_t i) noexcept {
    return get(m.part[i / width<L>], i % width<L>);
  }
  friend constexpr void set(group_mask& m, std::size_t i, bool value) noexcept {
    set(m.part[i / width<L>], i % width<L>, value);
  }
};

// One body for every operation; the compiler sees K independent instructions. A loop and not a function that takes a
// lambda: past its inlining budget g++ 12 leaves lambdas as calls, and the vectors go through memory.
#define SADDLE_PARTWISE(type, expression)                                                                              \
  {                                                                                                                    \
    type r;                                                                                                            \
    SADDLE_UNROLL                                                                                                      \
    for (std::size_t k = 0; k < K; ++k) r.part[k] = expression;                                                        \
    return r;                                                                                                          \
  }

template <class L, std::size_t K> struct group {
  using mask = group_mask<L, K>;
  L part[K];

  group() noexcept = default;
  // Part by part. As one object of several cache lines, g++ 12 copies it through memory: 2x slower at n = 1.
  SADDLE_INLINE constexpr group(const group& o) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) part[k] = o.part[k];
  }
  SADDLE_INLINE constexpr group& operator=(const group& o) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) part[k] = o.part[k];
    return *this;
  }

  // A line an operation.
  // clang-format off
  SADDLE_INLINE friend constexpr group operator+(const group& a, const group& b) noexcept SADDLE_PARTWISE(group, a.part[k] + b.part[k])
  SADDLE_INLINE friend constexpr group operator-(const group& a, const group& b) noexcept SADDLE_PARTWISE(group, a.part[k] - b.part[k])
  SADDLE_INLINE friend constexpr group operator*(const group& a, const group& b) noexcept SADDLE_PARTWISE(group, a.part[k] * b.part[k])
  SADDLE_INLINE friend constexpr group operator/(const group& a, const group& b) noexcept SADDLE_PARTWISE(group, a.part[k] / b.part[k])
  SADDLE_INLINE friend constexpr group operator-(const group& a) noexcept SADDLE_PARTWISE(group, -a.part[k])
  SADDLE_INLINE constexpr group& operator+=(const group& b) noexcept { return *this = *this + b; }
  SADDLE_INLINE constexpr group& operator-=(const group& b) noexcept { return *this = *this - b; }
  SADDLE_INLINE constexpr group& operator*=(const group& b) noexcept { return *this = *this * b; }
  SADDLE_INLINE constexpr group& operator/=(const group& b) noexcept { return *this = *this / b; }

  SADDLE_INLINE friend constexpr mask operator<(const group& a, const group& b) noexcept SADDLE_PARTWISE(mask, a.part[k] < b.part[k])
  SADDLE_INLINE friend constexpr mask operator<=(const group& a, const group& b) noexcept SADDLE_PARTWISE(mask, a.part[k] <= b.part[k])
  SADDLE_INLINE friend constexpr mask operator>(const group& a, const group& b) noexcept SADDLE_PARTWISE(mask, a.part[k] > b.part[k])
  SADDLE_INLINE friend constexpr mask operator>=(const group& a, const group& b) noexcept SADDLE_PARTWISE(mask, a.part[k] >= b.part[k])
  SADDLE_INLINE friend constexpr mask operator==(const group& a, const group& b) noexcept SADDLE_PARTWISE(mask, a.part[k] == b.part[k])

  SADDLE_INLINE friend constexpr group fma(const group& a, const group& b, const group& c) noexcept SADDLE_PARTWISE(group, fma(a.part[k], b.part[k], c.part[k]))
  SADDLE_INLINE friend constexpr group fnma(const group& a, const group& b, const group& c) noexcept SADDLE_PARTWISE(group, fnma(a.part[k], b.part[k], c.part[k]))
  SADDLE_INLINE friend constexpr group select(const mask& m, const group& a, const group& b) noexcept SADDLE_PARTWISE(group, select(m.part[k], a.part[k], b.part[k]))
  SADDLE_INLINE friend constexpr group abs(const group& a) noexcept SADDLE_PARTWISE(group, abs(a.part[k]))
  SADDLE_INLINE friend constexpr group sqrt(const group& a) noexcept SADDLE_PARTWISE(group, sqrt(a.part[k]))
  SADDLE_INLINE friend constexpr group min(const group& a, const group& b) noexcept SADDLE_PARTWISE(group, min(a.part[k], b.part[k]))
  SADDLE_INLINE friend constexpr group max(const group& a, const group& b) noexcept SADDLE_PARTWISE(group, max(a.part[k], b.part[k]))
  SADDLE_INLINE friend constexpr mask finite(const group& a) noexcept SADDLE_PARTWISE(mask, finite(a.part[k]))

  SADDLE_INLINE friend constexpr void store(scalar_t<L>* p, const group& a) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) store(p + k * width<L>, a.part[k]);
  }
  friend constexpr scalar_t<L> extract(const group& a, std::size_t i) noexcept {
    return extract(a.part[i / width<L>], i % width<L>);
  }
  friend constexpr void insert(group& a, std::size_t i, scalar_t<L> s) noexcept {
    insert(a.part[i / width<L>], i % width<L>, s);
  }
};
// clang-format on

template <class L, std::size_t K> inline constexpr bool keeps_subnormals<group<L, K>> = keeps_subnormals<L>;

// clang-format off
template <class L, std::size_t K> struct lane_traits<group<L, K>> {
  using scalar = scalar_t<L>;
  using mask = group_mask<L, K>;
  static constexpr std::size_t width = K * saddle::width<L>;
  using value = group<L, K>;
  SADDLE_INLINE static constexpr value broadcast(scalar s) noexcept SADDLE_PARTWISE(value, saddle::broadcast<L>(s))
  SADDLE_INLINE static constexpr value load(const scalar* p) noexcept
      SADDLE_PARTWISE(value, saddle::load<L>(p + k * saddle::width<L>))
};
// clang-format on

#undef SADDLE_PARTWISE

} // namespace saddle::inline SADDLE_ISA
