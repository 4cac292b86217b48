/// What this core can do, measured in the process that runs the benchmarks: the limit every row is compared with.
#pragma once

#include <algorithm>
#include <array>
#include <ctime>

#include <saddle/lane/batch.hpp>

namespace bench {

/// Seconds of processor time of this thread: other programs on a shared machine do not count.
inline double thread_seconds() {
  std::timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// Fused multiply-adds a second of one core, times two, on the widest vectors of this build. Sixteen independent chains
/// hide a latency of 4 cycles at two a cycle twice over; the best of several short runs, because a shared core is only
/// ever slowed down. Takes about 15 ms: measured anew beside each row, because the clock drifts by more than what the
/// rows differ.
template <class T> double peak_flops() {
  using V = saddle::native_lane<T>;
  constexpr int chains = 16, rounds = 200000;
  double best = 0;
  for (int attempt = 0; attempt < 15; ++attempt) {
    std::array<V, chains> a;
    for (int i = 0; i < chains; ++i) a[static_cast<std::size_t>(i)] = saddle::broadcast<V>(T(1 + i));
    const V factor = saddle::broadcast<V>(T(0.999)), addend = saddle::broadcast<V>(T(1e-3));
    const double begin = thread_seconds();
    for (int k = 0; k < rounds; ++k) {
      SADDLE_UNROLL
      for (std::size_t i = 0; i < 8; ++i) a[i] = fma(a[i], factor, addend);
      SADDLE_UNROLL
      for (std::size_t i = 8; i < 16; ++i) a[i] = fma(a[i], factor, addend);
    }
    const double seconds = thread_seconds() - begin;
    T sum = 0;
    for (const V& x : a) sum += extract(x, 0);
    // Every chain tends to 1; a sum that does not means that the loop was not run.
    if (sum > T(15) && sum < T(17))
      best = std::max(best, 2.0 * chains * rounds * static_cast<double>(saddle::width<V>) / seconds);
  }
  return best;
}

} // namespace bench
