/// The interaction term that every two-player quadratic game shares.
#pragma once

#include <cstddef>

#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games::detail {

/// f + (Cω, −Cᵀθ), in one pass that loads each element of C once for both products.
template <class L, std::size_t P, std::size_t Q> SADDLE_INLINE constexpr point<L, P, Q>
coupling(const mat<L, P, Q>& C, const point<L, P, Q>& z, point<L, P, Q> f) noexcept {
  if constexpr (requires { coupled(C, z, f); }) {
    return coupled(C, z, f); // a matrix that knows a better way: linalg/across.hpp
  } else {
    SADDLE_UNROLL
    for (std::size_t i = 0; i < P; ++i) {
      SADDLE_UNROLL
      for (std::size_t j = 0; j < Q; ++j) {
        f.theta[i] = fma(C(i, j), z.omega[j], f.theta[i]);
        f.omega[j] = fnma(C(i, j), z.theta[i], f.omega[j]);
      }
    }
    return f;
  }
}

/// (Cω, −Cᵀθ). A sum that starts from zero costs what a product costs and leaves one body.
template <class L, std::size_t P, std::size_t Q>
SADDLE_INLINE constexpr point<L, P, Q> coupling(const mat<L, P, Q>& C, const point<L, P, Q>& z) noexcept {
  if constexpr (requires { coupled(C, z); }) return coupled(C, z);
  else return coupling(C, z, point<L, P, Q>{zeros<L, P>(), zeros<L, Q>()});
}

} // namespace games::detail
} // namespace saddle::inline SADDLE_ISA
