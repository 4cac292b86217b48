/// A hardware vector as a lane type: one game a lane. The only header that includes xsimd.
///
/// `batch<T, Arch>` holds an `xsimd::batch<T, Arch>` instead of being one: argument-dependent lookup would otherwise find
/// `xsimd::fma`, which is a different arithmetic on every architecture (two roundings on AVX-512 up to xsimd 8.1, and on
/// NEON). Here every operation has the bits of the scalar one.
#pragma once

#include <cstddef>
#include <limits>
#include <utility>

#include <xsimd/xsimd.hpp>

#include <saddle/lane/across.hpp>
#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {

/// The widest architecture this translation unit is compiled for.
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__)
using native_arch = xsimd::avx512bw;
#elif defined(__AVX2__) && defined(__FMA__)
using native_arch = xsimd::fma3<xsimd::avx2>;
#elif defined(__AVX__)
using native_arch = xsimd::avx;
#elif defined(__SSE4_2__)
using native_arch = xsimd::sse4_2;
#elif defined(__SSE2__)
using native_arch = xsimd::sse2;
#elif defined(__aarch64__)
using native_arch = xsimd::neon64;
#elif defined(__ARM_NEON)
using native_arch = xsimd::neon;
#else
#error "saddle: xsimd has no vectors for this processor; <saddle/lane/native.hpp> does without"
#endif

namespace detail {

/// Fused where the ISA is: chosen by register type, because an architecture of xsimd does not tell. The two templates
/// only give the names a meaning where there is nothing to choose from; they are never called.
template <class Register> Register fused_multiply_add(Register, Register, Register) = delete;
template <class Register> Register fused_negate_multiply_add(Register, Register, Register) = delete;
#if defined(__AVX512F__)
SADDLE_INLINE __m512d fused_multiply_add(__m512d a, __m512d b, __m512d c) noexcept { return _mm512_fmadd_pd(a, b, c); }
SADDLE_INLINE __m512 fused_multiply_add(__m512 a, __m512 b, __m512 c) noexcept { return _mm512_fmadd_ps(a, b, c); }
SADDLE_INLINE __m512d fused_negate_multiply_add(__m512d a, __m512d b, __m512d c) noexcept {
  return _mm512_fnmadd_pd(a, b, c);
}
SADDLE_INLINE __m512 fused_negate_multiply_add(__m512 a, __m512 b, __m512 c) noexcept {
  return _mm512_fnmadd_ps(a, b, c);
}
#endif
#if defined(__FMA__)
SADDLE_INLINE __m256d fused_multiply_add(__m256d a, __m256d b, __m256d c) noexcept { return _mm256_fmadd_pd(a, b, c); }
SADDLE_INLINE __m256 fused_multiply_add(__m256 a, __m256 b, __m256 c) noexcept { return _mm256_fmadd_ps(a, b, c); }
SADDLE_INLINE __m128d fused_multiply_add(__m128d a, __m128d b, __m128d c) noexcept { return _mm_fmadd_pd(a, b, c); }
SADDLE_INLINE __m128 fused_multiply_add(__m128 a, __m128 b, __m128 c) noexcept { return _mm_fmadd_ps(a, b, c); }
SADDLE_INLINE __m256d fused_negate_multiply_add(__m256d a, __m256d b, __m256d c) noexcept {
  return _mm256_fnmadd_pd(a, b, c);
}
SADDLE_INLINE __m256 fused_negate_multiply_add(__m256 a, __m256 b, __m256 c) noexcept {
  return _mm256_fnmadd_ps(a, b, c);
}
SADDLE_INLINE __m128d fused_negate_multiply_add(__m128d a, __m128d b, __m128d c) noexcept {
  return _mm_fnmadd_pd(a, b, c);
}
SADDLE_INLINE __m128 fused_negate_multiply_add(__m128 a, __m128 b, __m128 c) noexcept { return _mm_fnmadd_ps(a, b, c); }
#endif
#if defined(__aarch64__)
SADDLE_INLINE float64x2_t fused_multiply_add(float64x2_t a, float64x2_t b, float64x2_t c) noexcept {
  return vfmaq_f64(c, a, b);
}
SADDLE_INLINE float32x4_t fused_multiply_add(float32x4_t a, float32x4_t b, float32x4_t c) noexcept {
  return vfmaq_f32(c, a, b);
}
SADDLE_INLINE float64x2_t fused_negate_multiply_add(float64x2_t a, float64x2_t b, float64x2_t c) noexcept {
  return vfmsq_f64(c, a, b);
}
SADDLE_INLINE float32x4_t fused_negate_multiply_add(float32x4_t a, float32x4_t b, float32x4_t c) noexcept {
  return vfmsq_f32(c, a, b);
}
#endif

#if defined(__ARM_NEON)
// xsimd 8.1 refines estimates of the quotients and roots of floats, which rounds differently. AArch64 has instructions
// for both; for ARMv7 the compiler goes number by number through the scalar unit.
template <class Register> SADDLE_INLINE Register quotient(Register a, Register b) noexcept { return a / b; }
#if defined(__aarch64__)
SADDLE_INLINE float64x2_t square_root(float64x2_t a) noexcept { return vsqrtq_f64(a); }
SADDLE_INLINE float32x4_t square_root(float32x4_t a) noexcept { return vsqrtq_f32(a); }
#else
SADDLE_INLINE float32x4_t square_root(float32x4_t a) noexcept {
  for (int i = 0; i < 4; ++i) a[i] = __builtin_sqrtf(a[i]);
  return a;
}
#endif
#endif

#if defined(__AVX512F__)
// The masked forms, with a full mask: the plain ones of g++ 12 warn of an uninitialised operand they never read.
SADDLE_INLINE __m512d square_root(__m512d a) noexcept { return _mm512_maskz_sqrt_pd(0xff, a); }
SADDLE_INLINE __m512 square_root(__m512 a) noexcept { return _mm512_maskz_sqrt_ps(0xffff, a); }
#endif

} // namespace detail

