/// The interaction term that every two-player quadratic game shares.
#pragma once

#include <cstddef>

#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games::detail {

/// f + (Cω, −Cᵀθ), in one pass that loads each element of C once for both products.
template <class L, std::size_t P, std::size_t Q> SADDLE_INLINE constexpr point<L, P, Q>
coupling(const mat<L, P, Q>& C, const point<L, P, Q>& z, point<L, P, Q> f) noexcept {
  if constexpr (requires { coupled(C, z, f); }) {
    return coupled(C, z, f); // a matrix that knows a better way: linalg/across.hpp
  } else if constexpr (short_rows<P>) {
    // One after the other: of a loop that has both, a rule that wants one player's gradient computes the other's too.
    f.theta = fma(C, z.omega, f.theta);
    SADDLE_NO_UNROLL
    for (std::size_t i = 0; i < P; ++i) {
      SADDLE_UNROLL
      for (std::size_t j = 0; j < Q; ++j) f.omega[j] = fnma(C(i, j), z.theta[i], f.omega[j]);
    }
    return f;
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

/// Adds ηθηω·CᵀR to the lower triangle of S: what two implicit steps of players who see each other have in common.
template <class L, std::size_t P, std::size_t Q> SADDLE_INLINE constexpr void
add_product(mat<L, Q, Q>& s, const L& product, const mat<L, P, Q>& C, const mat<L, P, Q>& R) noexcept {
  constexpr bool loops = saddle::detail::short_factors<L, Q>;
  each_index<loops>(0, Q, [&](std::size_t i) SADDLE_INLINE_LAMBDA {
    each_index<loops>(0, i + 1, [&](std::size_t j) SADDLE_INLINE_LAMBDA {
      for (std::size_t k = 0; k < P; ++k) s(i, j) = fma(product * C(k, i), R(k, j), s(i, j));
    });
  });
}

} // namespace games::detail
} // namespace saddle::inline SADDLE_ISA
