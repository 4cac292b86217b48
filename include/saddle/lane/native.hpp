/// The widest lane of this translation unit: a hardware vector, or the scalar itself where SADDLE_NO_SIMD is defined
/// (targets without xsimd, and the scalar build of the compiled kernels).
#pragma once

#ifdef SADDLE_NO_SIMD

#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {
template <class T> using native_lane = T;
} // namespace saddle::inline SADDLE_ISA

#else

#include <saddle/lane/batch.hpp>

#endif
