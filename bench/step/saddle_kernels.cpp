/// saddle, a batch through the C interface: the compiled kernels, one contestant an instruction set.
#include "step/task.hpp"

#include <memory>

#include <saddle/engine/run.hpp>

#include <saddle/saddle.h>

namespace bench::step {
namespace {

/// Rows packed into blocks on a cache line.
template <class T> class packed_rows {
  struct alignas(64) line {
    T scalar[64 / sizeof(T)];
  };
  std::vector<line> lines;
  std::size_t row, count;

public:
  static constexpr saddle_scalar type = std::is_same_v<T, float> ? SADDLE_FLOAT : SADDLE_DOUBLE;

  template <class X> explicit packed_rows(const std::vector<X>& values) : row(0), count(values.size()) {
    std::vector<T> rows;
    for (const X& x : values) saddle::walk([&](const T& s) { rows.push_back(s); }, x);
    row = rows.size() / count;
    lines.resize(saddle_block_memory(type, row, count) * sizeof(T) / sizeof(line));
    saddle_pack(type, row, rows.data(), count, data());
  }
  T* data() { return lines.data()->scalar; }
  saddle_blocks blocks() { return {data(), 0}; }
  void copy_from(const packed_rows& o) { std::copy(o.lines.begin(), o.lines.end(), lines.begin()); }
  template <class X> std::vector<X> values() {
    std::vector<T> rows(row * count);
    saddle_unpack(type, row, data(), count, rows.data());
    std::vector<X> r(count);
    std::size_t i = 0;
    for (X& x : r) saddle::walk([&](T& s) { s = rows[i++]; }, x);
    return r;
  }
};

/// A contestant is a type, so the instruction set is a number: its place among those that this machine runs.
template <std::size_t Isa> struct saddle_kernels {
  template <class Rule> static constexpr bool plays = true;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, const load& shape) {
    using state_type = saddle::state_t<Rule, saddle::point<T, N, N>>;
    const char* names[Isa + 1];
    saddle_available_isas(names, Isa + 1);
    const saddle_problem problem{static_cast<saddle_dynamics>(id_of<Rule>()), SADDLE_GAME_BILINEAR,
                                 packed_rows<T>::type, N, N};
    saddle_sizes sizes;
    if (saddle_select_isa(names[Isa]) != SADDLE_OK || saddle_problem_sizes(&problem, &sizes) != SADDLE_OK) {
      state.SkipWithError("the compiled library has no such kernel");
      return;
    }
    const bench::step::problem<Rule, T, N> p(shape.games);
    std::vector<state_type> first(shape.games);
    for (std::size_t g = 0; g < shape.games; ++g) first[g] = saddle::start(Rule{}, p.games[g], p.start[g]);
    packed_rows<T> game(p.games), start(first), now(first), parameters(std::vector(shape.games, p.parameters));
    const auto run = [&] {
      saddle_run(&problem, game.blocks(), parameters.blocks(), now.data(), shape.games,
                 static_cast<std::uint64_t>(shape.steps), nullptr);
    };
    run();
    const auto reached = now.template values<state_type>();
    for (std::size_t g = 0; g < shape.games; g += shape.games / 64 + 1)
      if (!agrees(p, g, reached[g].z, shape.steps)) {
        state.SkipWithError("the result differs from the oracle's");
        return;
      }
    time<Rule, T, N>(
        state, shape, [&] { now.copy_from(start); }, run);
  }
};

} // namespace

void add_saddle_kernels() {
  const char* names[3];
  const std::size_t count = saddle_available_isas(names, 3);
  const auto add = [&]<std::size_t Isa>() {
    if (Isa < count) add_batches<saddle_kernels<Isa>>("kernels_" + std::string(names[Isa]));
  };
  add.template operator()<0>();
  add.template operator()<1>();
  add.template operator()<2>();
}

} // namespace bench::step
