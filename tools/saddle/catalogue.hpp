/// The games that the tool knows by name, and their parameters.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "games_file.hpp"
#include "shape.hpp"

namespace tool {

struct parameter {
  std::string_view name;
  double value; ///< unless given
  std::string_view meaning;
};

/// A game of the registry with its parameters open.
struct family {
  std::string_view name, about, source;
  std::vector<parameter> parameters;
  std::vector<std::string_view> coordinates; ///< names of the columns of a trajectory; empty: θ₁ … ω₁ …
  bool has_loss = false;                     ///< takes loss = saturating, non_saturating or wasserstein
};

const std::vector<family>& families();

/// nullptr where there is none of that name.
const family* find_family(std::string_view name);

/// A game with its parameters set: values by name, and a vector of them where the lanes differ.
template <class L> struct settings {
  const family* what = nullptr;
  std::vector<L> values;                       ///< in the order of `family::parameters`
  int loss = 0;                                ///< games::gan_loss
  const game_description* described = nullptr; ///< a game from a file instead

  const L& operator[](std::string_view name) const {
    std::size_t i = 0;
    while (what->parameters[i].name != name) ++i;
    return values[i];
  }
};

/// The game. Its lanes are independent of each other.
template <class L> any_shape<L> build(const settings<L>& s);
template <class L> any_shape<L> build(const game_description& d);

/// Coordinates of a player in the shape that a game of a file is embedded in.
inline std::size_t shape_size(const game_description& d) {
  const std::size_t larger = std::max(d.p, d.q);
  return larger <= 2 ? larger : larger <= 4 ? 4 : 8;
}

/// Coordinates of a point of a game as those of a point of its shape: what is too many is zero.
inline std::vector<double> embedded(const std::vector<double>& point, const game_description& d) {
  std::vector<double> r(2 * shape_size(d));
  for (std::size_t i = 0; i < point.size(); ++i) r[i < d.p ? i : shape_size(d) + i - d.p] = point[i];
  return r;
}

} // namespace tool
