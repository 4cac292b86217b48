#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <saddle/spectral/eigenvalues.hpp>

#include "spectrum.hpp"

namespace tool {
namespace {

// The matrix in the corner of one of a fixed size. The rest is zero, which Householder reflectors keep apart exactly, so
// its eigenvalues stay behind those of the matrix.
template <class T, std::size_t N> void within(const matrix& m, spectrum& r) {
  auto padded = saddle::zero_matrix<T, N, N>();
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t k = 0; k < m.columns; ++k) padded(i, k) = static_cast<T>(m(i, k));
  const auto s = saddle::eigenvalues(padded);
  for (std::size_t i = 0; i < m.rows; ++i) r.values.emplace_back(s.re[i], s.im[i]);
  const saddle::status how = s.status;
  r.status = to_string(how);
  r.complete = how == saddle::status::ok;
}

} // namespace

template <class T> void require_representable(const matrix& m) {
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t k = 0; k < m.columns; ++k) {
      const auto x = static_cast<T>(m(i, k));
      if (std::isfinite(x) && (x != 0 || m(i, k) == 0)) continue;
      throw file_error{
          "", m.where,
          fmt::format("row {}, column {}: {} is too {} for float", i + 1, k + 1, m(i, k), x == 0 ? "small" : "large")};
    }
}

template <class T> spectrum spectrum_of(const matrix& m) {
  require_representable<T>(m);
  spectrum r;
  if (m.rows <= 4) within<T, 4>(m, r);
  else if (m.rows <= 8) within<T, 8>(m, r);
  else within<T, largest_matrix>(m, r);

  std::sort(r.values.begin(), r.values.end(), [](const auto& a, const auto& b) {
    return a.real() != b.real() ? a.real() > b.real() : a.imag() > b.imag();
  });
  r.abscissa = r.values.front().real();
  for (const auto& x : r.values) {
    r.radius = std::max(r.radius, std::abs(x));
    if (x.imag() != 0) r.turning = std::max(r.turning, std::abs(x.imag() / x.real()));
  }
  return r;
}

template void require_representable<float>(const matrix&);
template void require_representable<double>(const matrix&);
template spectrum spectrum_of<float>(const matrix&);
template spectrum spectrum_of<double>(const matrix&);

} // namespace tool
