/// The dominant eigenvalue by power iteration on two vectors, so that a complex pair is found as well.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/estimate.hpp>
#include <saddle/spectral/detail/outcome.hpp>
#include <saddle/spectral/detail/power_of_two.hpp>

namespace saddle::inline SADDLE_ISA {

/// re ± i·im with im ≥ 0. The pair is an exact eigenvalue of A + E for some ‖E‖₂ ≤ residual.
template <class L> struct dominant_eigenvalue {
  L re, im;
  L residual;
  per_lane<saddle::status, width<L>> status;
};

namespace detail {

/// Multiples of the golden ratio and of √2, modulo 1: no pattern that a structured matrix could annihilate. A constant, because
/// it is computed in double, which a processor for float has in software.
template <class T, std::size_t N> struct irregular_pair {
  T first[N]{}, second[N]{};
  constexpr irregular_pair() noexcept {
    for (std::size_t i = 0; i < N; ++i) {
      const double golden = 0.6180339887498949 * static_cast<double>(i + 1),
                   root = 0.4142135623730951 * static_cast<double>(i + 1);
      first[i] = static_cast<T>(golden - static_cast<double>(static_cast<int>(golden)) + 0.25);
      second[i] = static_cast<T>(root - static_cast<double>(static_cast<int>(root)) - 0.5);
    }
  }
};

/// Makes the columns of z orthonormal. A column that vanishes keeps what q has: A maps q's column there to nothing.
template <class L, std::size_t N> constexpr void next_basis(vec<L, N> (&q)[2], vec<L, N> (&z)[2]) noexcept {
  using T = scalar_t<L>;
  const L faint = broadcast<L>(two_to<T>(std::numeric_limits<T>::min_exponent * 3 / 4)), one = broadcast<L>(1);
  for (int c = 0; c < 2; ++c) {
    // Scaled to length about 1 before it is orthogonalised: what the second pass removes is then absolute.
    for (int pass = 0; pass < 2; ++pass) {
      const L square = dot(z[c], z[c]);
      const auto vanished = square < faint;
      const L inverse = one / select(vanished, one, sqrt(square));
      for (std::size_t i = 0; i < N; ++i) z[c][i] = select(vanished, q[c][i], z[c][i] * inverse);
      if (c == 1) {
        const L s = dot(z[0], z[1]);
        for (std::size_t i = 0; i < N; ++i) z[1][i] = fnma(s, z[0][i], z[1][i]);
      }
    }
    const L square = dot(z[c], z[c]);
    const auto vanished = square < faint;
    const L inverse = select(vanished, broadcast<L>(0), one / sqrt(select(vanished, one, square)));
    for (std::size_t i = 0; i < N; ++i) q[c][i] = z[c][i] * inverse;
  }
}

} // namespace detail

/// The eigenvalue of largest modulus, with its conjugate if it is complex: `steps` products with A of two vectors that are
/// kept orthonormal, then the eigenvalues of the 2 × 2 matrix QᵀAQ.
///
/// Converges like |λ₃/λ₁|^steps for a complex pair or ±λ, |λ₂/λ₁|^steps at worst for a real one. The start vectors are
/// fixed and irregular; a matrix whose dominant eigenvectors are orthogonal to both gets another eigenvalue.
/// `residual` holds for whatever was found: ‖AQ − QH‖_F for a pair, ‖Ax − λx‖ for a real value; it is not how far λ is
/// from an eigenvalue of a non-normal A. status: converged where residual ≤ N·√ε·‖A‖_F, else not_converged; non_finite.
/// Cost 4N² flops a step.
///
///     const auto d = saddle::power_iteration(saddle::mat<double, 2, 2>{{1, -2, 2, 1}});   // 1 ± 2i
template <class L, std::size_t N>
constexpr dominant_eigenvalue<L> power_iteration(const mat<L, N, N>& a, int steps = 200) noexcept {
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), half = broadcast<L>(T(0.5)), one = broadcast<L>(1);
  const auto size = detail::magnitude_of(a);
  const detail::power_scale<L> scale(size.largest);
  mat<L, N, N> b;
  for (std::size_t i = 0; i < N * N; ++i) b.v[i] = select(size.bounded, scale.down(a.v[i]), zero);

  constexpr detail::irregular_pair<T, N> from;
  vec<L, N> q[2], z[2];
  for (std::size_t i = 0; i < N; ++i) {
    z[0][i] = broadcast<L>(from.first[i]);
    z[1][i] = broadcast<L>(from.second[i]);
    q[0][i] = q[1][i] = zero;
  }
  detail::next_basis(q, z);
  for (int k = 0; k < steps; ++k) {
    z[0] = detail::product(b, q[0]);
    z[1] = detail::product(b, q[1]);
    detail::next_basis(q, z);
  }
  z[0] = detail::product(b, q[0]);
  z[1] = detail::product(b, q[1]);
  const L h00 = dot(q[0], z[0]), h01 = dot(q[0], z[1]), h10 = dot(q[1], z[0]), h11 = dot(q[1], z[1]);

  const L mean = half * (h00 + h11), apart = half * (h00 - h11);
  const L discriminant = fma(apart, apart, h01 * h10);
  const auto complex = discriminant < zero;
  const L root = sqrt(abs(discriminant));
  const L real = select(mean < zero, mean - root, mean + root);
  const L re = select(complex, mean, real), im = select(complex, root, zero);

  // The Ritz vector of a real value, from the row of H − λI that says more.
  const L up = real - h11, down = real - h00;
  const auto first = abs(up) + abs(h10) > abs(h01) + abs(down);
  L s0 = select(first, up, h01), s1 = select(first, h10, down);
  const L length = sqrt(fma(s0, s0, s1 * s1));
  const auto scalar_matrix = length == zero;
  const L inverse = one / select(scalar_matrix, one, length);
  s0 = select(scalar_matrix, one, s0 * inverse);
  s1 = select(scalar_matrix, zero, s1 * inverse);
  L of_pair = zero, of_value = zero, frobenius = zero;
  for (std::size_t i = 0; i < N; ++i) {
    const L r0 = fnma(h10, q[1][i], fnma(h00, q[0][i], z[0][i])), r1 = fnma(h11, q[1][i], fnma(h01, q[0][i], z[1][i]));
    const L r = fnma(real, fma(s0, q[0][i], s1 * q[1][i]), fma(s0, z[0][i], s1 * z[1][i]));
    of_pair = fma(r0, r0, fma(r1, r1, of_pair));
    of_value = fma(r, r, of_value);
  }
  for (const L& x : b.v) frobenius = fma(x, x, frobenius);
  // The residual is itself computed with rounding of N·ε·‖A‖.
  const L size_of_b = sqrt(frobenius);
  const L residual = fma(size_of_b, detail::units<L>(2 * N), sqrt(select(complex, of_pair, of_value)));

  dominant_eigenvalue<L> r;
  r.re = select(size.bounded, scale.up(re), detail::nan<L>());
  r.im = select(size.bounded, scale.up(im), detail::nan<L>());
  r.residual = select(size.bounded, scale.up(residual), detail::nan<L>());
  const auto small = residual <= broadcast<L>(static_cast<T>(N) * sqrt(epsilon<T>)) * size_of_b, here = finite(r.re);
  for (std::size_t i = 0; i < width<L>; ++i)
    r.status[i] = !get(size.bounded, i) || !get(here, i) ? status::non_finite
                  : get(small, i)                        ? status::converged
                                                         : status::not_converged;
  return r;
}

} // namespace saddle::inline SADDLE_ISA
