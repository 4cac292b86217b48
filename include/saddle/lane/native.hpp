/// The widest lane of this translation unit: a hardware vector, or the scalar itself where xsimd knows no vectors of the
/// processor (RISC-V) and where SADDLE_NO_SIMD is defined (the scalar build of the compiled kernels).
#pragma once

#if defined(SADDLE_NO_SIMD) || !(defined(__SSE2__) || defined(__ARM_NEON))

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {
template <class T> using native_lane = T;
} // namespace saddle::inline SADDLE_ISA

#else

#include <saddle/lane/batch.hpp>

#endif
