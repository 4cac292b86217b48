#include "runs.hpp"

#include <algorithm>
#include <stdexcept>

namespace tool {

run_result run_rule(std::string_view rule, const any_shape<double>& game, const rule_steps<double>& steps,
                    const run_request& request) {
  return std::visit([&](const auto& g) { return run_on(rule, *g, steps, request); }, game);
}

void simulate(std::string_view rule, const any_shape<wide>& game, const rule_steps<wide>& steps, std::uint64_t count,
              look how, const outcomes& out, const std::vector<double>& start) {
  std::visit([&](const auto& g) { simulate_on(rule, *g, steps, count, how, out, start); }, game);
}

forecast predict(std::string_view rule, const linear_game& game, const rule_steps<double>& steps) {
  if (game.sizes.size() == 3) return predict_on<shape_three<double>>(rule, game, steps);
  const std::size_t larger = std::max(game.sizes[0], game.sizes[1]);
  if (larger <= 1) return predict_on<shape_1_1<double>>(rule, game, steps);
  if (larger <= 2) return predict_on<shape_2_2<double>>(rule, game, steps);
  if (larger <= 4) return predict_on<shape_4_4<double>>(rule, game, steps);
  if (larger <= 8) return predict_on<shape_8_8<double>>(rule, game, steps);
  throw std::logic_error("a linearisation has at most eight coordinates a player");
}

template <class L> arrival arrive(std::string_view rule, const any_shape<L>& game, const any_shape<L>& homogeneous,
                                  const rule_steps<L>& steps, const arrival_request& request) {
  return std::visit(
      [&]<class Game>(const Game& g) -> arrival {
        using Z = typename Game::element_type::point_type;
        if constexpr (requires { requires Z::players == 2 && Z::p == Z::q; })
          return arrive_on(rule, *g, *std::get<Game>(homogeneous), steps, request);
        else throw std::logic_error("a game of a file has two players");
      },
      game);
}
template arrival arrive(std::string_view, const any_shape<float>&, const any_shape<float>&, const rule_steps<float>&,
                        const arrival_request&);
template arrival arrive(std::string_view, const any_shape<double>&, const any_shape<double>&, const rule_steps<double>&,
                        const arrival_request&);

} // namespace tool
