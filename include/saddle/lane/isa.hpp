/// The instruction set this translation unit is compiled for, as far as `saddle` cares.
///
/// Every header opens `namespace saddle::inline SADDLE_ISA`. The inline namespace is keyed on the compiler's ISA macros,
/// so two translation units built with different flags never share an inline function: the linker cannot hand AVX-512
/// code to a baseline caller. A compiled-kernel unit may set SADDLE_ISA itself.
#pragma once

#include <cstddef>

#ifndef SADDLE_ISA
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define SADDLE_ISA avx512
#elif defined(__AVX2__) && defined(__FMA__)
#define SADDLE_ISA avx2
#elif defined(__AVX__)
#define SADDLE_ISA avx
#elif defined(__SSE4_2__)
#define SADDLE_ISA sse42
#elif defined(__SSE2__)
#define SADDLE_ISA sse2
#elif defined(__aarch64__)
#define SADDLE_ISA neon64
#elif defined(__ARM_NEON)
#define SADDLE_ISA neon
#else
#define SADDLE_ISA scalar
#endif
#endif

// GCC and clang unroll by their own budget, which leaves small arrays in memory: say it. Loops of up to 8 rounds
// vanish (measured: 4x on n = 8 games), longer ones are unrolled in part.
#if defined(__clang__)
#define SADDLE_UNROLL _Pragma("clang loop unroll_count(8)")
#define SADDLE_NO_UNROLL _Pragma("clang loop unroll(disable)")
#else
#define SADDLE_UNROLL _Pragma("GCC unroll 8")
#define SADDLE_NO_UNROLL _Pragma("GCC unroll 1")
#endif

#define SADDLE_INLINE [[gnu::always_inline]] inline
/// The same for a lambda, after its parameters.
#define SADDLE_INLINE_LAMBDA __attribute__((always_inline))

namespace saddle::inline SADDLE_ISA {

/// True where `fma` on `T` rounds once. False on the ISAs without a hardware fused multiply-add that serves scalars and
/// vectors alike (SSE2 to AVX, armv7 NEON, soft floating point): there `fma(a, b, c)` is `a * b + c` with two roundings
/// on every lane type, so results form a class of their own, with the same bits within it.
template <class T> inline constexpr bool fused = false;
#if defined(__FMA__) || defined(__AVX512F__) || defined(__aarch64__) || (defined(__riscv_flen) && __riscv_flen >= 64)
template <> inline constexpr bool fused<float> = true;
template <> inline constexpr bool fused<double> = true;
#elif defined(__ARM_FEATURE_FMA) && !defined(__ARM_NEON) && defined(__ARM_FP)
template <> inline constexpr bool fused<float> = (__ARM_FP & 4) != 0;
template <> inline constexpr bool fused<double> = (__ARM_FP & 8) != 0;
#endif

/// Vector registers: how much a loop can hold without memory.
#if defined(__AVX512F__) || defined(__aarch64__)
inline constexpr std::size_t vector_registers = 32;
#else
inline constexpr std::size_t vector_registers = 16;
#endif

/// Whether batches had better be short than fast: -DSADDLE_SMALL_CODE, for an instruction set that is there to run at all.
#if defined(SADDLE_SMALL_CODE)
inline constexpr bool small_code = true;
#else
inline constexpr bool small_code = false;
#endif

/// Calls f(i) for i from first to last − 1. Unrolled, or a loop of one body where Short says that code had better be short:
/// what is carried from one i to the next then lies in memory.
template <bool Short, class F>
SADDLE_INLINE constexpr void each_index(std::size_t first, std::size_t last, F&& f) noexcept {
  if constexpr (Short) {
    SADDLE_NO_UNROLL
    for (std::size_t i = first; i < last; ++i) f(i);
  } else {
    SADDLE_UNROLL
    for (std::size_t i = first; i < last; ++i) f(i);
  }
}

} // namespace saddle::inline SADDLE_ISA
