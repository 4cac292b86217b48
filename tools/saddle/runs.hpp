/// Rules on games of the catalogue: one run, the outcome of many, and what is predicted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <saddle/stability/rate.hpp>

#include "catalogue.hpp"
#include "outcome.hpp"

namespace tool {

inline constexpr std::size_t most_players = 3;

/// The parameters of a rule, a number for each player.
template <class L> struct rule_steps { std::array<L, most_players> eta, gamma; };

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
  std::vector<run_row> rows;      ///< the first, every stride-th, the last
  std::vector<std::size_t> sizes; ///< of the players
};

/// Throws std::invalid_argument with a sentence where the start has the wrong number of coordinates.
run_result run_rule(std::string_view rule, const any_shape<double>& game, const rule_steps<double>& steps,
                    const run_request& request);

/// How outcomes are found: `closely` watches ‖F‖ and the iterate on the way, `at_end` compares the last ‖F‖ with the first
/// and nothing else, which is several times as fast and does not see what oscillates.
enum class look { closely, at_end };

/// The outcomes of `steps` steps, a lane each. The same for a lane whatever its neighbours do. `start`: as of a run.
void simulate(std::string_view rule, const any_shape<wide>& game, const rule_steps<wide>& steps, std::uint64_t count,
              look how, const outcomes& out, const std::vector<double>& start = {});

forecast predict(std::string_view rule, const linear_game& game, const rule_steps<double>& steps);

/// A run towards a known point, in coordinates of the game's shape.
struct arrival_request {
  std::vector<double> start, target;
  std::vector<double> moving; ///< projector onto the directions that move, row-major; empty where all do
  double tolerance = 0;       ///< distance from the target at which it has arrived
  std::uint64_t steps = 0;    ///< at the most
};

struct arrival {
  saddle::status status{};
  std::uint64_t steps = 0;
  std::optional<double> rate; ///< factor of the distance a step, in the long run
};

/// Runs in the arithmetic of L. `homogeneous` is the same game with its equilibrium at zero.
template <class L> arrival arrive(std::string_view rule, const any_shape<L>& game, const any_shape<L>& homogeneous,
                                  const rule_steps<L>& steps, const arrival_request& request);

// The parts of these for one shape, each in a translation unit of its own.
template <class Z> run_result run_on(std::string_view rule, const any_game<Z>& game, const rule_steps<double>& steps,
                                     const run_request& request);
template <class Z> void simulate_on(std::string_view rule, const any_game<Z>& game, const rule_steps<wide>& steps,
                                    std::uint64_t count, look how, const outcomes& out,
                                    const std::vector<double>& start);
template <class Z> forecast predict_on(std::string_view rule, const linear_game& game, const rule_steps<double>& steps);
template <class Z> arrival arrive_on(std::string_view rule, const any_game<Z>& game, const any_game<Z>& homogeneous,
                                     const rule_steps<typename Z::lane_type>& steps, const arrival_request& request);

} // namespace tool
