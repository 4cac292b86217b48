#include "spectral/operations.hpp"

namespace spectral {

#define SADDLE_DYNAMICS(id, name)
#define SADDLE_GAME(id, name)
#define SADDLE_DIMENSIONS(P, Q)

// Each is compiled from instances.cpp.in.
#define SADDLE_SPECTRAL(id, name) void add_##name(catalogue&);
#include <saddle/registry.def>
#undef SADDLE_SPECTRAL

const catalogue& registered() {
  static const catalogue all = [] {
    catalogue r;
#define SADDLE_SPECTRAL(id, name) add_##name(r);
#include <saddle/registry.def>
#undef SADDLE_SPECTRAL
    return r;
  }();
  return all;
}

} // namespace spectral
