/// The lane vocabulary: what a kernel may assume of the numbers it computes with.
///
/// A lane type `L` stands for `width<L>` independent numbers of type `scalar_t<L>`. A scalar is a lane type of width 1.
/// Kernels use nothing but this vocabulary, found by name lookup in `saddle`:
///
///     + − * /   < <= > >= ==      arithmetic and comparison, lane by lane
///     fma(a, b, c)  a·b + c       fnma(a, b, c)  c − a·b
///     select(mask, a, b)          mask ? a : b, without evaluating arithmetic on the mask
///     any(mask)  all(mask)        over all numbers of the lane
///     abs  sqrt  min  max         IEEE operations; min(a, b) = a < b ? a : b, max(a, b) = a > b ? a : b
///     finite(a)                   mask of the numbers that are neither NaN nor infinite
///     broadcast<L>(s)  load<L>(p)  store(p, a)  extract(a, i)  insert(a, i, s)
///     masks: & | ^ !              and get(mask, i), set(mask, i)
#pragma once

#include <cstddef>

#include <saddle/lane/isa.hpp>

namespace saddle::inline SADDLE_ISA {

/// Describes a lane type: specialised beside each of them.
template <class L> struct lane_traits;

template <class L> using scalar_t = typename lane_traits<L>::scalar;
template <class L> using mask_t = typename lane_traits<L>::mask;
template <class L> inline constexpr std::size_t width = lane_traits<L>::width;

/// False where vectors take numbers below the normal ones for zero, as operands and as results: single precision on armv7.
/// There a lane has the bits of its scalar as long as no number on the way is subnormal.
template <class L> inline constexpr bool keeps_subnormals = true;

/// The lane with every number equal to `s`; also the way to write a constant: `broadcast<L>(2)`.
template <class L> constexpr L broadcast(scalar_t<L> s) noexcept { return lane_traits<L>::broadcast(s); }

/// `width<L>` consecutive numbers from memory; no alignment is assumed.
template <class L> constexpr L load(const scalar_t<L>* p) noexcept { return lane_traits<L>::load(p); }

} // namespace saddle::inline SADDLE_ISA
