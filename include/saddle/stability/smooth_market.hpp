/// What the players of a game expect and feel (Balduzzi et al. 2020), for any game with a field F = −ξ, ξ = (∇ᵢπᵢ), and
/// J = DF:
///
///     forecast   φᵢ = ⟨vᵢ, ξᵢ⟩            what player i's profit gains on the way v, if nobody else moves
///     sentiment  sᵢ = vᵢᵀ(∇²ᵢᵢπᵢ)vᵢ       whether its profit curves up or down on that way
///
/// A smooth market is legible: the couplings cancel, so −vᵀJv = Σ sᵢ. With every sentiment negative the flow contracts
/// at any positive rates of the players, and the discrete dynamics does in the window of `theory::market_window`.
#pragma once

#include <cstddef>
#include <utility>

#include <saddle/linalg/derivative.hpp>

namespace saddle::inline SADDLE_ISA {

/// A number for each player.
template <class Z> using per_player = vec<typename Z::lane_type, Z::players>;

/// ⟨vᵢ, ξᵢ(w)⟩ of every player.
template <class G, class Z> constexpr per_player<Z> forecasts(const G& game, const Z& w, const Z& v) noexcept {
  const Z f = game.field(w);
  return [&]<std::size_t... K>(std::index_sequence<K...>)->per_player<Z> {
    return {{-dot(v.template block<K>(), f.template block<K>())...}};
  }
  (std::make_index_sequence<Z::players>{});
}

/// vᵢᵀ(∇²ᵢᵢπᵢ)vᵢ of every player. Cost: a J·v product for each.
template <class G, class Z> constexpr per_player<Z> sentiments(const G& game, const Z& w, const Z& v) noexcept {
  const auto of = [&]<std::size_t Player>(std::integral_constant<std::size_t, Player>) {
    Z alone;
    set_zero(alone);
    alone.template block<Player>() = v.template block<Player>();
    return -dot(v.template block<Player>(), saddle::jvp(game, w, alone).template block<Player>());
  };
  return [&]<std::size_t... K>(std::index_sequence<K...>)->per_player<Z> {
    return {{of(std::integral_constant<std::size_t, K>{})...}};
  }
  (std::make_index_sequence<Z::players>{});
}

/// The sum over the players, from the first on: the aggregate profit Σπᵢ, the aggregate forecast, the total sentiment.
template <class L, std::size_t Players> constexpr L aggregate(const vec<L, Players>& of_players) noexcept {
  L r = of_players[0];
  for (std::size_t k = 1; k < Players; ++k) r = r + of_players[k];
  return r;
}

} // namespace saddle::inline SADDLE_ISA
