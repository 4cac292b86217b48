/// What a simulation showed, from what was seen of it, for a vector of runs at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <saddle/stability/rate.hpp>

#include "shape.hpp"

namespace tool {

struct outcome {
  saddle::regime regime = saddle::regime::undefined;
  double rate = 0; ///< factor of ‖F‖ a step, over the second half of what could be seen
  bool operator==(const outcome&) const = default;
};

/// Where the outcomes of several runs go, as the rows of a diagram have them in memory.
struct outcomes {
  std::span<saddle::regime> regimes;
  std::span<double> rates;

  std::size_t size() const { return rates.size(); }
  outcomes part(std::size_t first, std::size_t most) const {
    const std::size_t count = std::min(most, size() - first);
    return {regimes.subspan(first, count), rates.subspan(first, count)};
  }
};

/// Below this share of the first ‖F‖ rounding may be all there is; above this multiple a run has left.
inline constexpr double arrived = 1e-10, left_behind = 1e2;

/// Which lanes a rule could step all the way: an equation inside a step may have no solution.
using solved_lanes = std::array<bool, saddle::width<wide>>;

/// The steps after which a run of `count` steps is looked at: at times that grow by a sixteenth. Gaps are odd, for what
/// jumps from side to side looks still every second step.
std::vector<std::uint64_t> look_times(std::uint64_t count);

/// Watches a vector of runs: ‖F‖, and where the iterate is along one direction. Everything is kept for each lane apart, so
/// the end of one says nothing about its neighbours.
class onlooker {
public:
  void begin() {
    seen_.clear();
    times_.clear();
  }
  /// The first look is at the start, at time 0.
  void look(std::uint64_t time, const wide& squared_residual, const wide& place);
  /// Whether a lane has neither arrived nor left nor got stuck.
  bool running(const solved_lanes& solved) const;
  void judge(const solved_lanes& solved, const outcomes& out);

private:
  using mask = saddle::mask_t<wide>;
  struct sight {
    wide squared, place;
  };
  wide low_, high_, end_index_, end_time_, end_squared_;
  std::vector<sight> seen_;
  std::vector<double> times_;
  std::vector<wide> logs_;
  std::vector<mask> counted_;
  mask open_;
};

/// From the squares of the first ‖F‖ and the last, `steps` steps later, of any number of vectors of runs. A run whose numbers
/// have overflowed diverges at an infinite rate.
void judge_end(std::span<const wide> first, std::span<const wide> last, std::uint64_t steps,
               std::span<const solved_lanes> solved, const outcomes& out);

} // namespace tool
