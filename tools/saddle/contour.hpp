/// Curves on which a function of the plane is zero.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tool {

struct plane_point {
  double x, y;
};

/// The curves where a function changes its sign, from its values on a grid: values[i * (columns of x) + k] belongs to
/// (x[k], y[i]). Between grid points it is taken for linear. Squares with a value that is not finite are left out.
std::vector<std::vector<plane_point>> zero_curves(const std::vector<double>& x, const std::vector<double>& y,
                                                  const std::vector<double>& values);

/// `x,y` a line, an empty line between curves: how gnuplot reads them.
std::string as_csv(const std::vector<std::vector<plane_point>>& curves);

} // namespace tool
