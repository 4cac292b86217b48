#pragma once

#include <cstddef>

#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/players.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The quadratic game of any number of players, pair by pair (Balduzzi et al. 2020: smooth markets). Player i raises
///
///     πᵢ(w) = fᵢ(wᵢ) + Σ_{j≠i} wᵢᵀ W_ij wⱼ,      fᵢ(wᵢ) = ½ wᵢᵀ W_ii wᵢ + sᵢᵀwᵢ
///
/// Profits are raised and losses are lowered, so with the losses ℓᵢ = −πᵢ the field is minus their ξ = (∇ᵢπᵢ):
///
///     F(w) = −ξ(w) = −(Ww + s)      J = −W
///
/// It is a smooth market iff W_ij = −W_jiᵀ for every pair: what one side of a trade gains the other one loses, which
/// `pairwise_zero_sum` makes of any W by reading the blocks above the diagonal. Sentiments W_ii ≺ 0 then make every
/// eigenvalue of J positive, however strong the couplings; without that symmetry they do not.
/// W_ii is symmetric; it is read in full. Cost of a field: n² fused multiply-adds.
///
///     saddle::games::polymatrix<double, 2, 1, 1> game{.W = w, .slope = {{0, 0}, {1}, {0}}};
template <class L, std::size_t... N> struct polymatrix {
  using lane_type = L;
  using point_type = players<L, N...>;
  template <class M> using rebind = polymatrix<M, N...>;
  static constexpr std::size_t n = point_type::size;
  mat<L, n, n> W;   ///< block (i, j): what player i's profit draws from player j
  point_type slope; ///< s

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.W...);
    walk(f, x.slope...);
  }

  /// The player who owns coordinate k.
  static constexpr std::size_t owner(std::size_t k) noexcept {
    std::size_t player = 0;
    for (; k >= point_type::sizes[player]; ++player) k -= point_type::sizes[player];
    return player;
  }

  /// The smooth market with this game's sentiments and the couplings above its diagonal: W_ji := −W_ijᵀ for i < j.
  constexpr polymatrix pairwise_zero_sum() const noexcept {
    polymatrix r = *this;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = i + 1; k < n; ++k)
        if (owner(i) != owner(k)) r.W(k, i) = -W(i, k);
    return r;
  }

  /// The largest |W_ij + W_jiᵀ| of two players: 0 in a smooth market.
  constexpr L imbalance() const noexcept {
    L r = broadcast<L>(0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = i + 1; k < n; ++k)
        if (owner(i) != owner(k)) r = max(abs(W(i, k) + W(k, i)), r);
    return r;
  }

  /// πᵢ of every player.
  constexpr vec<L, point_type::players> profits(const point_type& w) const noexcept {
    const L half = broadcast<L>(scalar_t<L>(0.5));
    auto r = zeros<L, point_type::players>();
    for (std::size_t i = 0; i < n; ++i) {
      L own = broadcast<L>(0), others = slope[i];
      for (std::size_t k = 0; k < n; ++k) {
        L& sum = owner(i) == owner(k) ? own : others;
        sum = fma(W(i, k), w[k], sum);
      }
      r[owner(i)] = fma(w[i], fma(half, own, others), r[owner(i)]);
    }
    return r;
  }

  SADDLE_INLINE constexpr point_type field(const point_type& w) const noexcept { return descend(w, -slope); }
  /// J·v = −Wv
  SADDLE_INLINE constexpr point_type jvp(const point_type&, const point_type& v) const noexcept {
    point_type none;
    set_zero(none);
    return descend(v, none);
  }
  /// Jᵀ·v = −Wᵀv
  SADDLE_INLINE constexpr point_type vjp(const point_type&, const point_type& v) const noexcept {
    point_type r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < n; ++k) {
      L sum = -(W(0, k) * v[0]);
      SADDLE_UNROLL
      for (std::size_t i = 1; i < n; ++i) sum = fnma(W(i, k), v[i], sum);
      r[k] = sum;
    }
    return r;
  }
  constexpr mat<L, n, n> jacobian(const point_type& = {}) const noexcept { return -W; }

  /// The w with Ww = −s, by LU; `solved` is false where W is singular.
  constexpr solution<point_type> equilibrium() const noexcept { return solve(lu<L, n>(W), -slope); }

  /// (I + ηF)⁻¹: (I − ηW)x = w + ηs, factored once.
  template <class Z> constexpr auto resolvent(const typename Z::step& eta) const noexcept {
    const Z row_step = per_element<Z>(eta);
    mat<L, n, n> a = identity<L, n>();
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < n; ++k) a(i, k) = fnma(row_step[i], W(i, k), a(i, k));
    return implicit_step{lu<L, n>(a), eta * slope};
  }

private:
  SADDLE_INLINE constexpr point_type descend(const point_type& w, point_type r) const noexcept {
    SADDLE_UNROLL
    for (std::size_t i = 0; i < n; ++i) {
      SADDLE_UNROLL
      for (std::size_t k = 0; k < n; ++k) r[i] = fnma(W(i, k), w[k], r[i]);
    }
    return r;
  }
  static constexpr solution<point_type> solve(const lu<L, n>& factors, const point_type& right) noexcept {
    vec<L, n> x;
    for (std::size_t i = 0; i < n; ++i) x[i] = right[i];
    x = factors.solve(x);
    solution<point_type> r{{}, factors.solved};
    for (std::size_t i = 0; i < n; ++i) r.z[i] = x[i];
    return r;
  }
  struct implicit_step {
    lu<L, n> factors;
    point_type pulled; ///< ηs
    constexpr solution<point_type> operator()(const point_type& w) const noexcept { return solve(factors, w + pulled); }
  };
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
