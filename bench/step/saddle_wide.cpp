/// saddle, one game across the lanes of a vector. The point is brought into registers and back in each load.
#include "step/task.hpp"

#include <saddle/engine/run.hpp>
#include <saddle/linalg/wide.hpp>

namespace bench::step {
namespace {

struct saddle_wide {
  template <class Rule> static constexpr bool plays = Rule::about.solves == 0;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, const load& shape) {
    time_one_by_one<Rule, T, N>(
        state, shape,
        [](const auto& game, const auto& p) {
          return std::pair{saddle::widen(game), saddle::widen(p)};
        },
        [](const auto& prepared, auto& z, int steps) {
          z = saddle::narrow(
              saddle::run(Rule{}, prepared.first, prepared.second, saddle::widen(z), static_cast<std::uint64_t>(steps))
                  .z());
        });
  }
};

} // namespace

void add_saddle_wide() { add_alone<saddle_wide>("saddle_wide"); }

} // namespace bench::step
