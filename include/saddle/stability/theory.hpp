/// Step sizes and iteration bounds that theorems give, as functions of a game's constants.
///
///     ‖z_T − z*‖ ≤ ε   for   T ≥ ⌈steps · log(factor · δ/ε)⌉,   δ = ‖z₀ − z*‖
///
/// Symbols: σ₁ and σr are the largest and the smallest non-zero singular value of C, λmax = σ₁² and λmin = σr²; M is
/// the Jacobian of the field, D its symmetric part, L = ‖M‖₂, μ = λmin(D). For P ≠ Q or a rank-deficient C, z* is the
/// orthogonal projection of z₀ onto the null space: the components in it never move, and σr rules the others.
///
/// Each function says where it comes from. `published` is the form of the paper that is named, `derived` is worked out
/// in the comment. Arguments must be positive; the result for others means nothing.
#pragma once

#include <bit>
#include <cstdint>

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {
namespace theory {

enum class origin : std::uint8_t {
  published, ///< as in the paper
  derived,   ///< follows from the argument in the comment, sharper or more general than the paper
};

/// What a theorem says about one rule on one game.
template <class T> struct bound {
  T eta;         ///< step size of both players
  T gamma;       ///< second parameter of both players, 0 for a rule that has none
  T steps;       ///< steps that shrink the distance by e
  T factor;      ///< what δ/ε is multiplied with: above 1 where the iteration matrix is not normal
  origin source; ///< who says so
};

namespace detail {

/// 2 artanh(s) for |s| ≤ 0.172: the series ends where its terms drop below a unit in the last place.
constexpr double twice_artanh(double s) noexcept {
  double series = 0;
  for (int k = 25; k >= 1; k -= 2) series = series * s * s + 1.0 / k;
  return 2 * s * series;
}

/// Natural logarithm of a positive normal number, to a few units in the last place, in constant expressions too:
/// x = m·2^e with √½ ≤ m < √2, and log m = 2 artanh((m − 1)/(m + 1)).
constexpr double log(double x) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int e = static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & ((std::uint64_t{1} << 52) - 1)) | (std::uint64_t{1023} << 52));
  if (m > 1.4142135623730951) {
    m /= 2;
    ++e;
  }
  return e * 0.6931471805599453 + twice_artanh((m - 1) / (m + 1));
}

/// log(1 + x) for x ≥ 0, without losing what 1 + x rounds away.
constexpr double log1p(double x) noexcept { return x < 0.4 ? twice_artanh(x / (2 + x)) : log(1 + x); }

/// The smallest whole number that is at least x, for 0 < x < 2⁶³; the largest std::uint64_t above.
constexpr std::uint64_t ceiling(double x) noexcept {
  if (!(x > 0)) return 0;
  if (x >= 9.2e18) return ~std::uint64_t{0};
  const auto whole = static_cast<std::uint64_t>(x);
  return whole + (static_cast<double>(whole) < x ? 1 : 0);
}

} // namespace detail

/// T = ⌈steps · log(factor · δ/ε)⌉: steps that shrink a distance δ to ε. 0 when it is that small already.
template <class T> constexpr std::uint64_t iterations(const bound<T>& b, T delta, T epsilon) noexcept {
  return detail::ceiling(double(b.steps) * detail::log(double(b.factor) * double(delta) / double(epsilon)));
}

/// `simultaneous` where D ≻ 0 (a stable quadratic equilibrium). Published: Liang & Stokes 2019, theorem on SGA.
///
///     η = μ/L²      T = ⌈2 (L²/μ²) log(δ/ε)⌉
///
/// With their α = λmin(D²) = μ² and β = λmax(MᵀM) = L², η = √α/β and ‖I − ηM‖² ≤ 1 − α/β. Interaction slows it down:
/// CCᵀ is part of β and not of α.
template <class T> constexpr bound<T> simultaneous_stable(T mu, T lipschitz) noexcept {
  const T ratio = lipschitz / mu;
  return {mu / (lipschitz * lipschitz), T(0), 2 * ratio * ratio, T(1), origin::published};
}

/// `optimistic` on a bilinear game. Published: Liang & Stokes 2019, theorem on OMD, there for P = Q and full rank.
///
///     η = 1/(2√(2λmax))      T = ⌈16 (λmax/λmin) log(4√2 δ/ε)⌉
///
/// Per mode ρ² ≤ 1 − η²σ² gives 16κ², and eigenvalues at least 1/√2 apart give the 4√2.
template <class T> constexpr bound<T> optimistic_bilinear(T largest, T smallest) noexcept {
  const T ratio = largest / smallest, root2 = sqrt(T(2));
  return {1 / (2 * root2 * largest), T(0), 16 * ratio * ratio, 4 * root2, origin::published};
}

