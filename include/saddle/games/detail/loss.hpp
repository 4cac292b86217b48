/// What a discriminator's verdict is worth.
#pragma once

#include <cstdint>

#include <saddle/lane/elementary.hpp>

namespace saddle::inline SADDLE_ISA {
namespace games {

/// The function f of a GAN, U = E f(D(x)) + E f(−D(x̃)): the generator lowers U, the discriminator raises it.
enum class gan_loss : std::uint8_t {
  saturating,     ///< f(t) = −log(1 + e⁻ᵗ), the GAN of Goodfellow et al. 2014: f'(0) = ½, f''(0) = −¼
  non_saturating, ///< the same, and the generator raises E f(D(x̃)) instead: no zero-sum game
  wasserstein,    ///< f(t) = t (Arjovsky et al. 2017)
};

namespace detail {

/// f'(t), what the discriminator's verdict t on a true point weighs.
template <gan_loss Loss, class L> SADDLE_INLINE constexpr L slope(const L& t) noexcept {
  if constexpr (Loss == gan_loss::wasserstein) return broadcast<L>(1);
  else return sigmoid(-t);
}

/// What the verdict t on a generated point weighs for the generator: f'(−t) in the game of U, f'(t) if it does not
/// saturate.
template <gan_loss Loss, class L> SADDLE_INLINE constexpr L generator_slope(const L& t) noexcept {
  if constexpr (Loss == gan_loss::non_saturating) return slope<Loss>(t);
  else return slope<Loss>(-t);
}

} // namespace detail
} // namespace games
} // namespace saddle::inline SADDLE_ISA
