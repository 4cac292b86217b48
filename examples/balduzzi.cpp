// Balduzzi et al. 2020: three players who trade in pairs settle, whatever the rates at which they learn; a game that is
// almost such a market does not. Prints distances; writes the players' profits as CSV to the file it is given.
#include <cstdio>

#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/polymatrix.hpp>
#include <saddle/stability/smooth_market.hpp>
#include <saddle/stability/theory/smooth_market.hpp>

int main(int count, char** arguments) {
  using market = saddle::games::polymatrix<double, 2, 1, 1>;
  using point = market::point_type;
  // Two goods of the first player, one of each other; the blocks above the diagonal are the trades.
  const market game = market{.W = {{-1, 0, 3, -2, //
                                    0, -1, 1, 4,  //
                                    0, 0, -1, 2,  //
                                    0, 0, 0, -1}},
                             .slope = {{1, -1}, {0.5}, {0}}}
                          .pairwise_zero_sum();
  const point at = game.equilibrium().z, start{{1, 1}, {1}, {1}};
  std::FILE* out = count > 1 ? std::fopen(arguments[1], "w") : nullptr;
  if (count > 1 && out == nullptr) return 2;
  if (out != nullptr) std::fprintf(out, "rates,step,profit1,profit2,profit3,sum\n");

  bool good = true;
  std::printf("%-24s %10s %14s\n", "rates of the players", "window", "after 4000");
  int number = 0;
  for (const saddle::step_sizes<double, 3>& rates :
       {saddle::step_sizes<double, 3>(1.0, 1.0, 1.0), {1.0, 0.2, 0.05}, {0.05, 1.0, 0.3}}) {
    // Rates inside the window of the theorem: every step contracts.
    const double window = saddle::theory::of_market(game, rates).window();
    const auto write = [&](std::uint64_t k, const point& w) {
      const auto profits = game.profits(w);
      if (out != nullptr && k % 20 == 0)
        std::fprintf(out, "%d,%d,%.9g,%.9g,%.9g,%.9g\n", number, static_cast<int>(k), profits[0], profits[1],
                     profits[2], saddle::aggregate(profits));
    };
    const auto end =
        saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = 0.9 * window * rates}, start, 4000, write).z();
    std::printf("%6g %6g %6g     %10.4g %14.3g\n", rates[0], rates[1], rates[2], window, saddle::norm(end - at));
    good = good && saddle::norm(end - at) < 1e-3;
    ++number;
  }

  const saddle::games::polymatrix<double, 1, 1> almost{{{-0.01, 0.015, 0.015, -0.01}}, {{0}, {0}}};
  const saddle::players<double, 1, 1> one{{1}, {1}};
  const auto away = saddle::run(saddle::dynamics::simultaneous{}, almost, {.eta = 0.5}, one, 2000).z();
  const auto home =
      saddle::run(saddle::dynamics::simultaneous{}, almost.pairwise_zero_sum(), {.eta = 0.5}, one, 2000).z();
  std::printf("\nalmost a market: %.3g after 2000 steps; the market with one sign turned: %.3g\n", saddle::norm(away),
              saddle::norm(home));
  if (out != nullptr && std::fclose(out) != 0) return 2;
  return good && saddle::norm(away) > 100 && saddle::norm(home) < 1e-3 ? 0 : 1;
}
