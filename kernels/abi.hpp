/// The only types that cross the wall between instruction sets: plain data and function pointers.
///
/// A translation unit of isa/ is compiled with flags that this machine may not have, so nothing with code in it (no
/// inline function, no template, no standard container) may be shared with it.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <saddle/saddle.h>

/// Says of a table that other units read it: g++ compiles the units of rules as programs of their own.
#if defined(__GNUC__) && !defined(__clang__)
#define SADDLE_READ_ELSEWHERE [[gnu::externally_visible]]
#else
#define SADDLE_READ_ELSEWHERE
#endif

/// One batch call, in blocks. A shared value is one block that holds it in every position, with a stride of zero.
struct saddle_kernel_call {
  const void* game;   // sweep: one row
  const void* start;  // sweep: one row, theta and omega
  size_t game_stride; // scalars from one block to the next
  const void* parameters;
  size_t parameter_stride;
  void* states;
  size_t games;
  uint64_t steps;            // run, sweep
  const saddle_limits* stop; // run_until
  const saddle_report* report;
};

using saddle_kernel_function = saddle_status (*)(const saddle_kernel_call*);

/// What one instruction set offers for one rule, game, pair of dimensions and scalar type.
struct saddle_kernel {
  uint16_t dynamics, game;
  uint8_t p, q;
  uint8_t scalar;                                          // saddle_scalar
  uint8_t parameter_count;                                 // step sizes a player
  uint32_t game_scalars, parameter_scalars, state_scalars; // scalars of one value
  saddle_kernel_function start, run, run_until, sweep;
};

/// All kernels of one rule on one instruction set.
struct saddle_kernel_table {
  const saddle_kernel* kernels;
  size_t count;
};

/// One call for the spectra of a batch of matrices, in blocks.
struct saddle_spectral_call {
  const void* matrices;
  void* values;
  size_t count;
  const saddle_spectral_report* report;
};

/// What one instruction set offers for one spectral estimate, size and scalar type.
struct saddle_spectral_kernel {
  uint16_t spectral;
  uint8_t n;
  uint8_t scalar;  // saddle_scalar
  uint32_t values; // scalars of one result
  saddle_status (*compute)(const saddle_spectral_call*);
};

/// All kernels of one spectral estimate on one instruction set.
struct saddle_spectral_table {
  const saddle_spectral_kernel* kernels;
  size_t count;
};
