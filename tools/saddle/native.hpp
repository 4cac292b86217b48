/// Bilinear and quadratic games on batch kernels, of the sizes that these are compiled for: what `compare` times, and what
/// sweeps run on. SADDLE_TOOL_SIZES says which are compiled into the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "block_kernels.hpp"
#include "catalogue.hpp"
#include "runs.hpp"

namespace tool {

/// A number of each cell along a row of a diagram: its own, or one for all.
struct along_row {
  const double* each = nullptr;
  double common = 0;

  double operator[](std::size_t cell) const { return each != nullptr ? each[cell] : common; }
};

/// The numbers of the cells from `first` on; lanes behind the last cell repeat it.
template <class L> L lanes_of(const along_row& x, std::size_t first, std::size_t cells) {
  using saddle::insert;
  if (x.each == nullptr) return saddle::broadcast<L>(x.common);
  if (first + saddle::width<L> <= cells) return saddle::load<L>(x.each + first);
  L r = saddle::broadcast<L>(x.each[cells - 1]);
  for (std::size_t i = 0; first + i < cells; ++i) insert(r, i, x.each[first + i]);
  return r;
}

/// A game as these kernels take it.
struct native_game {
  game_kind kind = game_kind::bilinear;
  std::size_t p = 0, q = 0;
  std::vector<along_row> numbers; ///< in the order in which the library walks through the game
  std::vector<double> start;
};

/// Nothing where the game is of another kind.
std::optional<native_game> native_form(const settings<along_row>& s);
native_game native_form(const game_description& d);

/// Nanoseconds a step of one game, by itself and in a batch of 256.
struct step_times {
  double alone = 0, batch = 0;
  bool verified = true; ///< the timed runs gave the same bits alone and in the batch
};

/// With steps of size `eta`, which had better be tiny: arithmetic takes the same time for all of them except at the ends of
/// the number range, and a tiny step keeps the iterates away from those. Nothing where
/// there are no kernels.
template <class T> std::optional<step_times> native_times(std::string_view rule, const native_game& game, double eta);

/// The kernels of a rule on a game, and the same steps of one game by itself.
template <class T> class native_kernels : public kernels_in<T> {
public:
  virtual void alone(const T* game, const T* steps, T* state, std::uint64_t count) const = 0;
};

/// Those of one size, each in a translation unit of its own.
template <std::size_t P, std::size_t Q> struct native_size {
  template <class T> static std::unique_ptr<native_kernels<T>> kernels(std::string_view rule, game_kind kind);
};

/// Null where there are none.
template <class T> std::unique_ptr<native_kernels<T>> native_kernels_of(std::string_view rule, game_kind kind,
                                                                        std::size_t p, std::size_t q);

} // namespace tool
