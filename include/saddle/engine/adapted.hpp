/// What the engine hands to a rule: a user's game, completed with the products and the resolvent it does not write.
#pragma once

#include <saddle/engine/newton.hpp>
#include <saddle/lane/across.hpp>
#include <saddle/linalg/derivative.hpp>

namespace saddle::inline SADDLE_ISA {

/// A game seen through its field, its J·v and Jᵀ·v products, its Jacobian and its resolvent, whichever of them it has.
template <class G> struct adapted {
  const G& game;

  template <class Z> SADDLE_INLINE constexpr Z field(const Z& z) const noexcept { return game.field(z); }
  template <class Z> SADDLE_INLINE constexpr Z jvp(const Z& z, const Z& v) const noexcept {
    return saddle::jvp(game, z, v);
  }
  template <class Z> SADDLE_INLINE constexpr Z vjp(const Z& z, const Z& v) const noexcept {
    return saddle::vjp(game, z, v);
  }
  template <class Z> constexpr jacobian_t<Z> jacobian(const Z& z) const noexcept { return saddle::jacobian(game, z); }
  template <class Z> constexpr auto resolvent(const typename Z::step& eta) const noexcept {
    if constexpr (lies_across<typename Z::lane_type>)
      static_assert(!lies_across<typename Z::lane_type>,
                    "saddle: a game that lies across registers has no implicit update: run it on plain numbers");
    else if constexpr (requires { game.template resolvent<Z>(eta); }) return game.template resolvent<Z>(eta);
    else return newton_resolvent<G, Z>{game, eta};
  }
};

} // namespace saddle::inline SADDLE_ISA
