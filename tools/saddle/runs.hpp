/// Rules on games of the catalogue: one run, the outcome of many, and what is predicted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <saddle/stability/rate.hpp>

#include "catalogue.hpp"

namespace tool {

inline constexpr std::size_t most_players = 3;

/// The parameters of a rule, a number for each player.
template <class L> struct rule_steps { std::array<L, most_players> eta, gamma; };

/// What a simulation showed.
struct outcome {
  saddle::regime regime = saddle::regime::undefined;
  double rate = 0; ///< factor of ‖F‖ a step, over the second half of what could be seen
  bool operator==(const outcome&) const = default;
};

/// What a rule does on the linear part of a game; rates within √ε of 1 are marginal, because factors that coincide are
/// found to √ε only.
struct forecast {
  saddle::regime regime = saddle::regime::undefined;
  double rate = 0;
  bool operator==(const forecast&) const = default;
};

/// One iterate of a run.
struct run_row {
  std::uint64_t step;
  double residual; ///< ‖F‖
  std::vector<double> coordinates;
};

struct run_request {
  std::vector<double> start;  ///< empty: where the game says
  std::uint64_t steps = 1000; ///< at the most
  double tolerance = 0;       ///< of ‖F‖
  std::uint64_t stride = 1;
};

struct run_result {
  std::string status;
  bool converged = false;
  std::uint64_t steps = 0;
  double residual = 0;
  outcome seen;
  std::vector<run_row> rows;      ///< the first, every stride-th, the last
  std::vector<std::size_t> sizes; ///< of the players
};

/// Throws std::invalid_argument with a sentence where the start has the wrong number of coordinates.
run_result run_rule(std::string_view rule, const any_shape<double>& game, const rule_steps<double>& steps,
                    const run_request& request);

/// The outcomes of `steps` steps, a lane each. The same for a lane whatever its neighbours do.
void simulate(std::string_view rule, const any_shape<wide>& game, const rule_steps<wide>& steps, std::uint64_t count,
              std::span<outcome> out);

forecast predict(std::string_view rule, const linear_game& game, const rule_steps<double>& steps);

// The parts of these for one shape, each in a translation unit of its own.
template <class Z> run_result run_on(std::string_view rule, const any_game<Z>& game, const rule_steps<double>& steps,
                                     const run_request& request);
template <class Z> void simulate_on(std::string_view rule, const any_game<Z>& game, const rule_steps<wide>& steps,
                                    std::uint64_t count, std::span<outcome> out);
template <class Z> forecast predict_on(std::string_view rule, const linear_game& game, const rule_steps<double>& steps);

} // namespace tool
