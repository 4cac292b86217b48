/// Where theory draws the boundaries of a phase diagram.
#pragma once

#include <string>
#include <vector>

#include "sweep.hpp"

namespace tool {

/// A curve: where `side` changes its sign.
struct boundary {
  std::string title; ///< in gnuplot's enhanced text
  double (*side)(const sweep_plan& p, const std::vector<double>& values);
};

/// The closed forms where there are any for this game and rule; else where the predicted rate is 1.
std::vector<boundary> boundaries_of(const sweep_plan& p);

} // namespace tool
