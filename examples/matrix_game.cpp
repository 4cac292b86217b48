// A game solved again at every tick of a clock, as a controller does: fixed work, a warm start, and a certificate.
//
// A transmitter picks one of four channels at random, a jammer disturbs one of them. Both play the mixed strategies of a
// zero-sum matrix game whose entries, the noise on the channels, drift. The same program is a firmware: see
// examples/CMakeLists.txt.
#include <saddle/saddle.hpp>

#if __has_include("board.hpp")
#include "board.hpp" // no C library to print with
#else
#include <cstdio>
namespace board {
void print(const char* text) { std::fputs(text, stdout); }
void print(unsigned number) { std::printf("%u", number); }
} // namespace board
#endif

namespace {

using game = saddle::games::bilinear<float, 4, 4>;
using strategies = game::point_type;
using rule = saddle::projected<saddle::dynamics::optimistic, saddle::projections::simplex>;

constexpr int ticks = 200, steps_a_tick = 64;
constexpr float harm = 0.5f, middle = 0.425f; // what the jammer adds; the mean of all entries
constexpr float allowed_gap = 0.02f;

/// What a channel loses to noise at a tick: between 0.1 and 0.5, up and down at a pace of its own.
float noise(int channel, int tick) {
  const int period = 60 + 22 * channel, phase = (tick + 17 * channel) % period;
  const int height = phase < period / 2 ? phase : period - phase;
  return 0.1f + 0.8f * static_cast<float>(height) / static_cast<float>(period);
}

/// C(i, j): what the transmitter loses on channel i while the jammer is on j, less a constant, which changes nobody's
/// strategy: entries around zero have a smaller norm, which allows larger steps.
game at(int tick) {
  game g{};
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) g.C(i, j) = noise(static_cast<int>(i), tick) + (i == j ? harm : 0.0f) - middle;
  return g;
}

/// How far both are from their best answers together: maxⱼ (Cᵀθ)ⱼ − minᵢ (Cω)ᵢ. The value of the game lies between the
/// two, so neither player loses more than the gap to an opponent who knows everything. Rounding is counted in: a product
/// with a strategy sums four terms, and the four weights sum to 1 but for a few roundings.
float certified_gap(const game& g, const strategies& z) {
  const auto losses = transposed_product(g.C, z.theta), gains = g.C * z.omega;
  float worst = losses[0], best = gains[0], largest = 0;
  for (std::size_t i = 1; i < 4; ++i) {
    worst = saddle::max(worst, losses[i]);
    best = saddle::min(best, gains[i]);
  }
  for (const float c : g.C.v) largest = saddle::max(largest, saddle::abs(c));
  return worst - best + 32 * saddle::epsilon<float> * largest;
}

strategies improved(const game& g, const strategies& z) {
  float squares = 0;
  for (const float c : g.C.v) squares = saddle::fma(c, c, squares);
  const float eta = 0.45f / saddle::sqrt(squares); // below 1/(2‖C‖), where the method converges
  return saddle::run(rule{}, g, {.rule = {.eta = eta}, .set = {}}, z, steps_a_tick).z();
}

void say(const char* what, float gap) {
  board::print(what);
  board::print(static_cast<unsigned>(gap * 1e6f + 0.5f));
  board::print(" millionths\n");
}

} // namespace

int main() {
  const strategies uniform{{0.25f, 0.25f, 0.25f, 0.25f}, {0.25f, 0.25f, 0.25f, 0.25f}};
  // Before the clock starts there is time: ten times the steps.
  strategies z = uniform;
  for (int k = 0; k < 10; ++k) z = improved(at(0), z);

  float worst_warm = 0, worst_cold = 0;
  for (int tick = 0; tick < ticks; ++tick) {
    const game g = at(tick);
    z = improved(g, z);
    const float gap = certified_gap(g, z);
    worst_warm = saddle::max(worst_warm, gap);
    worst_cold = saddle::max(worst_cold, certified_gap(g, improved(g, uniform)));
    if (tick % 25 == 0) say("gap ", gap);
  }
  say("largest gap, each tick from the last strategies: ", worst_warm);
  say("largest gap, each tick from uniform ones:        ", worst_cold);
  return worst_warm <= allowed_gap ? 0 : 1;
}
