/// Plain loops, with the flags of everything else and with -ffast-math: see loops.hpp.
#include "step/task.hpp"

namespace bench::step {

#define BENCH_LOOP(rule)                                                                                               \
  template <class T, std::size_t N> void advance(saddle::dynamics::rule, const T*, T, T, T*, T*, int);
#define BENCH_ALL_LOOPS                                                                                                \
  BENCH_LOOP(simultaneous)                                                                                             \
  BENCH_LOOP(alternating)                                                                                              \
  BENCH_LOOP(optimistic)                                                                                               \
  BENCH_LOOP(consensus)                                                                                                \
  BENCH_LOOP(predictive)
namespace plain {
BENCH_ALL_LOOPS
}
namespace fast_math {
BENCH_ALL_LOOPS
}

namespace {

template <class Rule> inline constexpr bool spelt_out = requires(double* x) {
  plain::advance<double, 2>(Rule{}, x, 0.0, 0.0, x, x, 0);
};

template <bool Fast> struct plain_loop {
  template <class Rule> static constexpr bool plays = spelt_out<Rule>;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, const load& shape) {
    time_one_by_one<Rule, T, N>(
        state, shape,
        [](const auto& game, const auto& p) {
          return std::pair{game, p};
        },
        [](const auto& prepared, auto& z, int steps) {
          const auto& [game, p] = prepared;
          T gamma = 0;
          if constexpr (requires { p.gamma; }) gamma = p.gamma[0];
          if constexpr (Fast) fast_math::advance<T, N>(Rule{}, game.C.v, p.eta[0], gamma, z.theta.v, z.omega.v, steps);
          else plain::advance<T, N>(Rule{}, game.C.v, p.eta[0], gamma, z.theta.v, z.omega.v, steps);
        });
  }
};

} // namespace

void add_plain_loop() {
  add_alone<plain_loop<false>>("plain_loop");
  add_alone<plain_loop<true>>("plain_loop_fast_math");
  add_batches<plain_loop<false>>("plain_loop");
}

} // namespace bench::step
