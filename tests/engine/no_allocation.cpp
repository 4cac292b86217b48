// The library takes no memory: every way to ask for some is counted. The linker wraps the functions of C (see
// tests/CMakeLists.txt), so calls of this program are seen and the sanitizers' own stay intact.
#include <cstddef>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include <saddle/engine/batch.hpp>
#include <saddle/saddle.hpp>

namespace {
// Volatile: the compiler knows that malloc writes no variable of ours, and would answer from memory. gtest runs one test
// at a time.
volatile std::size_t allocations = 0;
void count() { allocations = allocations + 1; }
} // namespace

extern "C" {
void* __real_malloc(std::size_t);
void* __real_calloc(std::size_t, std::size_t);
void* __real_realloc(void*, std::size_t);
void* __real_aligned_alloc(std::size_t, std::size_t);
int __real_posix_memalign(void**, std::size_t, std::size_t);

void* __wrap_malloc(std::size_t n) { return count(), __real_malloc(n); }
void* __wrap_calloc(std::size_t n, std::size_t size) { return count(), __real_calloc(n, size); }
void* __wrap_realloc(void* p, std::size_t n) { return count(), __real_realloc(p, n); }
void* __wrap_aligned_alloc(std::size_t a, std::size_t n) { return count(), __real_aligned_alloc(a, n); }
int __wrap_posix_memalign(void** p, std::size_t a, std::size_t n) { return count(), __real_posix_memalign(p, a, n); }
}

// The array and nothrow forms call these; the aligned ones as well. None is inlined: g++ would see one half of a pair and
// miss the other.
[[gnu::noinline]] void* operator new(std::size_t n) {
  void* const p = std::malloc(n == 0 ? 1 : n); // counted there
  if (p == nullptr) std::abort();
  return p;
}
[[gnu::noinline]] void* operator new(std::size_t n, std::align_val_t a) {
  const auto alignment = static_cast<std::size_t>(a);
  void* const p = std::aligned_alloc(alignment, (n + alignment - 1) / alignment * alignment);
  if (p == nullptr) std::abort();
  return p;
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

namespace {

struct alignas(128) overaligned {
  char bytes[128];
};

/// Keeps the compiler from removing an allocation it can see through.
void* volatile kept;
void release(void* p) {
  kept = p;
  std::free(p);
}

TEST(no_allocation, the_counter_counts) {
  const auto counted = [](auto allocate) {
    const std::size_t before = allocations;
    allocate();
    return allocations - before;
  };
  EXPECT_EQ(counted([] { release(std::malloc(8)); }), 1u);
  EXPECT_EQ(counted([] { release(std::calloc(8, 1)); }), 1u);
  EXPECT_EQ(counted([] { release(std::aligned_alloc(64, 64)); }), 1u);
  EXPECT_EQ(counted([] {
              int* const p = new int(1);
              kept = p;
              delete p;
            }),
            1u);
  EXPECT_EQ(counted([] {
              int* const p = new int[5];
              kept = p;
              delete[] p;
            }),
            1u);
  EXPECT_EQ(counted([] {
              auto* const p = new overaligned;
              kept = p;
              delete p;
            }),
            1u);
}

template <class T> std::size_t everything() {
  using G = saddle::games::quadratic<T, 2, 1>;
  using Z = typename G::point_type;
  const G game{{{T(1), T(0.25), T(0.25), T(1)}}, {{T(0.5)}}, {{T(1), T(-1)}}, {{T(0), T(1)}}, {{T(0.5)}}};
  const Z start{{{T(1), T(2)}}, {{T(3)}}};
  T game_memory[saddle::block_memory<G>(5)], state_memory[saddle::block_memory<saddle::state<Z, 1>>(5)];
  Z recorded[4];
  saddle::status statuses[5];
  const std::size_t before = allocations;
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule>) {
    saddle::parameters_t<Rule, Z> p;
    saddle::walk([](auto& number) { number = T(0.125); }, p);
    saddle::trajectory<Z> record{.data = recorded, .capacity = 4};
    const auto a = saddle::run(Rule{}, game, p, start, 20, record);
    const auto b = saddle::run_until(Rule{}, game, p, start, {});
    using State = saddle::state_t<Rule, Z>;
    const G games[5] = {game, game, game, game, game};
    const State states[5] = {a.next, b.next, a.next, b.next, a.next};
    const saddle::blocks<G> packed_games{game_memory, 5};
    const saddle::blocks<State> packed_states{state_memory, 5};
    saddle::pack(std::span<const G>(games), packed_games);
    saddle::pack(std::span<const State>(states), packed_states);
    saddle::run(Rule{}, packed_games, saddle::shared<decltype(p)>{p}, packed_states, 20);
    saddle::run_until(Rule{}, packed_games, saddle::shared<decltype(p)>{p}, packed_states, {}, {.status = statuses});
    State back[5];
    saddle::unpack(packed_states, std::span<State>(back));
  });
  return allocations - before;
}

TEST(no_allocation, runs_of_games_and_batches) {
  EXPECT_EQ(everything<float>(), 0u);
  EXPECT_EQ(everything<double>(), 0u);
}

} // namespace
