/// How a comparison is shown: a table to read, or JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "measurement.hpp"

namespace tool {

/// A game and what was found out about it.
struct compared_game {
  game_description game;
  analysis facts;
  std::vector<measurement> rows;
};

struct comparison {
  std::string file;
  std::string_view type; ///< "float" or "double"
  std::size_t lane_width = 0;
  measurement_options options;
  std::vector<compared_game> games;
};

std::string as_table(const comparison& c);
std::string as_json(const comparison& c);

} // namespace tool
