/// Which instruction set's kernels run.
#pragma once

#include "abi.hpp"

namespace saddle_dispatch {

/// The kernels of one instruction set.
struct isa {
  const char* name;
  bool (*supported)();
  const saddle_kernel_table* const* rules;     // a table a rule, then null
  const saddle_spectral_table* const* spectra; // a table an estimate, then null
};

/// What this build has, best first.
struct isa_list {
  const isa* entries;
  size_t count;
};
isa_list built();

/// The one that is selected, or the best this machine runs.
const isa& current();

/// Selects by name, null for the best. False, and no change, where there is none that runs here.
bool select(const char* name);

/// The kernel of a problem on the current instruction set, or null.
const saddle_kernel* find(const saddle_problem& problem);
const saddle_spectral_kernel* find(const saddle_spectral_problem& problem);

} // namespace saddle_dispatch
