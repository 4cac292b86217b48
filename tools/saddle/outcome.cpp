#include "outcome.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <saddle/lane/elementary.hpp>

namespace tool {
namespace {

using saddle::any;
using saddle::extract;
using saddle::finite;
using saddle::fma;
using saddle::select;
using saddle::sqrt;

using mask = saddle::mask_t<wide>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

/// ‖F‖ that changes by less than this over the second half of a run neither falls nor grows.
constexpr double standstill = 0.05;

wide all_lanes(double x) { return saddle::broadcast<wide>(x); }

std::array<double, saddle::width<wide>> numbers(const wide& x) {
  std::array<double, saddle::width<wide>> r;
  for (std::size_t i = 0; i < r.size(); ++i) r[i] = extract(x, i);
  return r;
}

// The look at which each lane had arrived or left, the last one else.
struct ends {
  wide index = all_lanes(0), time = index, residual = index, turns = index;

  explicit ends(std::span<const sight> seen) {
    const wide low = all_lanes(arrived) * seen.front().residual, high = all_lanes(left_behind) * seen.front().residual;
    mask open(true);
    for (std::size_t k = 0; k < seen.size() && any(open); ++k) {
      const sight& s = seen[k];
      index = select(open, all_lanes(static_cast<double>(k)), index);
      time = select(open, all_lanes(s.time), time);
      residual = select(open, s.residual, residual);
      turns = select(open, s.turns, turns);
      const mask above = s.residual > low, below = s.residual < high;
      if (k > 0) open = open & above & below;
    }
  }
};

} // namespace

void judge(std::span<const sight> seen, const solved_lanes& solved, std::span<outcome> out) {
  using enum saddle::regime;
  const wide zero = all_lanes(0), one = all_lanes(1), smallest = all_lanes(std::numeric_limits<double>::min());
  const ends end(seen);

  // The slope of log ‖F‖ over the second half.
  wide n = zero, sum_t = zero, sum_y = zero, sum_tt = zero, sum_ty = zero, earliest = end.time, turns = zero;
  std::vector<wide> logs(seen.size(), zero);
  std::vector<mask> counted(seen.size(), mask(false));
  for (std::size_t k = 0; k < seen.size(); ++k) {
    const sight& s = seen[k];
    const wide place = all_lanes(static_cast<double>(k));
    const mask early = all_lanes(2 * s.time) < end.time, others = place + all_lanes(2) <= end.index;
    const mask there = place <= end.index, positive = s.residual > zero, bounded = finite(s.residual);
    const mask in = there & !(early & others) & positive & bounded;
    if (!any(in)) continue;
    const mask first = in & (n == zero);
    earliest = select(first, all_lanes(s.time), earliest);
    turns = select(first, end.turns - s.turns, turns);
    const wide t = all_lanes(s.time) - end.time, y = saddle::log(select(in, s.residual, one));
    n = select(in, n + one, n);
    sum_t = select(in, sum_t + t, sum_t);
    sum_y = sum_y + y;
    sum_tt = select(in, fma(t, t, sum_tt), sum_tt);
    sum_ty = fma(t, y, sum_ty);
    logs[k] = y;
    counted[k] = in;
  }
  const wide spread = n * sum_tt - sum_t * sum_t;
  const mask sloping = spread > zero;
  const wide slope = select(sloping, (n * sum_ty - sum_t * sum_y) / spread, saddle::log(smallest) / end.time);

  // On a cycle ‖F‖ goes up and down, and a few looks at it seem to have a slope: it counts if it is more than four times
  // its standard error.
  const wide covered = end.time - earliest, middle = sum_t / n, level = sum_y / n;
  wide scatter = zero;
  for (std::size_t k = 0; k < seen.size(); ++k) {
    const mask in = counted[k];
    if (!any(in)) continue;
    const wide off = logs[k] - level - slope * (all_lanes(seen[k].time) - end.time - middle);
    scatter = select(in, fma(off, off, scatter), scatter);
  }
  const mask several = n > all_lanes(2);
  const wide error = sqrt(scatter / (n - all_lanes(2)) * n / spread);
  const wide doubt = select(several, all_lanes(4) * covered * error, zero);

  const auto rates = numbers(saddle::exp(slope)), changes = numbers(slope * covered), doubts = numbers(doubt),
             firsts = numbers(seen.front().residual), lasts = numbers(end.residual), turned = numbers(turns),
             spreads = numbers(spread);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!solved[i] || !(firsts[i] > 0) || !std::isfinite(firsts[i])) {
      out[i] = {undefined, nan};
      continue;
    }
    out[i] = {marginal, lasts[i] == 0 && !(spreads[i] > 0) ? 0 : rates[i]};
    const double certain = std::max(standstill, doubts[i]);
    if (!(lasts[i] < left_behind * firsts[i])) out[i].regime = diverges;
    else if (lasts[i] <= arrived * firsts[i] || changes[i] < -certain)
      out[i].regime = turned[i] > 0 ? oscillates : converges;
    else if (changes[i] > certain) out[i].regime = diverges;
  }
}

void judge_end(const wide& first, const wide& last, std::uint64_t steps, const solved_lanes& solved,
               std::span<outcome> out) {
  using enum saddle::regime;
  const wide change = saddle::log(last / first);
  const auto changes = numbers(change), rates = numbers(saddle::exp(change / all_lanes(static_cast<double>(steps)))),
             firsts = numbers(first);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!solved[i] || !(firsts[i] > 0) || !std::isfinite(firsts[i])) out[i] = {undefined, nan};
    else if (std::isnan(changes[i])) out[i] = {diverges, infinity};
    else out[i] = {changes[i] > standstill ? diverges : changes[i] < -standstill ? converges : marginal, rates[i]};
  }
}

} // namespace tool
