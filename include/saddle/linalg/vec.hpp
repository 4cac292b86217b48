/// A column of N lanes: an aggregate without padding, usable in constant expressions.
#pragma once

#include <cstddef>

#include <saddle/lane/walk.hpp>

namespace saddle::inline SADDLE_ISA {

template <class L, std::size_t N> struct vec {
  static_assert(N >= 1, "saddle::vec needs at least one element");
  using lane_type = L;
  template <class M> using rebind = vec<M, N>;
  static constexpr std::size_t size = N;
  L v[N];

  constexpr L& operator[](std::size_t i) noexcept { return v[i]; }
  constexpr const L& operator[](std::size_t i) const noexcept { return v[i]; }

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) walk(f, x.v[i]...);
  }

  SADDLE_INLINE friend constexpr vec operator+(const vec& a, const vec& b) noexcept {
    vec r;
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) r.v[i] = a.v[i] + b.v[i];
    return r;
  }
  SADDLE_INLINE friend constexpr vec operator-(const vec& a, const vec& b) noexcept {
    vec r;
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) r.v[i] = a.v[i] - b.v[i];
    return r;
  }
  SADDLE_INLINE friend constexpr vec operator-(const vec& a) noexcept {
    vec r;
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) r.v[i] = -a.v[i];
    return r;
  }
  SADDLE_INLINE friend constexpr vec operator*(const L& s, const vec& a) noexcept {
    vec r;
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) r.v[i] = s * a.v[i];
    return r;
  }
  /// s·a + b
  SADDLE_INLINE friend constexpr vec fma(const L& s, const vec& a, const vec& b) noexcept {
    vec r;
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) r.v[i] = fma(s, a.v[i], b.v[i]);
    return r;
  }
  /// b − s·a
  SADDLE_INLINE friend constexpr vec fnma(const L& s, const vec& a, const vec& b) noexcept {
    vec r;
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) r.v[i] = fnma(s, a.v[i], b.v[i]);
    return r;
  }
  /// Σ aᵢbᵢ, summed from i = 0 on.
  SADDLE_INLINE friend constexpr L dot(const vec& a, const vec& b) noexcept {
    L r = a.v[0] * b.v[0];
    SADDLE_UNROLL
    for (std::size_t i = 1; i < N; ++i) r = fma(a.v[i], b.v[i], r);
    return r;
  }
};

template <class L, std::size_t N> constexpr vec<L, N> zeros() noexcept {
  if constexpr (requires { vec<L, N>::zero(); }) {
    return vec<L, N>::zero();
  } else {
    vec<L, N> r;
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) r.v[i] = broadcast<L>(0);
    return r;
  }
}

} // namespace saddle::inline SADDLE_ISA
