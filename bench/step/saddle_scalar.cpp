/// saddle, one game: the engine on plain numbers.
#include "step/task.hpp"

#include <saddle/engine/run.hpp>

namespace bench::step {
namespace {

struct saddle_scalar {
  template <class Rule> static constexpr bool plays = true;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, const load& shape) {
    time_one_by_one<Rule, T, N>(
        state, shape,
        [](const auto& game, const auto& p) {
          return std::pair{game, p};
        },
        [](const auto& prepared, auto& z, int steps) {
          z = saddle::run(Rule{}, prepared.first, prepared.second, z, static_cast<std::uint64_t>(steps)).z();
        });
  }
};

} // namespace

void add_saddle_scalar() { add_alone<saddle_scalar>("saddle_scalar"); }

} // namespace bench::step
