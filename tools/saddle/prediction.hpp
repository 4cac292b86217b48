/// What linear algebra says about a game before a step is taken: its constants, where runs end, and their rates.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "games_file.hpp"

namespace tool {

/// The constants of a game that theorems speak of, on its non-null part: the directions that move. Directions in the
/// null space of the Jacobian M never do.
struct analysis {
  double largest = 0, smallest = 0; ///< σ₁ and σr of C; both 0 where C is zero
  double mu = 0;                    ///< λmin of the symmetric part D of M
  double lipschitz = 0;             ///< ‖M‖₂
  std::size_t null_directions = 0;  ///< dimension of the null space of M
  std::vector<double> target;       ///< the equilibrium nearest to the start: where a converging run ends
  std::vector<double> moving;       ///< orthogonal projector onto the directions that move, n × n, row-major
  double distance = 0;              ///< from the start to the target
};

/// Why a game cannot be compared: a sentence, for the game's place in its file.
struct not_comparable {
  std::string why;
};

/// Throws not_comparable for a game without an equilibrium, without a well-defined limit, or started at one.
analysis analyse(const game_description& game);

/// λmin of the symmetric part, and the norm, of M + γMᵀM: what consensus descends.
struct consensus_constants {
  double mu, lipschitz;
};
consensus_constants of_consensus(const game_description& game, double gamma);

} // namespace tool
