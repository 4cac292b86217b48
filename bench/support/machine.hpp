/// What this core can do, measured in the process that runs the benchmarks: the limits every row is compared with.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#if defined(__unix__)
#include <unistd.h>
#endif

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <saddle/lane/batch.hpp>

namespace bench {

/// Seconds of processor time of this thread: other programs on a shared machine do not count.
inline double thread_seconds() {
  std::timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// The processor, the compiler and the widest vectors, into the head of the report: what a figure is worth nothing
/// without.
inline void add_machine() {
  std::string processor = "unknown";
  std::ifstream information("/proc/cpuinfo");
  for (std::string line; std::getline(information, line);)
    if (line.starts_with("model name") && line.find(": ") != line.npos) {
      processor = line.substr(line.find(": ") + 2);
      break;
    }
  benchmark::AddCustomContext("processor", processor);
#if defined(__clang__)
  benchmark::AddCustomContext("compiler", fmt::format("clang {}", __clang_version__));
#else
  benchmark::AddCustomContext("compiler", fmt::format("g++ {}", __VERSION__));
#endif
#if defined(__AVX512VL__)
  benchmark::AddCustomContext("vectors", "avx512");
#elif defined(__AVX2__)
  benchmark::AddCustomContext("vectors", "avx2");
#elif defined(__SSE2__)
  benchmark::AddCustomContext("vectors", "sse2");
#elif defined(__ARM_NEON)
  benchmark::AddCustomContext("vectors", "neon");
#else
  benchmark::AddCustomContext("vectors", "none");
#endif
}

/// Fused multiply-adds a second of one core, times two, on the widest vectors of this build. Twelve independent chains
/// hide a latency of 4 cycles at two a cycle, and fit the sixteen registers of AVX2; the best of several short runs,
/// because a shared core is only ever slowed down. Takes about 15 ms: measured anew beside each row, because the clock
/// drifts by more than what the rows differ.
template <class T> double peak_flops() {
  using V = saddle::native_lane<T>;
  constexpr int chains = 12, rounds = 200000;
  double best = 0;
  for (int attempt = 0; attempt < 15; ++attempt) {
    std::array<V, chains> a;
    for (int i = 0; i < chains; ++i) a[static_cast<std::size_t>(i)] = saddle::broadcast<V>(T(1 + i));
    const V factor = saddle::broadcast<V>(T(0.999)), addend = saddle::broadcast<V>(T(1e-3));
    const double begin = thread_seconds();
    for (int k = 0; k < rounds; ++k) {
      SADDLE_UNROLL
      for (std::size_t i = 0; i < 6; ++i) a[i] = fma(a[i], factor, addend);
      SADDLE_UNROLL
      for (std::size_t i = 6; i < 12; ++i) a[i] = fma(a[i], factor, addend);
    }
    const double seconds = thread_seconds() - begin;
    T sum = 0;
    for (const V& x : a) sum += extract(x, 0);
    // Every chain tends to 1; a sum that does not means that the loop was not run.
    if (sum > T(11) && sum < T(13))
      best = std::max(best, 2.0 * chains * rounds * static_cast<double>(saddle::width<V>) / seconds);
  }
  return best;
}

enum class traffic { read, copy, update };

/// Bytes a second that one core moves through a working set of `bytes`, those read and those written counted: all of it
/// read; half of it copied to the other half; or all of it read, changed and written back in place. The best of several
/// passes.
inline double bandwidth(traffic kind, std::size_t bytes) {
  using V = saddle::native_lane<double>;
  constexpr std::size_t w = saddle::width<V>, at_once = 8;
  struct alignas(64) line {
    double number[8];
  };
  static std::vector<line> memory;
  const std::size_t stretch = w * at_once;
  const std::size_t count = std::max<std::size_t>(bytes / sizeof(double) / stretch / 2, 1) * stretch * 2;
  if (memory.size() * 8 < count) memory.assign(count / 8, line{{1, 1, 1, 1, 1, 1, 1, 1}});
  double* const p = memory.data()->number;
  const std::size_t passes = std::max<std::size_t>(1, (std::size_t{1} << 22) / (count * sizeof(double)));
  double best = 0;
  for (int attempt = 0; attempt < (passes > 1 ? 8 : 3); ++attempt) {
    const double begin = thread_seconds();
    for (std::size_t pass = 0; pass < passes; ++pass) {
      if (kind == traffic::read) {
        std::array<V, at_once> sum;
        for (V& s : sum) s = saddle::broadcast<V>(0);
        for (std::size_t i = 0; i < count; i += stretch) {
          SADDLE_UNROLL
          for (std::size_t k = 0; k < at_once; ++k) sum[k] = sum[k] + saddle::load<V>(p + i + k * w);
        }
        // As one number: the address of a sum, once given away, would keep all of them in memory.
        double total = 0;
        for (const V& s : sum) total += extract(s, 0);
        benchmark::DoNotOptimize(total);
      } else if (kind == traffic::copy) {
        for (std::size_t i = 0; i < count / 2; i += stretch) {
          SADDLE_UNROLL
          for (std::size_t k = 0; k < at_once; ++k) store(p + count / 2 + i + k * w, saddle::load<V>(p + i + k * w));
        }
      } else {
        const V factor = saddle::broadcast<V>(0.999), addend = saddle::broadcast<V>(1e-3);
        for (std::size_t i = 0; i < count; i += stretch) {
          SADDLE_UNROLL
          for (std::size_t k = 0; k < at_once; ++k)
            store(p + i + k * w, fma(saddle::load<V>(p + i + k * w), factor, addend));
        }
      }
      benchmark::ClobberMemory();
    }
    const double moved = static_cast<double>(passes * count * sizeof(double)) * (kind == traffic::update ? 2 : 1);
    best = std::max(best, moved / (thread_seconds() - begin));
  }
  return best;
}

/// A working set that lies well inside a level of the memory of this machine, and outside the one before.
struct working_set {
  std::string name;
  std::size_t bytes;
  bool cached;
};

/// Bytes of each data cache, the first one first. A virtual machine may show them to the C library only, and as the last
/// one all that the processor has: what several cores have together is no cache of ours, so no more than 64 MB count.
inline std::vector<std::size_t> data_caches() {
  std::vector<std::size_t> sizes;
  const auto add = [&](long bytes) {
    if (bytes > 0) sizes.push_back(std::min(static_cast<std::size_t>(bytes), std::size_t{64} << 20));
  };
  for (const auto& cache : benchmark::CPUInfo::Get().caches)
    if (cache.type != "Instruction") add(static_cast<long>(cache.size));
#if defined(_SC_LEVEL1_DCACHE_SIZE)
  if (sizes.empty())
    for (const int level : {_SC_LEVEL1_DCACHE_SIZE, _SC_LEVEL2_CACHE_SIZE, _SC_LEVEL3_CACHE_SIZE}) add(sysconf(level));
#endif
  return sizes;
}

/// Half of each data cache, and four times the last one.
inline std::vector<working_set> working_sets() {
  std::vector<working_set> sets;
  std::size_t last = std::size_t{8} << 20;
  for (const std::size_t bytes : data_caches()) {
    last = bytes;
    sets.push_back({fmt::format("L{}", sets.size() + 1), last / 2, true});
  }
  sets.push_back({"DRAM", 4 * last, false});
  return sets;
}

} // namespace bench
