/// Eigenvalues in the complex plane.
#pragma once

#include <complex>
#include <string>
#include <vector>

#include "output_file.hpp"

namespace tool {

/// A rule whose stable region is drawn; none for an empty name.
struct drawn_rule {
  std::string name;
  double eta = 0, gamma = 0;
};

/// Draws the eigenvalues of each matrix and, shaded, the eigenvalues at which the rule converges. Throws
/// std::invalid_argument for a rule that has no such region, file_error for a file that cannot be written.
void plot_spectra(const picture& to, const std::vector<std::vector<std::complex<double>>>& spectra,
                  const drawn_rule& rule);

} // namespace tool
