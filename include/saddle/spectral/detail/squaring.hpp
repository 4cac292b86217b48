/// Bounds of the spectral radius from repeated squaring, with every rounding accounted for.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/spectral/detail/estimate.hpp>
#include <saddle/spectral/detail/power_of_two.hpp>

namespace saddle::inline SADDLE_ISA::detail {

template <class L> struct radius_bounds {
  L lower, value, upper; ///< lower ≤ ρ ≤ upper is proved; value is the last level's ‖·‖^(1/m), clamped
};

/// Squarings that gain more than their rounding costs.
template <class T> inline constexpr int squarings = std::numeric_limits<T>::digits * 3 / 5;

/// ρ(B + E) for the worst E with ‖E‖_∞ ≤ delta.
///
/// Level k holds B_k = A^(2ᵏ) up to a power of two, and delta_k ≥ ‖exact − computed‖_∞. At every level
///   ρ ≤ ‖B_k‖,   ρ ≥ |tr B_k|/N,   and by Cayley–Hamilton, for p = 2^q ≥ N, ρ(B) ≥ (2^(1/N) − 1)·‖Bᵖ‖/‖B‖^(p−1):
/// the coefficients of the characteristic polynomial are at most C(N, j)·ρʲ, so ‖B^N‖ ≤ (‖B‖ + ρ)^N − ‖B‖^N.
/// The best of all levels is carried down by square roots, which halve relative errors each time.
template <int Squarings, class L, std::size_t N>
constexpr radius_bounds<L> bound_radius(mat<L, N, N> b, L delta) noexcept {
  using T = scalar_t<L>;
  constexpr int levels = Squarings + 1;
  constexpr int q = [] {
    int bits = 0;
    while ((std::size_t{1} << bits) < N) ++bits;
    return bits;
  }();
  static_assert(q <= Squarings, "spectral_radius needs more squarings than log2(N)");
  const L zero = broadcast<L>(0), one = broadcast<L>(1), n = broadcast<L>(static_cast<T>(N));
  const L more = broadcast<L>(T(1) + T(8) * epsilon<T>), less = broadcast<L>(T(1) - T(8) * epsilon<T>);
  const L faint = broadcast<L>(two_to<T>(std::numeric_limits<T>::min_exponent / 2));
  const L lost = broadcast<L>(static_cast<T>(N) * std::numeric_limits<T>::min()); // what underflow can hide
  vec<L, levels> norm{}, trace{}, error{}, power{};
  mask_t<L> hopeless(false);
  for (int k = 0; k < levels; ++k) {
    const auto at = static_cast<std::size_t>(k);
    L sum = largest_row_sum(b);
    const auto vanished = sum < faint;
    delta = select(vanished, delta + sum, delta);
    const L factor = select(vanished, one, leading_power(sum)), inverse = one / factor;
    for (auto& x : b.v) x = select(vanished, zero, x * inverse);
    power[at] = factor;
    norm[at] = sum = select(vanished, zero, sum * inverse) * fma(n, broadcast<L>(epsilon<T>), one);
    delta = (delta * inverse + lost) * more;
    // A bound that has outgrown the matrix says nothing any more; left to itself it would overflow, and ∞·0 is NaN.
    const auto outgrown = delta > one;
    hopeless = hopeless | outgrown;
    error[at] = select(hopeless, broadcast<L>(std::numeric_limits<T>::infinity()), delta);
    delta = select(hopeless, one, delta);
    L diagonal = b(0, 0);
    for (std::size_t i = 1; i < N; ++i) diagonal = diagonal + b(i, i);
    trace[at] = abs(diagonal) / n - fma(sum, units<L>(N), error[at]);
    if (k + 1 == levels) break;
    delta = fma(delta, delta, fma(broadcast<L>(2) * sum, delta, sum * sum * units<L>(N))) * more;
    b = product(b, b);
  }

  L share = one; // ‖Bᵖ‖/‖B‖ᵖ of the level q below the last
  for (int k = Squarings - q; k < Squarings; ++k) {
    const auto at = static_cast<std::size_t>(k);
    const L whole = (norm[at] + error[at]) * more;
    const L left = max(norm[at + 1] * (one - units<L>(2 * N)) - error[at + 1], zero);
    const auto useless = left == zero;
    share = select(useless, zero, share * share * (left * power[at + 1] / (whole * whole)) * less);
  }
  radius_bounds<L> r{zero, norm[levels - 1], norm[levels - 1] + error[levels - 1]};
  for (int k = Squarings; k >= 0; --k) {
    const auto at = static_cast<std::size_t>(k);
    r.upper = min((norm[at] + error[at]) * more, r.upper);
    r.lower = max(trace[at], r.lower);
    if (k == Squarings - q) {
      const L whole = max(norm[at] * (one - units<L>(2 * N)) - error[at], zero);
      r.lower = max(whole * share * (broadcast<L>(T(0.69)) / n), r.lower);
    }
    if (k == 0) break;
    r.upper = sqrt(r.upper * power[at]) * more;
    r.lower = sqrt(r.lower * power[at]) * less;
    r.value = sqrt(r.value * power[at]);
  }
  r = {r.lower * power[0], r.value * power[0], r.upper * power[0]};
  r.value = max(r.lower, min(r.upper, r.value));
  return r;
}

} // namespace saddle::inline SADDLE_ISA::detail
