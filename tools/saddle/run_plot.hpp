/// A run as a table and as a picture.
#pragma once

#include <string>
#include <vector>

#include "output_file.hpp"
#include "runs.hpp"

namespace tool {

/// step, residual, coordinates: a line each, all digits.
std::string trajectory_csv(const run_result& r, const std::vector<std::string>& names);

/// The path in the plane of the first coordinates of θ and ω, and log ‖F‖ over the steps with the predicted slope.
void plot_run(const picture& to, const std::string& title, const run_result& r, const std::vector<std::string>& names,
              double predicted_rate);

} // namespace tool
