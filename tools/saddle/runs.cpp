#include "runs.hpp"

#include <algorithm>
#include <stdexcept>

namespace tool {

run_result run_rule(std::string_view rule, const any_shape<double>& game, const rule_steps<double>& steps,
                    const run_request& request) {
  return std::visit([&](const auto& g) { return run_on(rule, *g, steps, request); }, game);
}

void simulate(std::string_view rule, const any_shape<wide>& game, const rule_steps<wide>& steps, std::uint64_t count,
              std::span<outcome> out) {
  std::visit([&](const auto& g) { simulate_on(rule, *g, steps, count, out); }, game);
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

} // namespace tool
