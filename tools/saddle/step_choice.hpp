/// Which step sizes a rule gets on a game, and how many steps a theorem then promises.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "games_file.hpp"
#include "prediction.hpp"

namespace tool {

/// Which form of a theorem counts where the published one has a sharper successor.
enum class edition { published, derived };

struct step_choice {
  std::array<double, 2> eta{}, gamma{};
  std::optional<std::uint64_t> iterations; ///< that suffice, where a theorem speaks of this rule, game and step
  bool derived = false;                    ///< that theorem is ours and not the paper's
};

/// The file's steps for the rule if it has any (no theorem then), else the theorem's, else a cautious default:
/// η = 1/(4L), 1/(2L) where players move in turn, 1/L where a step is solved for; γ = η for a look ahead, 1/L for a
/// weight.
/// `tolerance` is the share ε/δ of the first distance that is left when the iterations are counted.
step_choice choose_steps(std::string_view rule, const game_description& game, const analysis& facts, double tolerance,
                         edition which);

} // namespace tool
