/// One game across the lanes of a vector: a number of a game whose vectors lie in SIMD registers, element beside element.
///
/// A batch puts one game in each lane and is the faster form by far. This is for the other case: one game alone, with
/// two or more numbers a player. `across<V>` is a lane type of width 1, so every rule and every registered game takes
/// it as it takes `double`; what changes is how vec and mat are kept: see linalg/across.hpp. V is the vector to use; a
/// plain `double` there gives the same bits without vectors, in constant expressions too.
#pragma once

#include <concepts>
#include <cstddef>

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {

template <class V> struct across {
  using T = scalar_t<V>;
  T value;

  constexpr across() noexcept = default;
  constexpr explicit across(T s) noexcept : value(s) {}

  SADDLE_INLINE friend constexpr across operator+(across a, across b) noexcept { return across(a.value + b.value); }
  SADDLE_INLINE friend constexpr across operator-(across a, across b) noexcept { return across(a.value - b.value); }
  SADDLE_INLINE friend constexpr across operator*(across a, across b) noexcept { return across(a.value * b.value); }
  SADDLE_INLINE friend constexpr across operator/(across a, across b) noexcept { return across(a.value / b.value); }
  SADDLE_INLINE friend constexpr across operator-(across a) noexcept { return across(-a.value); }
  SADDLE_INLINE friend constexpr bool operator<(across a, across b) noexcept { return a.value < b.value; }
  SADDLE_INLINE friend constexpr bool operator<=(across a, across b) noexcept { return a.value <= b.value; }
  SADDLE_INLINE friend constexpr bool operator>(across a, across b) noexcept { return a.value > b.value; }
  SADDLE_INLINE friend constexpr bool operator>=(across a, across b) noexcept { return a.value >= b.value; }
  SADDLE_INLINE friend constexpr bool operator==(across a, across b) noexcept { return a.value == b.value; }

  SADDLE_INLINE friend constexpr across fma(across a, across b, across c) noexcept {
    return across(saddle::fma(a.value, b.value, c.value));
  }
  SADDLE_INLINE friend constexpr across fnma(across a, across b, across c) noexcept {
    return across(saddle::fnma(a.value, b.value, c.value));
  }
  SADDLE_INLINE friend constexpr across select(bool m, across a, across b) noexcept { return m ? a : b; }
  SADDLE_INLINE friend constexpr across abs(across a) noexcept { return across(saddle::abs(a.value)); }
  SADDLE_INLINE friend constexpr across sqrt(across a) noexcept { return across(saddle::sqrt(a.value)); }
  SADDLE_INLINE friend constexpr across min(across a, across b) noexcept { return a < b ? a : b; }
  SADDLE_INLINE friend constexpr across max(across a, across b) noexcept { return a > b ? a : b; }
  SADDLE_INLINE friend constexpr bool finite(across a) noexcept { return saddle::finite(a.value); }
  friend constexpr T extract(across a, std::size_t) noexcept { return a.value; }
  friend constexpr void insert(across& a, std::size_t, T s) noexcept { a.value = s; }
  friend constexpr void store(T* p, across a) noexcept { *p = a.value; }
};

template <class V> struct lane_traits<across<V>> {
  using scalar = scalar_t<V>;
  using mask = bool;
  static constexpr std::size_t width = 1;
  SADDLE_INLINE static constexpr across<V> broadcast(scalar s) noexcept { return across<V>(s); }
  SADDLE_INLINE static constexpr across<V> load(const scalar* p) noexcept { return across<V>(*p); }
};

/// Whether the vecs of L lie in registers, so that their numbers cannot be taken one by one.
template <class L> inline constexpr bool lies_across = false;
template <class V> inline constexpr bool lies_across<across<V>> = true;

// What a vector has to offer beyond the vocabulary to carry one game: moving numbers between its lanes. The vectors of
// batch.hpp have their own; a scalar is a vector of one lane.

/// The vector like V that holds at most `Lanes` numbers, a power of two.
template <class V, std::size_t Lanes> struct narrowed { using type = V; };
template <class V, std::size_t Lanes> using at_most = typename narrowed<V, Lanes>::type;

/// Lane i gets the number of lane i xor K.
template <std::size_t K, std::floating_point T> SADDLE_INLINE constexpr T exchange(T a) noexcept {
  static_assert(K == 0, "saddle: a scalar is a vector of one lane");
  return a;
}

} // namespace saddle::inline SADDLE_ISA
