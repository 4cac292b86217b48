/// Runs every registered rule on a game, with the library's own kernels, and measures what happens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "games_file.hpp"
#include "prediction.hpp"
#include "step_choice.hpp"

namespace tool {

struct measurement_options {
  double tolerance = 1e-8; ///< relative distance at which a run has arrived
  edition which = edition::published;
  bool timing = true;
};

/// One row of the table: a rule on a game.
struct measurement {
  std::string_view rule;
  bool has_gamma = false;
  step_choice steps;
  std::optional<double> predicted, measured; ///< factor of the distance a step, asymptotically
  std::optional<std::uint64_t> iterations;   ///< to the tolerance
  std::string verdict;
  std::optional<double> alone, batch; ///< nanoseconds a step of one game, where kernels of its size are compiled
  bool verified = true;               ///< the timed runs gave the same bits alone and in the batch
};

/// Steps after which a run that has not arrived is given up.
inline constexpr std::uint64_t step_cap = 1'000'000;

/// All rules on one game in float or double; throws not_comparable where the numbers do not fit that type.
template <class T>
std::vector<measurement> measure(const game_description& game, const analysis& facts, const measurement_options& o);

} // namespace tool
