/// A phase diagram as a picture.
#pragma once

#include <string>
#include <vector>

#include "output_file.hpp"
#include "sweep.hpp"

namespace tool {

/// Regimes in colours, a panel for each value of the list if there is one, with the boundaries that theory puts there.
/// Needs two axes; throws usage_error else.
void plot_sweep(const picture& to, const sweep_plan& p, const std::vector<sweep_row>& rows);

} // namespace tool
