/// What --game, --eta and --gamma say: a game with numbers or ranges for its parameters, and a rule's step sizes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue.hpp"
#include "runs.hpp"

namespace tool {

/// Something is wrong with the arguments, beyond what the parser sees: a sentence for the user.
struct usage_error {
  std::string message;
};

/// The values that one quantity takes: a number, a list of numbers, or a range.
struct values_of {
  std::string name;
  std::vector<double> values;
  bool range = false, logarithmic = false;
  std::string text; ///< as it was written
};

/// `1.5`, `0.5,1,2`, `a:b:n` or `a:b:n:log`. Throws usage_error with `name` in it.
values_of parse_values(const std::string& name, const std::string& text);

/// The step sizes of a rule as they are written; empty where not given.
struct rule_options {
  std::string eta, eta_theta, eta_omega, gamma, gamma_theta, gamma_omega;
};

/// A game as chosen on the command line.
struct chosen_game {
  const family* what = nullptr;
  std::shared_ptr<const game_description> described;
  std::vector<values_of> given; ///< parameters that were given
  int loss = 0;
  std::string file; ///< that describes it

  /// Its name, and the parameters that were given.
  std::string label() const;
  /// Default values, and the given ones where there is one value.
  settings<double> fixed() const;
};

/// NAME and name=value…, or FILE[:GAME]. Steps of players may stand among the parameters (eta_g, eta_d and the like):
/// they go to `steps` if there is such, else they are refused.
chosen_game choose_game(const std::vector<std::string>& words, rule_options& steps);

/// Throws usage_error where there is no such rule.
void require_dynamics(const std::string& name);

/// Numbers for the players from what is written; throws usage_error for ranges.
rule_steps<double> steps_of(const std::string& rule, const rule_options& o);

linear_game linearised(const any_shape<double>& game);

/// theta1, …, omega1, … or the game's own names.
std::vector<std::string> coordinate_names(const chosen_game& game, const std::vector<std::size_t>& sizes);

} // namespace tool
