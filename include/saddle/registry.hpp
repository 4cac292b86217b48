/// The registry as types: every rule, game and shipped dimension, for code that loops over all of them.
#pragma once

#include <cstddef>

#include <saddle/registry_includes.hpp>

namespace saddle::inline SADDLE_ISA::registry {

// The parameters of the X-macros below; a line of the list that a macro leaves empty vanishes.
#define SADDLE_DYNAMICS(id, name)
#define SADDLE_GAME(id, name)
#define SADDLE_SPECTRAL(id, name)
#define SADDLE_DIMENSIONS(P, Q)

/// Calls f.template operator()<Rule>(id, name) for every rule.
template <class F> constexpr void each_dynamics(F&& f) {
#undef SADDLE_DYNAMICS
#define SADDLE_DYNAMICS(id, name) f.template operator()<dynamics::name>(id, #name);
#include <saddle/registry.def>
#undef SADDLE_DYNAMICS
#define SADDLE_DYNAMICS(id, name)
}

/// Calls f.template operator()<P, Q>() for every shipped pair of dimensions.
template <class F> constexpr void each_dimensions(F&& f) {
#undef SADDLE_DIMENSIONS
#define SADDLE_DIMENSIONS(P, Q) f.template operator()<P, Q>();
#include <saddle/registry.def>
#undef SADDLE_DIMENSIONS
#define SADDLE_DIMENSIONS(P, Q)
}

#undef SADDLE_DYNAMICS
#undef SADDLE_GAME
#undef SADDLE_SPECTRAL
#undef SADDLE_DIMENSIONS

} // namespace saddle::inline SADDLE_ISA::registry