/// One truth value a lane of `batch<T, Arch>`.
template <class T, class Arch = native_arch> struct batch_mask {
  xsimd::batch_bool<T, Arch> raw;

  batch_mask() noexcept : raw(false) {}
  explicit batch_mask(bool value) noexcept : raw(value) {}
  explicit batch_mask(xsimd::batch_bool<T, Arch> m) noexcept : raw(m) {}

  SADDLE_INLINE friend batch_mask operator&(batch_mask a, batch_mask b) noexcept { return batch_mask(a.raw & b.raw); }
  SADDLE_INLINE friend batch_mask operator|(batch_mask a, batch_mask b) noexcept { return batch_mask(a.raw | b.raw); }
  SADDLE_INLINE friend batch_mask operator!(batch_mask a) noexcept { return batch_mask(~a.raw); }
  /// Not xsimd's: in 8.1 the `^` of AVX-512 masks is an or, and the `!=` of SSE masks compares all-ones as NaN.
  SADDLE_INLINE friend batch_mask operator^(batch_mask a, batch_mask b) noexcept { return (a | b) & !(a & b); }
  SADDLE_INLINE friend bool any(batch_mask a) noexcept { return xsimd::any(a.raw); }
  SADDLE_INLINE friend bool all(batch_mask a) noexcept { return !xsimd::any((!a).raw); }
  friend bool get(batch_mask a, std::size_t i) noexcept {
    bool lanes[xsimd::batch<T, Arch>::size];
    a.raw.store_unaligned(lanes);
    return lanes[i];
  }
  friend void set(batch_mask& a, std::size_t i, bool value) noexcept {
    bool lanes[xsimd::batch<T, Arch>::size];
    a.raw.store_unaligned(lanes);
    lanes[i] = value;
    a = batch_mask(xsimd::batch_bool<T, Arch>::load_unaligned(lanes));
  }
};

