/// saddle, one game: the engine on scalar lanes.
#include "step/task.hpp"

#include <saddle/engine/run.hpp>

namespace bench::step {
namespace {

struct saddle_scalar {
  template <class Rule> static constexpr bool plays = true;

  template <class Rule, class T, std::size_t N> static void row(benchmark::State& state, std::size_t games) {
    time_one_by_one<Rule, T, N>(state, games, [](const auto& game, const auto& parameters, auto& z) {
      z = saddle::run(Rule{}, game, parameters, z, steps).z();
    });
  }
};

} // namespace

void add_saddle_scalar() { add_rows<saddle_scalar>("saddle_scalar", 1); }

} // namespace bench::step
