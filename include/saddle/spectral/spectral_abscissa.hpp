/// The spectral abscissa, at a fixed cost.
#pragma once

#include <cstddef>

#include <saddle/spectral/detail/squaring.hpp>

namespace saddle::inline SADDLE_ISA {

namespace detail {

/// ln r for r in [1/2, 2]: 2·artanh((r − 1)/(r + 1)), |argument| ≤ 1/3, to a few ε.
template <class L> constexpr L logarithm(const L& r) noexcept {
  using T = scalar_t<L>;
  const L one = broadcast<L>(1), z = (r - one) / (r + one), square = z * z;
  constexpr int terms = std::numeric_limits<T>::digits / 3 + 1; // 9^-terms < ε
  L sum = broadcast<L>(0);
  for (int k = terms; k >= 0; --k) sum = fma(sum, square, broadcast<L>(T(1) / T(2 * k + 1)));
  return broadcast<L>(2) * z * sum;
}

} // namespace detail

/// α(A) = max Re λ, from ρ(e^(hA)) = e^(hα) with h·‖A‖_∞ in [1/4, 1/2): the exponential by its Taylor series, its spectral
/// radius by squaring.
///
/// error_bound is proved, rounding, truncated series and all; it is a multiple of ‖A‖_∞, and behaves as that of
/// `spectral_radius`. For a game's Jacobian J and its flow ż = −F(z): stable where spectral_abscissa(−J) < 0.
/// α(2ᵏ·A) = 2ᵏ·α(A) exactly between normal numbers. Cost about 2N³·(Squarings + 15) flops. status: ok, non_finite.
///
///     const auto alpha = saddle::spectral_abscissa(saddle::mat<double, 2, 2>{{-1, 5, -5, -1}});   // −1
template <class L, std::size_t N> constexpr estimate<L> spectral_abscissa(const mat<L, N, N>& a) noexcept {
  using T = scalar_t<L>;
  constexpr int terms = std::numeric_limits<T>::digits / 4 + 3; // (1/2)^terms/terms! < ε/8
  const auto size = detail::magnitude_of(a);
  if constexpr (N == 1) return detail::estimated(a(0, 0), broadcast<L>(0), size.bounded);
  else {
    const L one = broadcast<L>(1), zero = broadcast<L>(0);
    const detail::power_scale<L> scale(size.largest);
    mat<L, N, N> x;
    for (std::size_t i = 0; i < N * N; ++i) x.v[i] = select(size.bounded, scale.down(a.v[i]), zero);
    const L sum = detail::largest_row_sum(x), four = broadcast<L>(4);
    const auto nothing = sum == zero;
    const L h = one / (four * select(nothing, one, detail::leading_power(sum)));
    for (auto& element : x.v) element = element * h;

    // Horner: I + X(I + X/2·(I + X/3·(…))). A step's rounding is halved by the next ones: all of it is below δ.
    mat<L, N, N> e = identity<L, N>();
    for (int k = terms; k > 0; --k) {
      e = detail::product(x, e);
      const L divisor = broadcast<L>(static_cast<T>(k));
      for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j < N; ++j) e(i, j) = i == j ? one + e(i, j) / divisor : e(i, j) / divisor;
    }
    const L delta = broadcast<L>(T(4) * static_cast<T>(N + 4) * epsilon<T>);
    auto r = detail::bound_radius<detail::squarings<T>>(e, delta);
    // |hα| ≤ 1/2 whatever the bounds say: e^(−1/2) > 0.6, e^(1/2) < 1.65.
    r.lower = max(r.lower, broadcast<L>(T(0.6)));
    r.upper = min(r.upper, broadcast<L>(T(1.65)));
    r.value = max(r.lower, min(r.upper, r.value));
    const L value = detail::logarithm(r.value), slack = broadcast<L>(T(16) * epsilon<T>);
    const L side = max(detail::logarithm(r.upper) - value, value - detail::logarithm(r.lower)) + slack;
    const L back = four * select(nothing, one, detail::leading_power(sum));
    return detail::estimated(
        select(nothing, zero, scale.up(value * back)),
        select(nothing, zero, scale.up(side * back) + broadcast<L>(std::numeric_limits<T>::denorm_min())),
        size.bounded);
  }
}

} // namespace saddle::inline SADDLE_ISA
