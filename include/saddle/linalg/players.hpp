/// The joint point w = (w₁, …, w_K) of a game with any number of players, each with a block of its own size.
///
///     saddle::players<double, 2, 3, 1> w{{1, 2}, {3, 4, 5}, {6}};   // three players
///
/// It has the vocabulary of `point`, so every rule runs on it; `step_sizes` holds a step for each player.
#pragma once

#include <cstddef>
#include <utility>

#include <saddle/linalg/point.hpp>

namespace saddle::inline SADDLE_ISA {

namespace detail {

/// The block of one player. The number keeps blocks of one size apart as base classes.
template <class L, std::size_t Player, std::size_t N> struct seat { vec<L, N> own; };

/// The block of the player who sits there: of the base classes of `seats`, the one with this number.
template <std::size_t Player, class L, std::size_t N>
SADDLE_INLINE constexpr vec<L, N>& block_of(seat<L, Player, N>& s) noexcept {
  return s.own;
}
template <std::size_t Player, class L, std::size_t N>
SADDLE_INLINE constexpr const vec<L, N>& block_of(const seat<L, Player, N>& s) noexcept {
  return s.own;
}

template <class L, class Numbers, std::size_t... N> struct seats;

template <class L, std::size_t... K, std::size_t... N> struct seats<L, std::index_sequence<K...>, N...>
    : seat<L, K, N>... {
  static_assert(sizeof...(N) >= 1, "saddle::players needs at least one player");
  using lane_type = L;
  using step = step_sizes<L, sizeof...(N)>;
  static constexpr std::size_t players = sizeof...(N), size = (N + ...);
  static constexpr std::size_t sizes[sizeof...(N)] = {N...};
  template <class M> using rebind = seats<M, std::index_sequence<K...>, N...>;

  template <std::size_t Player> SADDLE_INLINE constexpr auto& block() noexcept { return block_of<Player>(*this); }
  template <std::size_t Player> SADDLE_INLINE constexpr const auto& block() const noexcept {
    return block_of<Player>(*this);
  }

  /// Element i of the stacked vector (w₁, …, w_K).
  SADDLE_INLINE constexpr L& operator[](std::size_t i) noexcept { return element<0>(*this, i); }
  SADDLE_INLINE constexpr const L& operator[](std::size_t i) const noexcept { return element<0>(*this, i); }

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    (each_of<K>(f, x...), ...);
  }

  SADDLE_INLINE friend constexpr seats operator+(const seats& a, const seats& b) noexcept {
    return {{a.template block<K>() + b.template block<K>()}...};
  }
  SADDLE_INLINE friend constexpr seats operator-(const seats& a, const seats& b) noexcept {
    return {{a.template block<K>() - b.template block<K>()}...};
  }
  SADDLE_INLINE friend constexpr seats operator-(const seats& a) noexcept { return {{-a.template block<K>()}...}; }
  SADDLE_INLINE friend constexpr seats operator*(const L& s, const seats& a) noexcept {
    return {{s * a.template block<K>()}...};
  }
  /// Each player's block scaled by that player's step.
  SADDLE_INLINE friend constexpr seats operator*(const step& s, const seats& a) noexcept {
    return {{s[K] * a.template block<K>()}...};
  }
  /// s·a + b, each player with its step.
  SADDLE_INLINE friend constexpr seats fma(const step& s, const seats& a, const seats& b) noexcept {
    return {{fma(s[K], a.template block<K>(), b.template block<K>())}...};
  }
  /// b − s·a, each player with its step.
  SADDLE_INLINE friend constexpr seats fnma(const step& s, const seats& a, const seats& b) noexcept {
    return {{fnma(s[K], a.template block<K>(), b.template block<K>())}...};
  }
  /// The players' products, summed from the first on.
  SADDLE_INLINE friend constexpr L dot(const seats& a, const seats& b) noexcept {
    const L parts[] = {dot(a.template block<K>(), b.template block<K>())...};
    L r = parts[0];
    for (std::size_t k = 1; k < players; ++k) r = r + parts[k];
    return r;
  }

private:
  template <std::size_t Player, class Self>
  SADDLE_INLINE static constexpr auto& element(Self& w, std::size_t i) noexcept {
    auto& own = w.template block<Player>();
    if constexpr (Player + 1 < players) {
      if (i >= own.size) return element<Player + 1>(w, i - own.size);
    }
    return own[i];
  }
  template <std::size_t Player, class F, class... X>
  SADDLE_INLINE static constexpr void each_of(F& f, X&... x) noexcept {
    walk(f, x.template block<Player>()...);
  }
};

} // namespace detail

/// Blocks of N… lanes, one a player.
template <class L, std::size_t... N> using players = detail::seats<L, std::make_index_sequence<sizeof...(N)>, N...>;

} // namespace saddle::inline SADDLE_ISA
