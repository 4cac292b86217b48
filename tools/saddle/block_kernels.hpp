/// Rules on batches of games in the library's layout of blocks: kernels that this program has compiled into it, and those
/// of saddle::kernels, which exist for several instruction sets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <saddle/status.hpp>

#include "games_file.hpp"
#include "shape.hpp"

namespace tool {

/// Games, step sizes, the points to begin at and the states, a value each a game. `status`, if it is there, gets what
/// is said of each.
template <class T> struct tile_of {
  std::size_t games = 0;
  T *game = nullptr, *steps = nullptr, *points = nullptr, *states = nullptr;
  saddle::status* status = nullptr;
};
using tile = tile_of<double>;

template <class T> class kernels_in {
public:
  virtual ~kernels_in() = default;
  virtual void start(const tile_of<T>& t) const = 0;
  virtual void run(const tile_of<T>& t, std::uint64_t steps) const = 0;

  std::size_t step_scalars = 0, state_scalars = 0;
  bool can_fail = false; ///< a step solves an equation, which may have no solution
};
using block_kernels = kernels_in<double>;

/// Those compiled into this program, at its own instruction set; null where there are none.
std::unique_ptr<block_kernels> own_kernels(std::string_view rule, game_kind kind, std::size_t p, std::size_t q);

/// Those of saddle::kernels at the instruction set that is selected; null where there are none, or the program does not
/// have the library.
std::unique_ptr<block_kernels> compiled_kernels(std::string_view rule, game_kind kind, std::size_t p, std::size_t q);

/// The instruction sets of saddle::kernels that this machine runs, best first; none without the library.
std::vector<std::string_view> compiled_isas();

/// All that is computed from here on is to run on this one, by name: false where there is none. Compiled kernels are used
/// then wherever there are any.
bool force_isa(std::string_view name);

/// What was forced; empty if nothing was.
std::string_view forced_isa();

/// Throws usage_error if an instruction set was forced that is not the program's own: for what no compiled kernel does.
void require_own_isa(std::string_view what);

/// ‖F‖² of each iterate, and its place if there is room for `places`, a vector of games after the other.
using look_function = void (*)(const tile& t, std::size_t state_scalars, wide* squared, wide* places);

/// Null where there is none for the size.
look_function look_of(game_kind kind, std::size_t p, std::size_t q);

} // namespace tool
