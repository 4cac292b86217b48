/// Two games and a rule that the library does not know.
#pragma once

#include <cstddef>

#include <saddle/saddle.hpp>

namespace shop {

/// A game for any number of prices θ and demands ω:  U = ½‖θ − c‖² + (Σθ)(Σω) − ½‖ω‖².
/// F = (θᵢ − c + Σω, ωⱼ − Σθ); at rest every price is c / (1 + PQ) and every demand P times that.
template <class L, std::size_t P, std::size_t Q> struct pricing {
  using lane_type = L;
  using point_type = saddle::point<L, P, Q>;
  template <class M> using rebind = pricing<M, P, Q>;
  L cost;

  template <class F, class... X> static constexpr void each(F& f, X&... x) noexcept { saddle::walk(f, x.cost...); }

  constexpr point_type field(const point_type& z) const noexcept {
    L prices = z.theta[0], demands = z.omega[0];
    for (std::size_t i = 1; i < P; ++i) prices = prices + z.theta[i];
    for (std::size_t j = 1; j < Q; ++j) demands = demands + z.omega[j];
    point_type f;
    for (std::size_t i = 0; i < P; ++i) f.theta[i] = z.theta[i] - cost + demands;
    for (std::size_t j = 0; j < Q; ++j) f.omega[j] = z.omega[j] - prices;
    return f;
  }
};

/// A game of one shape, two against one:  U = stake (θ₀ + 2θ₁) ω.
template <class L> struct duel {
  using lane_type = L;
  using point_type = saddle::point<L, 2, 1>;
  template <class M> using rebind = duel<M>;
  L stake;

  template <class F, class... X> static constexpr void each(F& f, X&... x) noexcept { saddle::walk(f, x.stake...); }

  constexpr point_type field(const point_type& z) const noexcept {
    const L pull = stake * z.omega[0], two = saddle::broadcast<L>(2);
    return {{pull, two * pull}, {-(stake * (z.theta[0] + two * z.theta[1]))}};
  }
};

/// z⁺ = z − ½ηF(z).
struct cautious {
  static constexpr saddle::facts about{.symbol = "half", .source = "none"};
  template <class Step> using parameters = saddle::eta_parameter<Step>;

  template <class G, class Z> static constexpr saddle::state<Z, 0> start(const G&, const Z& z) noexcept { return {z}; }

  template <class G, class Z> static constexpr saddle::state<Z, 0>
  step(const G& game, const saddle::eta_parameter<typename Z::step>& p, const saddle::state<Z, 0>& s) noexcept {
    using L = typename Z::lane_type;
    return {fnma(p.eta, saddle::broadcast<L>(saddle::scalar_t<L>(0.5)) * game.field(s.z), s.z)};
  }
};

/// What is not enough to be compiled: it names no members.
template <class L> struct unfinished {
  using lane_type = L;
  using point_type = saddle::point<L, 2, 1>;
  template <class M> using rebind = unfinished<M>;
  constexpr point_type field(const point_type& z) const noexcept { return z; }
};

} // namespace shop
