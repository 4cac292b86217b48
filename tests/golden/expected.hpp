/// The bits that are written down, one set a class of targets: fused/ where `fma` rounds once, unfused/ where it rounds
/// twice. A target may be of one class for float and of the other for double.
#pragma once

#include <iterator>
#include <span>

#include "golden/trajectories.hpp"

#define GOLDEN(rule, game, format, p, q, ...) {#rule, #game, #format, p, q, {__VA_ARGS__}},
#include "golden_files.hpp"
#undef GOLDEN

namespace golden {

// Without the empty entry that ends each list.
inline constexpr std::span<const entry> fused(all_fused, std::size(all_fused) - 1);
inline constexpr std::span<const entry> unfused(all_unfused, std::size(all_unfused) - 1);

template <class T> constexpr std::span<const entry> expected() noexcept {
  if constexpr (saddle::fused<T>) return fused;
  else return unfused;
}

/// What is written down for this trajectory, or nothing.
template <class T> constexpr const entry* find(const entry& computed) noexcept {
  for (const entry& e : expected<T>())
    if (e.names_the_same(computed)) return &e;
  return nullptr;
}

/// The same bits in both, −0 and +0 told apart.
constexpr bool same_bits(const entry& a, const entry& b) noexcept {
  bool same = true;
  for (std::size_t i = 0; i < most; ++i) same = same && saddle_test::equal_bits(a.z[i], b.z[i]);
  return same;
}

/// How many trajectories of format T are written down: one that no longer is in the registry would show here.
template <class T> constexpr std::size_t written() noexcept {
  std::size_t n = 0;
  for (const entry& e : expected<T>()) n += e.format == format_of<T> ? 1 : 0;
  return n;
}

} // namespace golden
