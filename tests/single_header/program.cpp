// A program that has one file of the library beside it and nothing else.
#include "saddle_single.hpp"

#include <cstdio>
#include <cstring>
#include <vector>

namespace {

using game = saddle::games::bilinear<double, 2, 2>;
using point = game::point_type;
using rule = saddle::dynamics::optimistic;

constexpr game coupled(double x) { return {.C = {{1 + x, 0.5, -0.25, 2 - x}}}; }
constexpr point start{{1, 0}, {0, 1}};

/// A run, its stability in a constant expression, and a spectrum. The singular values of C are 1.09 and 1.95.
bool numbers() {
  constexpr game g = coupled(0);
  const auto r = saddle::run_until(rule{}, g, {.eta = 0.15}, start, {.tolerance = 1e-10});
  static_assert(saddle::rate(rule{}, g, {.eta = 0.15}).rate < 1);
  const auto radius = saddle::spectral_radius(g.jacobian());
  return r.status == saddle::status::converged && radius.value > 1.9 && radius.value < 2.1;
}

#if defined(SADDLE_WITH_XSIMD)
/// A batch has the bits of each of its games alone.
bool vectors() {
  constexpr std::size_t count = 21;
  using parameters = saddle::parameters_t<rule, point>;
  using state = saddle::state_t<rule, point>;
  std::vector<game> games;
  for (std::size_t i = 0; i < count; ++i) games.push_back(coupled(static_cast<double>(i) / 32));
  const std::vector<point> starts(count, start);
  std::vector<double> game_memory(saddle::block_memory<game>(count)), point_memory(saddle::block_memory<point>(count)),
      state_memory(saddle::block_memory<state>(count));
  const saddle::blocks<game> game_blocks{game_memory.data(), count};
  const saddle::blocks<point> points{point_memory.data(), count};
  const saddle::blocks<state> states{state_memory.data(), count};
  saddle::pack(std::span<const game>(games), game_blocks);
  saddle::pack(std::span<const point>(starts), points);
  const saddle::shared<parameters> step{{.eta = 0.15}};
  saddle::start(rule{}, game_blocks, points, states);
  saddle::run(rule{}, game_blocks, step, states, 100);
  for (std::size_t i = 0; i < count; ++i) {
    const point alone = saddle::run(rule{}, games[i], step.value, start, 100).z(), together = states.get(i).z;
    if (std::memcmp(&alone, &together, sizeof(point)) != 0) return false;
  }
  return true;
}
#else
bool vectors() { return true; }
#endif

} // namespace

int main() {
  const bool good = numbers() && vectors();
  std::puts(good ? "good" : "bad");
  return good ? 0 : 1;
}
