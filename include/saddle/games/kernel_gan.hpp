#pragma once

#include <cstddef>

#include <saddle/lane/elementary.hpp>
#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The GAN with a kernel discriminator (Becker et al. 2022): generated points x̃ⱼ on a line, true points xᵢ, and a
/// discriminator f in the reproducing kernel Hilbert space H of a kernel of width σ.
///
///     U(x̃, f) = Σ pᵢ f(xᵢ) − Σ p̃ⱼ f(x̃ⱼ) − ½λ‖f‖²
///     x̃ⱼ descends −p̃ⱼ f'(x̃ⱼ),    f descends λf − Σ pᵢ K(xᵢ, ·) + Σ p̃ⱼ K(x̃ⱼ, ·)
///
/// With a Gaussian kernel on the line, f is a sum over all positions that the generated points ever had: its memory grows
/// with every step. Here the kernel is the Gaussian one wrapped around a circle of circumference B, which has a Fourier
/// series with positive coefficients, cut off at m = `Frequencies`:
///
///     K(x, y) = c₀ + Σ 2cₖ cos(2πk(x − y)/B),      cₖ = (σ√(2π)/B) exp(−2(πσk/B)²),     k = 1, …, m
///
/// That is the kernel of a Hilbert space of 1 + 2m dimensions, so ω, the coordinates of f in an orthonormal basis, is all
/// of f after any number of steps: nothing is forgotten, the norm of f is that of ω, and every rule runs on it. It differs
/// from exp(−(x − y)²/(2σ²)) by the series' tail, below Σ_{k>m} 2cₖ (1e-13 for m ≥ 1.25 B/σ), and by the images at a
/// distance of B, below 2 exp(−(B − |x − y|)²/(2σ²)); `kernel_error` adds the two up.
/// The one-dimensional game is the one of the theory: near a true point coordinates decouple (`theory::isolated_point`).
/// Cost of a field: one `turn` and 10m multiply-adds for each generated point.
///
///     const auto game = saddle::games::kernel_gan<double, 1, 2, 30>::with({.truth = {{0}}, .mass = {{1}},
///         .generated_mass = {{0.5, 0.5}}, .lambda = 0.5, .sigma = 1, .circumference = 20});
template <class L, std::size_t True, std::size_t Generated, std::size_t Frequencies> struct kernel_gan {
  static constexpr std::size_t features = 1 + 2 * Frequencies;
  using lane_type = L;
  using point_type = point<L, Generated, features>;
  template <class M> using rebind = kernel_gan<M, True, Generated, Frequencies>;

  vec<L, Frequencies + 1> amplitude; ///< √c₀, √(2c₁), …
  vec<L, features> truth;            ///< Σ pᵢ K(xᵢ, ·)
  vec<L, Generated> mass;            ///< p̃ⱼ
  L lambda;                          ///< λ
  L frequency;                       ///< 1/B

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept {
    walk(f, x.amplitude...);
    walk(f, x.truth...);
    walk(f, x.mass...);
    walk(f, x.lambda...);
    walk(f, x.frequency...);
  }

  /// What the game is about, in the symbols above.
  struct setting {
    vec<L, True> truth;               ///< xᵢ
    vec<L, True> mass;                ///< pᵢ
    vec<L, Generated> generated_mass; ///< p̃ⱼ
    L lambda;                         ///< λ
    L sigma;                          ///< σ
    L circumference;                  ///< B
  };

  static constexpr kernel_gan with(const setting& s) noexcept {
    kernel_gan r;
    r.frequency = broadcast<L>(1) / s.circumference;
    r.lambda = s.lambda;
    r.mass = s.generated_mass;
    for (std::size_t k = 0; k <= Frequencies; ++k)
      r.amplitude[k] = sqrt(broadcast<L>(k == 0 ? 1 : 2) * coefficient(s.sigma * r.frequency, k));
    r.truth = zeros<L, features>();
    for (std::size_t i = 0; i < True; ++i) r.truth = fma(s.mass[i], r.features_at(s.truth[i]), r.truth);
    return r;
  }

  /// A bound on |K(x, y) − exp(−(x − y)²/(2σ²))| for points at most `apart` from each other, apart ≤ B/2.
  static constexpr L kernel_error(const L& sigma, const L& circumference, const L& apart) noexcept {
    const L one = broadcast<L>(1), two = broadcast<L>(2), half = broadcast<L>(scalar_t<L>(0.5));
    const L width = sigma / circumference, turns = circumference / sigma, reach = (circumference - apart) / sigma;
    // An image a turn further is smaller by at least this, since apart ≤ B/2: a geometric series on either side.
    const L images = two * exp(-(half * reach * reach)) / (one - exp(-(turns * turns)));
    // The ratio of two coefficients, c_{m+2}/c_{m+1}, falls along the tail: less than a geometric series. Cut too early, that
    // says less than that the whole series is the wrapped kernel at 0.
    const L root = broadcast<L>(scalar_t<L>(3.14159265358979324)) * width;
    const L ratio = exp(-(two * root * root * broadcast<L>(static_cast<scalar_t<L>>(2 * Frequencies + 3))));
    const L whole = one + two * exp(-(half * turns * turns)) / (one - exp(-(turns * turns)));
    const L tail = min(two * coefficient(width, Frequencies + 1) / (one - ratio), whole);
    return tail + images;
  }

  /// φ(x): f(x) = ⟨ω, φ(x)⟩ and K(x, y) = ⟨φ(x), φ(y)⟩.
  template <class M> constexpr vec<M, features> features_at(const M& x) const noexcept {
    vec<M, features> r;
    r[0] = constant<M>(amplitude[0]);
    each_frequency(x, [&](std::size_t k, const M& c, const M& s) {
      r[2 * k - 1] = amplitude[k] * c;
      r[2 * k] = amplitude[k] * s;
    });
    return r;
  }

  /// f(x) for the discriminator of a point z.
  template <class M> constexpr M discriminator(const point<M, Generated, features>& z, const M& x) const noexcept {
    return dot(z.omega, features_at(x));
  }

  template <class M>
  constexpr point<M, Generated, features> field(const point<M, Generated, features>& z) const noexcept {
    point<M, Generated, features> f;
    for (std::size_t k = 0; k < features; ++k) f.omega[k] = lambda * z.omega[k] - truth[k];
    const L full = broadcast<L>(scalar_t<L>(6.28318530717958647692)) * frequency;
    for (std::size_t j = 0; j < Generated; ++j) {
      M slope = broadcast<M>(0);
      f.omega[0] = f.omega[0] + mass[j] * amplitude[0];
      each_frequency(z.theta[j], [&](std::size_t k, const M& c, const M& s) {
        const L weight = mass[j] * amplitude[k];
        const L steep = broadcast<L>(static_cast<scalar_t<L>>(k)) * amplitude[k];
        f.omega[2 * k - 1] = fma(weight, c, f.omega[2 * k - 1]);
        f.omega[2 * k] = fma(weight, s, f.omega[2 * k]);
        slope = fma(steep, z.omega[2 * k] * c - z.omega[2 * k - 1] * s, slope);
      });
      f.theta[j] = -(mass[j] * full * slope);
    }
    return f;
  }

  /// The discriminator that answers generated points at rest: λf = Σ pᵢ K(xᵢ, ·) − Σ p̃ⱼ K(x̃ⱼ, ·). λ > 0.
  constexpr point_type best_answer(const vec<L, Generated>& at) const noexcept {
    point_type z{at, zeros<L, features>()};
    const point_type f = field(z);
    for (std::size_t k = 0; k < features; ++k) z.omega[k] = -f.omega[k] / lambda;
    return z;
  }

private:
  /// A lane of the parameters as one of the point: itself, or a dual number without derivatives.
  template <class M> static constexpr M constant(const L& a) noexcept { return broadcast<M>(0) + a; }

  /// cₖ for σ/B.
  static constexpr L coefficient(const L& width, std::size_t k) noexcept {
    const L root = broadcast<L>(scalar_t<L>(2.5066282746310002)), pi = broadcast<L>(scalar_t<L>(3.14159265358979324));
    const L x = pi * width * broadcast<L>(static_cast<scalar_t<L>>(k));
    return width * root * exp(-(broadcast<L>(2) * x * x));
  }

  /// f(k, cos 2πkx/B, sin 2πkx/B) for k = 1, …, m, each from the one before by a rotation.
  template <class M, class F> constexpr void each_frequency(const M& x, F f) const noexcept {
    const auto one = turn(frequency * x);
    M c = one.cosine, s = one.sine;
    for (std::size_t k = 1; k <= Frequencies; ++k) {
      f(k, c, s);
      const M next = c * one.cosine - s * one.sine;
      s = fma(s, one.cosine, c * one.sine);
      c = next;
    }
  }
};

} // namespace games
} // namespace saddle::inline SADDLE_ISA