/// The numbers of one vector register of `Arch`.
template <class T, class Arch = native_arch> struct batch {
  using raw_type = xsimd::batch<T, Arch>;
  using mask = batch_mask<T, Arch>;
  raw_type raw;

  batch() noexcept = default;
  // By register, so that an array of batches is copied register by register and not as a block of memory.
  SADDLE_INLINE batch(const batch& o) noexcept : raw(o.raw.data) {}
  SADDLE_INLINE batch& operator=(const batch& o) noexcept {
    raw.data = o.raw.data;
    return *this;
  }
  explicit batch(T s) noexcept : raw(s) {}
  explicit batch(raw_type r) noexcept : raw(r) {}

  SADDLE_INLINE friend batch operator+(batch a, batch b) noexcept { return batch(a.raw + b.raw); }
  SADDLE_INLINE friend batch operator-(batch a, batch b) noexcept { return batch(a.raw - b.raw); }
  SADDLE_INLINE friend batch operator*(batch a, batch b) noexcept { return batch(a.raw * b.raw); }
  SADDLE_INLINE friend batch operator/(batch a, batch b) noexcept {
#if defined(__ARM_NEON)
    return batch(raw_type(detail::quotient(a.raw.data, b.raw.data)));
#else
    return batch(a.raw / b.raw);
#endif
  }
  /// The sign bit flipped: `0 - a`, as some architectures of xsimd have it, turns +0 into +0. The compiler's own operator,
  /// which it can make part of a fused multiply-add.
  SADDLE_INLINE friend batch operator-(batch a) noexcept { return batch(raw_type(-a.raw.data)); }
  SADDLE_INLINE batch& operator+=(batch b) noexcept { return *this = *this + b; }
  SADDLE_INLINE batch& operator-=(batch b) noexcept { return *this = *this - b; }
  SADDLE_INLINE batch& operator*=(batch b) noexcept { return *this = *this * b; }
  SADDLE_INLINE batch& operator/=(batch b) noexcept { return *this = *this / b; }

  SADDLE_INLINE friend mask operator<(batch a, batch b) noexcept { return mask(a.raw < b.raw); }
  SADDLE_INLINE friend mask operator<=(batch a, batch b) noexcept { return mask(a.raw <= b.raw); }
  SADDLE_INLINE friend mask operator>(batch a, batch b) noexcept { return mask(b.raw < a.raw); }
  SADDLE_INLINE friend mask operator>=(batch a, batch b) noexcept { return mask(b.raw <= a.raw); }
  SADDLE_INLINE friend mask operator==(batch a, batch b) noexcept { return mask(a.raw == b.raw); }

  SADDLE_INLINE friend batch fma(batch a, batch b, batch c) noexcept {
    if constexpr (fused<T>) return batch(raw_type(detail::fused_multiply_add(a.raw.data, b.raw.data, c.raw.data)));
    else return a * b + c;
  }
  SADDLE_INLINE friend batch fnma(batch a, batch b, batch c) noexcept {
    if constexpr (fused<T>)
      return batch(raw_type(detail::fused_negate_multiply_add(a.raw.data, b.raw.data, c.raw.data)));
    else return c - a * b;
  }
  SADDLE_INLINE friend batch select(mask m, batch a, batch b) noexcept {
    return batch(xsimd::select(m.raw, a.raw, b.raw));
  }
  SADDLE_INLINE friend batch abs(batch a) noexcept { return batch(xsimd::abs(a.raw)); }
  SADDLE_INLINE friend batch sqrt(batch a) noexcept {
#if defined(__AVX512F__)
    if constexpr (sizeof(raw_type) == 64) return batch(raw_type(detail::square_root(a.raw.data)));
    else return batch(xsimd::sqrt(a.raw));
#elif defined(__ARM_NEON)
    return batch(raw_type(detail::square_root(a.raw.data)));
#else
    return batch(xsimd::sqrt(a.raw));
#endif
  }
  // As comparisons, because minima differ where an operand is NaN; x86 compilers make one instruction of it.
  SADDLE_INLINE friend batch min(batch a, batch b) noexcept { return select(a < b, a, b); }
  SADDLE_INLINE friend batch max(batch a, batch b) noexcept { return select(a > b, a, b); }
  SADDLE_INLINE friend mask finite(batch a) noexcept { return abs(a) <= batch(std::numeric_limits<T>::max()); }

  SADDLE_INLINE friend void store(T* p, batch a) noexcept { a.raw.store_unaligned(p); }
  friend T extract(batch a, std::size_t i) noexcept {
    T lanes[raw_type::size];
    store(lanes, a);
    return lanes[i];
  }
  friend void insert(batch& a, std::size_t i, T s) noexcept {
    T lanes[raw_type::size];
    store(lanes, a);
    lanes[i] = s;
    a = batch(raw_type::load_unaligned(lanes));
  }
};

