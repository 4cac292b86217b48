/// saddle, a batch: one game a lane, on blocks.
#include "step/task.hpp"

#include <memory>

#include <saddle/engine/batch.hpp>

namespace bench::step {
namespace {

/// Memory for `count` values of X in blocks, on a cache line.
template <class X> class block_storage {
  using T = typename X::lane_type;
  struct alignas(64) line {
    T scalar[saddle::block_games<T>];
  };
  std::vector<line> lines;
  std::size_t count;

public:
  explicit block_storage(const std::vector<X>& values)
      : lines(saddle::block_memory<X>(values.size()) / saddle::block_games<T>), count(values.size()) {
    pack(std::span<const X>(values), view());
  }
  saddle::blocks<X> view() { return {lines.data()->scalar, count}; }
  void copy_from(const block_storage& o) { std::copy(o.lines.begin(), o.lines.end(), lines.begin()); }
};

struct saddle_batch {
  template <class Rule> static constexpr bool plays = true;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, const load& shape) {
    using state_type = saddle::state_t<Rule, saddle::point<T, N, N>>;
    const problem<Rule, T, N> p(shape.games);
    std::vector<state_type> first(shape.games);
    for (std::size_t g = 0; g < shape.games; ++g) first[g] = saddle::start(Rule{}, p.games[g], p.start[g]);
    block_storage game(p.games);
    block_storage start(first);
    block_storage now(first);
    const saddle::shared<typename problem<Rule, T, N>::parameters_type> parameters{p.parameters};
    const auto run = [&] {
      saddle::run(Rule{}, game.view(), parameters, now.view(), static_cast<std::uint64_t>(shape.steps));
    };
    run();
    for (std::size_t g = 0; g < shape.games; g += shape.games / 64 + 1)
      if (!agrees(p, g, now.view().get(g).z, shape.steps)) {
        state.SkipWithError("the result differs from the oracle's");
        return;
      }
    time<Rule, T, N>(
        state, shape, [&] { now.copy_from(start); }, run);
  }
};

} // namespace

void add_saddle_batch() { add_batches<saddle_batch>("saddle_batch"); }

} // namespace bench::step
