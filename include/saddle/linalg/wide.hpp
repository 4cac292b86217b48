/// One game in the widest vectors of this translation unit, for a game that is run alone and has two or more numbers a
/// player. Three calls around a run, and the rule and the game are the ones you have:
///
///     const auto game = saddle::widen(plain_game);                         // games::bilinear<wide<double>, 16, 16>
///     const auto r = saddle::run(rule, game, {.eta = 0.1}, saddle::widen(start), 1000);
///     const saddle::point<double, 16, 16> end = saddle::narrow(r.z());
///
/// Every registered game and every rule that needs no linear solve takes it; `implicit` stays on plain numbers. Sums run
/// in another order than on plain numbers (see linalg/across.hpp), the same on every instruction set. Keep the wide game:
/// widen copies a matrix and its transpose. docs/one-game.md has measurements.
#pragma once

#include <saddle/lane/native.hpp>
#include <saddle/linalg/across.hpp>

namespace saddle::inline SADDLE_ISA {

/// The number of a game that lies in the widest vectors here.
template <class T> using wide = across<native_lane<T>>;

/// A game, point, set of parameters or state on plain numbers, in the widest vectors here.
template <class X> constexpr auto widen(const X& x) noexcept {
  return laid_across<native_lane<typename X::lane_type>>(x);
}

} // namespace saddle::inline SADDLE_ISA