template <class T, class Arch> struct lane_traits<batch<T, Arch>> {
  using scalar = T;
  using mask = batch_mask<T, Arch>;
  static constexpr std::size_t width = xsimd::batch<T, Arch>::size;
  SADDLE_INLINE static batch<T, Arch> broadcast(T s) noexcept { return batch<T, Arch>(s); }
  SADDLE_INLINE static batch<T, Arch> load(const T* p) noexcept {
    return batch<T, Arch>(xsimd::batch<T, Arch>::load_unaligned(p));
  }
};

namespace detail {
#if defined(__AVX__)
// Compilers take vpermpd, which is two operations of 6 cycles on Zen 2 and 3, for one of 3.5.
SADDLE_INLINE __m256d swapped_halves(__m256d a) noexcept { return _mm256_permute2f128_pd(a, a, 1); }
SADDLE_INLINE __m256 swapped_halves(__m256 a) noexcept { return _mm256_permute2f128_ps(a, a, 1); }
#endif
} // namespace detail

/// Lane i gets the number of lane i xor K. In two movements where it is farther than 16 bytes: the first, the slow one,
/// serves as many K as 16 bytes hold numbers.
template <std::size_t K, class T, class Arch> SADDLE_INLINE batch<T, Arch> exchange(batch<T, Arch> a) noexcept {
  constexpr std::size_t near = K % (16 / sizeof(T)), far = K - near;
  if constexpr (K == 0) return a;
  else if constexpr (near != 0 && far != 0) return exchange<near>(exchange<far>(a));
#if defined(__AVX__)
  else if constexpr (far != 0 && sizeof(a) == 32)
    return batch<T, Arch>(xsimd::batch<T, Arch>(detail::swapped_halves(a.raw.data)));
#endif
  else return [&]<std::size_t... I>(std::index_sequence<I...>) SADDLE_INLINE_LAMBDA {
      return batch<T, Arch>(xsimd::batch<T, Arch>(__builtin_shufflevector(a.raw.data, a.raw.data, int(I ^ K)...)));
    }
  (std::make_index_sequence<width<batch<T, Arch>>>());
}

namespace detail {
template <std::size_t Bytes> struct arch_of_bytes;
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__)
template <> struct arch_of_bytes<64> { using type = xsimd::avx512bw; };
#endif
#if defined(__AVX2__) && defined(__FMA__)
template <> struct arch_of_bytes<32> { using type = xsimd::fma3<xsimd::avx2>; };
#elif defined(__AVX__)
template <> struct arch_of_bytes<32> { using type = xsimd::avx; };
#endif
#if defined(__SSE4_2__)
template <> struct arch_of_bytes<16> { using type = xsimd::sse4_2; };
#elif defined(__SSE2__)
template <> struct arch_of_bytes<16> { using type = xsimd::sse2; };
#elif defined(__aarch64__)
template <> struct arch_of_bytes<16> { using type = xsimd::neon64; };
#elif defined(__ARM_NEON)
template <> struct arch_of_bytes<16> { using type = xsimd::neon; };
#endif
} // namespace detail

#if defined(__ARM_NEON) && !defined(__aarch64__)
template <> inline constexpr bool keeps_subnormals<batch<float, xsimd::neon>> = false;
#endif

template <class T, class Arch, std::size_t Lanes>
  requires(Lanes < width<batch<T, Arch>>)
struct narrowed<batch<T, Arch>, Lanes> {
  static constexpr std::size_t bytes = Lanes * sizeof(T);
  static auto choose() noexcept {
    if constexpr (bytes < 16) return T{};
    else return batch<T, typename detail::arch_of_bytes<bytes>::type>{};
  }
  using type = decltype(choose());
};

namespace detail {
template <class T, class Arch> struct widest_lane { using type = batch<T, Arch>; };
#if defined(__ARM_NEON) && !defined(__aarch64__)
template <> struct widest_lane<double, native_arch> { using type = double; }; // armv7 has no double vectors
#endif
} // namespace detail

/// The widest lane for `T` here: a vector, or the scalar itself where there is none.
template <class T> using native_lane = typename detail::widest_lane<T, native_arch>::type;

} // namespace saddle::inline SADDLE_ISA
