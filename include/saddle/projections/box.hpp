/// The box: every coordinate of a player between two bounds.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/linalg/point.hpp>

namespace saddle::inline SADDLE_ISA {
namespace projections {

/// The projection on {z : lowerₖ ≤ zᵢ ≤ upperₖ for the coordinates i of player k}, which clamps.
///
/// An infinite bound is none; lower ≤ upper. NaN stays NaN. Cost: a minimum and a maximum for each coordinate.
/// Clipping the critic of a Wasserstein GAN to [−1, 1] (Arjovsky et al. 2017):
///
///     const auto clip = saddle::projections::box<saddle::step_sizes<double, 2>>::of_player(1, -1, 1);
template <class Step> struct box {
  using lane_type = typename Step::lane_type;
  template <class M> using rebind = box<typename Step::template rebind<M>>;
  Step lower, upper; ///< a bound for each player

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.lower...);
    walk(f, x.upper...);
  }

  /// The box that holds one player and leaves the others free.
  static constexpr box of_player(std::size_t player, scalar_t<lane_type> low, scalar_t<lane_type> high) noexcept {
    constexpr auto infinity = std::numeric_limits<scalar_t<lane_type>>::infinity();
    box r{broadcast<lane_type>(-infinity), broadcast<lane_type>(infinity)};
    r.lower.of[player] = broadcast<lane_type>(low);
    r.upper.of[player] = broadcast<lane_type>(high);
    return r;
  }

  template <class Z> SADDLE_INLINE constexpr Z operator()(Z z) const noexcept {
    const Z floors = per_element<Z>(lower), ceilings = per_element<Z>(upper);
    // min and max return their second operand where one is NaN: the coordinate goes there.
    walk([](auto& x, const auto& low, const auto& high) { x = min(high, max(low, x)); }, z, floors, ceilings);
    return z;
  }
};

} // namespace projections
} // namespace saddle::inline SADDLE_ISA
