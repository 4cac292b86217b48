#include "outcome.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <saddle/lane/elementary.hpp>
#include <saddle/lane/group.hpp>

namespace tool {
namespace {

// Of scalars, which `wide` is where a machine has no vectors; vectors bring their own.
// NOLINTBEGIN(misc-unused-using-decls)
using saddle::abs;
using saddle::any;
using saddle::extract;
using saddle::finite;
using saddle::fma;
using saddle::get;
using saddle::max;
using saddle::select;
using saddle::sqrt;
// NOLINTEND(misc-unused-using-decls)

using mask = saddle::mask_t<wide>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

/// ‖F‖ that changes by less than this over the second half of a run neither falls nor grows.
constexpr double standstill = 0.05;

wide all_lanes(double x) { return saddle::broadcast<wide>(x); }

std::array<double, saddle::width<wide>> numbers(const wide& x) {
  using saddle::store;
  std::array<double, saddle::width<wide>> r;
  store(r.data(), x);
  return r;
}

template <class L = wide> L code(saddle::regime r) { return saddle::broadcast<L>(static_cast<double>(r)); }

// Writes regimes, given as numbers, and rates; runs without a first ‖F‖ to compare with are undefined.
void write(const wide& regimes, const wide& rates, const wide& first, const solved_lanes& solved, const outcomes& out) {
  const mask positive = first > all_lanes(0), bounded = finite(first), begun = positive & bounded;
  const auto what = numbers(select(begun, regimes, code(saddle::regime::undefined))),
             how_fast = numbers(select(begun, rates, all_lanes(nan)));
  for (std::size_t i = 0; i < out.size(); ++i) {
    out.regimes[i] = solved[i] ? static_cast<saddle::regime>(static_cast<int>(what[i])) : saddle::regime::undefined;
    out.rates[i] = solved[i] ? how_fast[i] : nan;
  }
}

// What judge_end says: regimes as numbers, and rates.
template <class L> struct verdict { L regimes, rates; };

template <class L> verdict<L> verdict_of(const L& first, const L& last, std::uint64_t steps) {
  using enum saddle::regime;
  using saddle::broadcast;
  const L change = broadcast<L>(0.5) * saddle::log(last / first);
  const auto overflown = !(change <= broadcast<L>(infinity)), growing = change > broadcast<L>(standstill),
             falling = change < broadcast<L>(-standstill);
  return {select(overflown | growing, code<L>(diverges), select(falling, code<L>(converges), code<L>(marginal))),
          select(overflown, broadcast<L>(infinity), saddle::exp(change / broadcast<L>(static_cast<double>(steps))))};
}

} // namespace

std::vector<std::uint64_t> look_times(std::uint64_t count) {
  std::vector<std::uint64_t> r{0};
  while (r.back() < count) r.push_back(std::min(count, r.back() + (r.back() / 16 | 1)));
  return r;
}

void onlooker::look(std::uint64_t steps, const wide& squared, const wide& place) {
  const double time = static_cast<double>(steps), index = static_cast<double>(seen_.size());
  if (seen_.empty()) {
    low_ = all_lanes(arrived * arrived) * squared;
    high_ = all_lanes(left_behind * left_behind) * squared;
    open_ = mask(true);
  }
  seen_.push_back({squared, place});
  times_.push_back(time);
  // The end of a lane is the look at which it had arrived or left, the last one else.
  end_index_ = select(open_, all_lanes(index), end_index_);
  end_time_ = select(open_, all_lanes(time), end_time_);
  end_squared_ = select(open_, squared, end_squared_);
  const mask above = squared > low_, below = squared < high_;
  if (seen_.size() > 1) open_ = open_ & above & below;
}

bool onlooker::running(const solved_lanes& solved) const {
  if (!any(open_)) return false;
  for (std::size_t i = 0; i < solved.size(); ++i)
    if (solved[i] && get(open_, i)) return true;
  return false;
}

void onlooker::judge(const solved_lanes& solved, const outcomes& out) {
  using enum saddle::regime;
  const wide zero = all_lanes(0), one = all_lanes(1), half = all_lanes(0.5),
             smallest = all_lanes(std::numeric_limits<double>::min()),
             rounding = all_lanes(4 * std::numeric_limits<double>::epsilon());
  // Looks outside of these count for no lane.
  const auto ends = numbers(end_index_), end_times = numbers(end_time_);
  const double soonest = *std::min_element(end_times.begin(), end_times.end());
  const auto last = static_cast<std::size_t>(*std::max_element(ends.begin(), ends.end()));
  std::size_t begin = 0;
  const double fewest = *std::min_element(ends.begin(), ends.end());
  while (2 * times_[begin] < soonest && static_cast<double>(begin) + 2 <= fewest) ++begin;

  // The slope of log ‖F‖ over the second half, and how often the iterate turned round in it.
  wide n = zero, sum_t = zero, sum_y = zero, sum_tt = zero, sum_ty = zero, earliest = end_time_, turns = zero,
       stood = zero, move = zero;
  logs_.assign(seen_.size(), zero);
  counted_.assign(seen_.size(), mask(false));
  for (std::size_t k = begin; k <= last; ++k) {
    const sight& s = seen_[k];
    const wide index = all_lanes(static_cast<double>(k));
    const mask early = all_lanes(2 * times_[k]) < end_time_, others = index + all_lanes(2) <= end_index_;
    const mask there = index <= end_index_, positive = s.squared > zero, bounded = finite(s.squared);
    const mask in = there & !(early & others) & positive & bounded;
    if (!any(in)) continue;
    const mask first = in & (n == zero);
    earliest = select(first, all_lanes(times_[k]), earliest);
    stood = select(first, s.place, stood);
    const wide t = all_lanes(times_[k]) - end_time_, y = half * saddle::log(select(in, s.squared, one));
    n = select(in, n + one, n);
    sum_t = select(in, sum_t + t, sum_t);
    sum_y = sum_y + y;
    sum_tt = select(in, fma(t, t, sum_tt), sum_tt);
    sum_ty = fma(t, y, sum_ty);
    logs_[k] = y;
    counted_[k] = in;
    const wide step = s.place - stood;
    const mask moved = in & (abs(step) > rounding * abs(s.place)), opposite = step * move < zero;
    turns = select(moved & opposite, turns + one, turns);
    move = select(moved, step, move);
    stood = select(in, s.place, stood);
  }
  const wide spread = n * sum_tt - sum_t * sum_t;
  const mask sloping = spread > zero;
  const wide slope = select(sloping, (n * sum_ty - sum_t * sum_y) / spread, saddle::log(smallest) / end_time_);

  // On a cycle ‖F‖ goes up and down, and a few looks at it seem to have a slope: it counts if it is more than four times
  // its standard error.
  const wide covered = end_time_ - earliest, middle = sum_t / n, level = sum_y / n;
  wide scatter = zero;
  for (std::size_t k = begin; k <= last; ++k) {
    const mask in = counted_[k];
    const wide off = logs_[k] - level - slope * (all_lanes(times_[k]) - end_time_ - middle);
    scatter = select(in, fma(off, off, scatter), scatter);
  }
  const mask several = n > all_lanes(2);
  const wide error = sqrt(scatter / (n - all_lanes(2)) * n / spread);
  const wide doubt = select(several, all_lanes(4) * covered * error, zero);

  const wide &first = seen_.front().squared, change = slope * covered, certain = max(all_lanes(standstill), doubt);
  const mask far = !(end_squared_ < high_), small = end_squared_ <= low_, growing = change > certain,
             turned = turns > zero, gone = end_squared_ == zero, falling = change < -certain;
  const wide at_rest = select(turned, code(oscillates), code(converges));
  const wide regimes =
      select(far, code(diverges), select(small | falling, at_rest, select(growing, code(diverges), code(marginal))));
  write(regimes, select(gone & !sloping, zero, saddle::exp(slope)), first, solved, out);
}

void judge_end(std::span<const wide> first, std::span<const wide> last, std::uint64_t steps,
               std::span<const solved_lanes> solved, const outcomes& out) {
  constexpr std::size_t width = saddle::width<wide>, at_once = 4;
  // The logarithm and the exponential are one long chain; three more vectors fit into its gaps (AVX2: 26 ns a vector,
  // one by one 50).
  using several = saddle::group<wide, at_once>;
  const auto say = [&](std::size_t v, const wide& regimes, const wide& rates) {
    if (v * width < out.size()) write(regimes, rates, first[v], solved[v], out.part(v * width, width));
  };
  std::size_t v = 0;
  for (; v + at_once <= first.size(); v += at_once) {
    several before, after;
    for (std::size_t k = 0; k < at_once; ++k) before.part[k] = first[v + k], after.part[k] = last[v + k];
    const auto r = verdict_of(before, after, steps);
    for (std::size_t k = 0; k < at_once; ++k) say(v + k, r.regimes.part[k], r.rates.part[k]);
  }
  for (; v < first.size(); ++v) {
    const auto r = verdict_of(first[v], last[v], steps);
    say(v, r.regimes, r.rates);
  }
}

} // namespace tool