/// `consensus` and `predictive` on a bilinear game, any γ > 0. Published: Liang & Stokes 2019, theorems on CO and PM.
///
///     η = γλmin/(λmax + γ²λmax²)      T = ⌈2 (λmax + γ²λmax²)/(γ²λmin²) log(δ/ε)⌉
///
/// Grows like κ⁴ (4κ⁴ at γ = 1/σ₁): `consensus_bilinear` is the form to use.
template <class T> constexpr bound<T> consensus_bilinear_published(T largest, T smallest, T gamma) noexcept {
  const T top = largest * largest, low = smallest * smallest, beta = top + gamma * gamma * top * top;
  return {gamma * low / beta, gamma, 2 * beta / (gamma * gamma * low * low), T(1), origin::published};
}

/// `consensus` and `predictive` on a bilinear game, any γ > 0. Derived:
///
///     η = γ/(1 + γ²λmax)      T = ⌈2 (1 + γ²λmax)/(γ²λmin) log(δ/ε)⌉
///
/// |1 − ηγσ² ± iησ|² = 1 − ησ²(2γ − η(1 + γ²σ²)) ≤ 1 − ηγσ² for this η, and the matrix is normal. At γ = 1/σ₁ it reads
/// η = 1/(2σ₁), T = ⌈4κ² log(δ/ε)⌉.
template <class T> constexpr bound<T> consensus_bilinear(T largest, T smallest, T gamma) noexcept {
  const T top = largest * largest, low = smallest * smallest, square = gamma * gamma;
  return {gamma / (1 + square * top), gamma, 2 * (1 + square * top) / (square * low), T(1), origin::derived};
}

/// `consensus_bilinear_published` under the name of the other rule: on bilinear games the two are one iteration.
template <class T> constexpr bound<T> predictive_bilinear_published(T largest, T smallest, T gamma) noexcept {
  return consensus_bilinear_published(largest, smallest, gamma);
}

/// `consensus_bilinear` under the name of the other rule: on bilinear games the two are one iteration.
template <class T> constexpr bound<T> predictive_bilinear(T largest, T smallest, T gamma) noexcept {
  return consensus_bilinear(largest, smallest, gamma);
}

/// `consensus` where G = M + γMᵀM has λmin(G + Gᵀ)/2 = μG > 0 and ‖G‖ = LG. Derived: the rule is `simultaneous` on the
/// field Gz, so the theorem on SGA holds with μG and LG for μ and L. On a bilinear game this gives
/// `consensus_bilinear_published`.
template <class T> constexpr bound<T> consensus_stable(T mu_g, T lipschitz_g, T gamma) noexcept {
  bound<T> b = simultaneous_stable(mu_g, lipschitz_g);
  b.gamma = gamma;
  b.source = origin::derived;
  return b;
}

/// `implicit` on a bilinear game. Published: Liang & Stokes 2019, theorem on IU.
///
///     η = 1/√λmax      T = ⌈4 (λmax/λmin) log(δ/ε)⌉
///
/// From |λ|² = 1/(1 + η²σ²) and log(1 + x) ≥ x/2 on [0, 1]. Any η > 0 converges, larger is faster.
template <class T> constexpr bound<T> implicit_bilinear(T largest, T smallest) noexcept {
  const T ratio = largest / smallest;
  return {1 / largest, T(0), 4 * ratio * ratio, T(1), origin::published};
}

/// `implicit` where D ≻ 0, any η > 0. Derived: ‖(I + ηM)z‖² ≥ (1 + 2ημ)‖z‖², so each step shrinks the square of the
/// distance by 1 + 2ημ.
///
///     T = ⌈2/log(1 + 2ημ) · log(δ/ε)⌉
template <class T> constexpr bound<T> implicit_stable(T mu, T eta) noexcept {
  return {eta, T(0), T(2 / detail::log1p(2 * double(eta) * double(mu))), T(1), origin::derived};
}

/// `predictive` with γ = η (extragradient) where D ≻ 0. Derived:
///
///     η = γ = 1/(4L)      T = ⌈8 (L/μ) log(δ/ε)⌉
///
/// With y = z − ηMz:  ‖z⁺‖² ≤ (1 − ημ)‖z‖² − (1 − η²L² − 2ημ)‖z − y‖², and the second bracket is positive as μ ≤ L.
template <class T> constexpr bound<T> extragradient_stable(T mu, T lipschitz) noexcept {
  const T eta = 1 / (4 * lipschitz);
  return {eta, eta, 8 * lipschitz / mu, T(1), origin::derived};
}

} // namespace theory
} // namespace saddle::inline SADDLE_ISA
