/// How far a matrix is from one that has the values found.
#pragma once

#include <complex>
#include <vector>

#include "spectrum/task.hpp"

namespace bench::spectrum {

/// Relative to Frobenius' norm of the row-major matrix `a`: for symmetric eigenvalues and singular values the largest
/// distance from the exact ones (Weyl), for others the largest least singular value of A − λI.
double backward_error(operation what, const std::vector<double>& a, std::vector<std::complex<double>> values);

} // namespace bench::spectrum
