/// What a simulation showed, from what was seen of it, for a vector of runs at a time.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include <saddle/stability/rate.hpp>

#include "shape.hpp"

namespace tool {

struct outcome {
  saddle::regime regime = saddle::regime::undefined;
  double rate = 0; ///< factor of ‖F‖ a step, over the second half of what could be seen
  bool operator==(const outcome&) const = default;
};

/// What a run looks like from outside: ‖F‖, and how often the iterate has turned round so far. Everything is kept for
/// each lane apart, so the end of one says nothing about its neighbours.
struct sight {
  double time;
  wide residual, turns;
};

/// Below this share of the first ‖F‖ rounding may be all there is; above this multiple a run has left.
inline constexpr double arrived = 1e-10, left_behind = 1e2;

/// Which lanes a rule could step all the way: an equation inside a step may have no solution.
using solved_lanes = std::array<bool, saddle::width<wide>>;

/// From many looks on the way.
void judge(std::span<const sight> seen, const solved_lanes& solved, std::span<outcome> out);

/// From the first ‖F‖ and the last, `steps` steps later. A run whose numbers have overflowed diverges at an infinite rate.
void judge_end(const wide& first, const wide& last, std::uint64_t steps, const solved_lanes& solved,
               std::span<outcome> out);

} // namespace tool
