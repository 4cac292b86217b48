/// OpenBLAS, one game: a matrix-vector product a call. Its overhead is what small sizes see; it needs n of 16 to be of use.
/// A rule is a file of the folder openblas.
#pragma once

#include <cblas.h>

#include "step/arrays.hpp"

namespace bench::step::BENCH_PEER {

inline void product(CBLAS_TRANSPOSE form, int n, double a, const double* c, const double* x, double b, double* y) {
  cblas_dgemv(CblasRowMajor, form, n, n, a, c, n, x, 1, b, y, 1);
}
inline void product(CBLAS_TRANSPOSE form, int n, float a, const float* c, const float* x, float b, float* y) {
  cblas_sgemv(CblasRowMajor, form, n, n, a, c, n, x, 1, b, y, 1);
}

} // namespace bench::step::BENCH_PEER
