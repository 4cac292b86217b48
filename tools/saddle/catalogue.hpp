/// The games that the tool knows by name, and their parameters.
#pragma once

#include <map>
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

} // namespace tool
