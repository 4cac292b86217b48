// 4096 games at once, one a lane of the machine's vectors. Every game moves exactly as it would alone.
#include <cstdio>
#include <cstring>
#include <vector>

#include <saddle/engine/batch.hpp>
#include <saddle/saddle.hpp>

using game = saddle::games::bilinear<double, 2, 2>;
using point = game::point_type;
using rule = saddle::dynamics::optimistic;
using parameters = saddle::parameters_t<rule, point>;
using state = saddle::state_t<rule, point>;

int main() {
  constexpr std::size_t count = 4096;

  // Every game with its own matrix and start.
  std::vector<game> games(count);
  std::vector<point> starts(count);
  for (std::size_t g = 0; g < count; ++g) {
    const double x = double(g) / double(count);
    games[g].C = {{1 + x, x, -x, 2 - x}};
    starts[g] = {{1, x}, {-x, 1}};
  }

  // The caller owns all memory; block_memory says how much.
  std::vector<double> game_memory(saddle::block_memory<game>(count)), point_memory(saddle::block_memory<point>(count)),
      state_memory(saddle::block_memory<state>(count));
  const saddle::blocks<game> game_blocks{game_memory.data(), count};
  const saddle::blocks<point> points{point_memory.data(), count};
  const saddle::blocks<state> states{state_memory.data(), count};
  saddle::pack(std::span<const game>(games), game_blocks);
  saddle::pack(std::span<const point>(starts), points);

  // The same step for all games, the state of each in place.
  const saddle::shared<parameters> step{{.eta = 0.15}};
  std::vector<saddle::status> status(count);
  std::vector<std::uint64_t> steps(count);
  saddle::start(rule{}, game_blocks, points, states);
  saddle::run_until(rule{}, game_blocks, step, states, {.tolerance = 1e-10}, {.status = status, .steps = steps});

  std::size_t converged = 0, same = 0;
  std::uint64_t most = 0;
  for (std::size_t g = 0; g < count; ++g) {
    const auto alone = saddle::run_until(rule{}, games[g], step.value, starts[g], {.tolerance = 1e-10});
    const point together = states.get(g).z;
    if (status[g] == saddle::status::converged) ++converged;
    if (std::memcmp(&alone.z(), &together, sizeof(point)) == 0 && steps[g] == alone.steps) ++same;
    if (steps[g] > most) most = steps[g];
  }
  std::printf("%zu of %zu games converged in at most %llu steps, %zu with the bits of a game alone\n", converged, count,
              static_cast<unsigned long long>(most), same);
  return converged == count && same == count ? 0 : 1;
}
