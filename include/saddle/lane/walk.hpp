/// Visits the lanes of a value, or the corresponding lanes of several values of one shape, in memory order.
///
/// Loading, storing, broadcasting, choosing and freezing are each one line on top of it, for every point, game, set of
/// parameters and state, present or future: a composite only names its members once, in `each`.
#pragma once

#include <cstddef>
#include <type_traits>

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {

template <class X>
concept has_lane_traits = requires {
  typename lane_traits<std::remove_cvref_t<X>>::scalar;
};

/// Calls f(lane, lane…) for each lane of `first` with those at the same place in `others`.
template <class F, class X, class... Xs> SADDLE_INLINE constexpr void walk(F&& f, X& first, Xs&... others) noexcept {
  if constexpr (has_lane_traits<X>) f(first, others...);
  else std::remove_cvref_t<X>::each(f, first, others...);
}

/// How many lanes a value of type X holds.
template <class X> constexpr std::size_t lane_count() noexcept {
  std::size_t n = 0;
  X x{};
  walk([&](const auto&) { ++n; }, x);
  return n;
}

/// `a` where the mask holds, `b` elsewhere, for whole values.
template <class M, class X>
  requires(!has_lane_traits<X>)
SADDLE_INLINE constexpr X select(const M& m, const X& a, const X& b) noexcept {
  X r;
  walk([&](auto& out, const auto& x, const auto& y) { out = select(m, x, y); }, r, a, b);
  return r;
}

/// A copy, lane by lane. That of the language is a loop over an array, which g++ 12 turns into a call of memcpy or its
/// like: a value that was in registers is then in memory (one step a pass, n = 8: 1.7 times as long).
template <class X> SADDLE_INLINE constexpr X copied(const X& x) noexcept {
  X r;
  walk([](auto& out, const auto& from) { out = from; }, r, x);
  return r;
}

/// Makes every number zero.
template <class X> SADDLE_INLINE constexpr void set_zero(X& x) noexcept {
  walk(
      [](auto& part) {
        using Part = std::remove_cvref_t<decltype(part)>;
        if constexpr (requires { Part::zero(); }) part = Part::zero();
        else part = broadcast<Part>(0);
      },
      x);
}

/// The value of lane type To with every number taken from the scalar value `x`.
template <class To, class From> SADDLE_INLINE constexpr To spread(const From& x) noexcept {
  To r;
  walk([](auto& out, const auto& s) { out = broadcast<std::remove_cvref_t<decltype(out)>>(s); }, r, x);
  return r;
}

/// The scalar value in position `i` of `x`.
template <class To, class From> constexpr To extract_as(const From& x, std::size_t i) noexcept {
  To r;
  walk([&](auto& out, const auto& from) { out = extract(from, i); }, r, x);
  return r;
}

/// Puts the scalar value `s` into position `i` of `x`.
template <class X, class S> constexpr void insert_as(X& x, std::size_t i, const S& s) noexcept {
  walk([&](auto& out, const auto& from) { insert(out, i, from); }, x, s);
}

} // namespace saddle::inline SADDLE_ISA
