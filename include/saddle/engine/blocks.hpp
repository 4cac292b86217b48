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

/// Loads and stores the numbers of one scalar of the value, for width<L> games from `first` on. `first` is a multiple of
/// the width of one vector, and that divides a block, so a vector never crosses a block.
template <class L> struct block_access {
  using T = scalar_t<L>;
  static_assert(block_games<T> % width<L> == 0, "saddle: a block holds a whole number of vectors");
  SADDLE_INLINE static constexpr std::size_t place(std::size_t stride, std::size_t s, std::size_t first) noexcept {
    return first / block_games<T> * stride + s * block_games<T> + first % block_games<T>;
  }
  SADDLE_INLINE static constexpr L load(const T* data, std::size_t stride, std::size_t s, std::size_t first) noexcept {
    return saddle::load<L>(data + place(stride, s, first));
  }
  SADDLE_INLINE static constexpr void store(T* data, std::size_t stride, std::size_t s, std::size_t first,
                                            const L& value) noexcept {
    using saddle::store;
    store(data + place(stride, s, first), value);
  }
};

template <class V, std::size_t K> struct block_access<group<V, K>> {
  using L = group<V, K>;
  using T = scalar_t<V>;
  SADDLE_INLINE static constexpr L load(const T* data, std::size_t stride, std::size_t s, std::size_t first) noexcept {
    L r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k) r.part[k] = block_access<V>::load(data, stride, s, first + k * width<V>);
    return r;
  }
  SADDLE_INLINE static constexpr void store(T* data, std::size_t stride, std::size_t s, std::size_t first,
                                            const L& value) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < K; ++k)
      block_access<V>::store(data, stride, s, first + k * width<V>, value.part[k]);
  }
};

} // namespace detail

/// `games` values of the scalar type X (a game, a set of parameters, a point or a state) in the memory of the caller:
/// at least block_memory<X>(games) scalars. Any alignment works; 64 bytes avoids loads that cross a cache line.
template <class X, class T = typename X::lane_type> struct blocks {
  using value_type = X;
  T* data;
  std::size_t games;

  static constexpr std::size_t block_scalars = scalars<X>; ///< numbers of a game that a pass reads
  static constexpr std::size_t stride = scalars<X> * block_games<typename X::lane_type>;

  /// The value of width<L> games from `first` on, a multiple of the width of a vector.
  template <class L> SADDLE_INLINE constexpr typename X::template rebind<L> load(std::size_t first) const noexcept {
    typename X::template rebind<L> x;
    std::size_t s = 0;
    walk([&](L& lane) { lane = detail::block_access<L>::load(data, stride, s++, first); }, x);
    return x;
  }
  template <class L>
  SADDLE_INLINE constexpr void store(std::size_t first, const typename X::template rebind<L>& x) const noexcept {
    std::size_t s = 0;
    walk([&](const L& lane) { detail::block_access<L>::store(data, stride, s++, first, lane); }, x);
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
