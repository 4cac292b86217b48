/// Rows of a diagram in batches, on the kernels of block_kernels.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "native.hpp"

namespace tool {

/// Plays the cells of a row, in memory that the next row uses again.
class row_player {
public:
  virtual ~row_player() = default;
  /// For each cell what simulate finds, bit for bit on any instruction set of one class. The game is of the kind and size
  /// that the player was chosen for.
  virtual void play(const native_game& game, const rule_steps<along_row>& steps, const outcomes& out) = 0;
};

/// One for `count` steps on games like this, by the program's own kernels, or those of saddle::kernels if an instruction
/// set was forced. Null where there are none.
std::unique_ptr<row_player> choose_player(std::string_view rule, const native_game& like, std::uint64_t count,
                                          look how);

} // namespace tool
