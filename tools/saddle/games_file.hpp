/// Reads a file of games; docs/games-format.md describes the format.
#pragma once

#include <array>
#include <cstddef>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tool {

/// Where something stands in a file, counted from 1. Columns count characters, not bytes.
struct place {
  std::size_t line = 1, column = 1;
};

enum class game_kind { bilinear, quadratic };

/// Step sizes that a file gives, one for θ and one for ω.
struct chosen_steps {
  std::optional<std::array<double, 2>> eta, gamma;
};

/// A game as written in a file. Matrices are row-major.
struct game_description {
  std::string name;
  place where; ///< of the name
  game_kind kind = game_kind::bilinear;
  std::size_t p = 0, q = 0;
  std::vector<double> A, B, C; ///< P × P, Q × Q, P × Q; A and B are zero in a bilinear game
  std::vector<double> a, b;    ///< of P and Q elements, zero unless given
  std::vector<double> start;   ///< P + Q elements: θ, then ω
  chosen_steps steps;          ///< for every rule
  std::map<std::string, chosen_steps, std::less<>> rule_steps; ///< for one rule; they win over `steps`
};

/// What is wrong with a file, and where. `at` is empty for a file that cannot be read at all.
struct file_error {
  std::string file;
  std::optional<place> at;
  std::string message;
};

/// `FILE:LINE:COLUMN: message`
std::string to_string(const file_error& e);

/// All games of a file; throws file_error at the first thing that is wrong.
std::vector<game_description> read_games(const std::string& file);

/// The same from a stream; `name` stands for the file in messages.
std::vector<game_description> read_games(std::istream& in, const std::string& name);

} // namespace tool
