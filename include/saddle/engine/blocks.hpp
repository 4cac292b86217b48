/// Games in memory, many at a time: the layout every batch call reads and writes.
///
/// A **block** is one cache line of games, `block_games<T>` of them (8 doubles or 16 floats), for each scalar of the
/// value: block after block, in each block scalar after scalar, in each scalar game after game.
///
///     element s of game g   at   data[(g / B)·S·B + s·B + g mod B]      B = block_games<T>, S = scalars a value
///
/// It does not depend on the instruction set: a block is one AVX-512 vector of games, two AVX2 vectors, four of SSE2 or
/// NEON. The caller owns the memory. Positions behind the last game are padding, zero after `pack`: a game of zeros with
/// steps of zero stays where it is under every rule.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include <saddle/lane/group.hpp>
#include <saddle/lane/walk.hpp>
#include <saddle/status.hpp>

namespace saddle::inline SADDLE_ISA {

template <class T> inline constexpr std::size_t block_games = 64 / sizeof(T);

/// Scalars of one value of X: its share of a block is this times a cache line.
template <class X> inline constexpr std::size_t scalars = lane_count<X>();

/// Scalars of memory that `games` values of X take, padding included.
template <class X> constexpr std::size_t block_memory(std::size_t games) noexcept {
  constexpr std::size_t b = block_games<typename X::lane_type>;
  return (games + b - 1) / b * b * scalars<X>;
}

namespace detail {

/// Where the numbers of width<L> of the `games` games from `first` on lie, of values `stride` scalars a block. `first` is a
/// multiple of the width of one vector, and that divides a block, so a vector never crosses a block. A pointer that all
/// scalars of the value share: with an index each, g++ 12 runs out of registers for them (one step a pass, n = 4: 1.8 times
/// as long).
template <class L, class T> struct block_lanes {
  static_assert(block_games<scalar_t<L>> % width<L> == 0, "saddle: a block holds a whole number of vectors");
  T* at;

  SADDLE_INLINE constexpr block_lanes(T* data, std::size_t stride, std::size_t first, std::size_t) noexcept
      : at(data + first / block_games<scalar_t<L>> * stride + first % block_games<scalar_t<L>>) {}
  SADDLE_INLINE constexpr L load(std::size_t s) const noexcept {
    return saddle::load<L>(at + s * block_games<scalar_t<L>>);
  }
  SADDLE_INLINE constexpr void store(std::size_t s, const L& value) const noexcept {
    using saddle::store;
    store(at + s * block_games<scalar_t<L>>, value);
  }
};

/// Vectors behind the last one repeat it: they read, compute and write what it does, so that the end of a batch needs no
/// second loop for fewer vectors, which would nearly double the code.
template <class V, std::size_t K, class T> struct block_lanes<group<V, K>, T> {
  T* at[K];

  SADDLE_INLINE constexpr block_lanes(T* data, std::size_t stride, std::size_t first, std::size_t games) noexcept {
    constexpr std::size_t b = block_games<scalar_t<V>>, w = width<V>;
    const std::size_t last = (games + b - 1) / b * b - w;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) {
      const std::size_t place = first + k * w;
      at[k] = block_lanes<V, T>(data, stride, b % (K * w) == 0 ? place : std::min(place, last), games).at;
    }
  }
  SADDLE_INLINE constexpr group<V, K> load(std::size_t s) const noexcept {
    group<V, K> r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) r.part[k] = saddle::load<V>(at[k] + s * block_games<scalar_t<V>>);
    return r;
  }
  SADDLE_INLINE constexpr void store(std::size_t s, const group<V, K>& value) const noexcept {
    using saddle::store;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) store(at[k] + s * block_games<scalar_t<V>>, value.part[k]);
  }
};

/// The value of width<L> games from `first` on.
template <class X, class L, class T> SADDLE_INLINE constexpr typename X::template rebind<L>
load_block(const T* data, std::size_t stride, std::size_t first, std::size_t games) noexcept {
  typename X::template rebind<L> x;
  const block_lanes<L, const T> lanes(data, stride, first, games);
  std::size_t s = 0;
  walk([&](L& lane) { lane = lanes.load(s++); }, x);
  return x;
}

} // namespace detail

/// `games` values of the scalar type X (a game, a set of parameters, a point or a state) in the memory of the caller:
/// at least block_memory<X>(games) scalars. Any alignment works; 64 bytes avoids loads that cross a cache line.
template <class X, class T = typename X::lane_type> struct blocks {
  using value_type = X;
  T* data;
  std::size_t games;

  static constexpr std::size_t block_scalars = scalars<X>; ///< numbers of a game that a pass reads
  static constexpr std::size_t stride = scalars<X> * block_games<typename X::lane_type>;

  /// The value of width<L> games from `first` on, a multiple of the width of a vector. A group may reach over the end: it
  /// then has the last vector more than once.
  template <class L> SADDLE_INLINE constexpr typename X::template rebind<L> load(std::size_t first) const noexcept {
    return detail::load_block<X, L>(data, stride, first, games);
  }
  template <class L>
  SADDLE_INLINE constexpr void store(std::size_t first, const typename X::template rebind<L>& x) const noexcept {
    const detail::block_lanes<L, T> lanes(data, stride, first, games);
    std::size_t s = 0;
    walk([&](const L& lane) { lanes.store(s++, lane); }, x);
  }

  /// The value of one game, and a way to replace it.
  constexpr X get(std::size_t game) const noexcept { return load<typename X::lane_type>(game); }
  constexpr void set(std::size_t game, const X& x) const noexcept { store<typename X::lane_type>(game, x); }
};

/// One value for every game of a batch.
template <class X> struct shared {
  using value_type = X;
  static constexpr std::size_t block_scalars = 0;
  X value;
  template <class L> SADDLE_INLINE constexpr typename X::template rebind<L> load(std::size_t) const noexcept {
    return spread<typename X::template rebind<L>>(value);
  }
};

/// Copies values into blocks and zeroes the padding behind the last.
/// status: ok; bad_argument when `from` does not hold to.games values (nothing is written).
template <class X> constexpr status pack(std::span<const X> from, blocks<X> to) noexcept {
  constexpr std::size_t b = block_games<typename X::lane_type>;
  if (from.size() != to.games) return status::bad_argument;
  for (std::size_t g = 0; g < from.size(); ++g) to.set(g, from[g]);
  X zero;
  walk([](auto& lane) { lane = typename X::lane_type(0); }, zero);
  for (std::size_t g = from.size(); g % b != 0; ++g) to.set(g, zero);
  return status::ok;
}

/// Copies values out of blocks. status: ok; bad_argument when `to` does not hold from.games values.
template <class X, class T> constexpr status unpack(blocks<X, T> from, std::span<X> to) noexcept {
  if (to.size() != from.games) return status::bad_argument;
  for (std::size_t g = 0; g < from.games; ++g) to[g] = from.get(g);
  return status::ok;
}

} // namespace saddle::inline SADDLE_ISA
