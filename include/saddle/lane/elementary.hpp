/// exp, log, sigmoid, softplus and the turn of a circle, from the vocabulary of lane.hpp: constexpr on scalars, and on
/// every lane type with the bits of the scalar.
///
/// Errors, measured against long double over the whole range: exp and log below 1 unit in the last place, softplus and
/// turn below 2, sigmoid below 2.5 (the sum and the division round after exp has). `long double` calls the C library: it is the reference and no lane of speed.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <saddle/lane/dual.hpp>
#include <saddle/lane/scalar.hpp>

namespace saddle::inline SADDLE_ISA {

namespace detail {

/// What the two formats have in common: x = ±m·2^e, the exponent field above `fraction` bits.
template <class T> struct format;
template <> struct format<float> : soft::format<float> {
  static constexpr int exp_terms = 7, log_terms = 4;
  // log 2 in two parts, the first one short enough for its product with any exponent to be exact.
  static constexpr float log2_high = 0x1.62e4p-1f, log2_low = 0x1.7f7d1cp-20f, log2_inverse = 0x1.715476p0f;
  static constexpr float round = 0x1.8p23f; ///< adding it leaves no fraction bits: subtracted again, x is rounded
  static constexpr float overflow = 0x1.62e42ep6f, underflow = -105.0f;
};
template <> struct format<double> : soft::format<double> {
  static constexpr int exp_terms = 13, log_terms = 10;
  static constexpr double log2_high = 0x1.62e42feep-1, log2_low = 0x1.a39ef35793c76p-33,
                          log2_inverse = 0x1.71547652b82fep0;
  static constexpr double round = 0x1.8p52;
  static constexpr double overflow = 0x1.62e42fefa39efp9, underflow = -746.0;
};

/// A function of bits has no place in the vocabulary: it goes through memory, number by number, in a loop that compilers
/// turn into vector instructions.
template <class L, class F> SADDLE_INLINE constexpr L each_number(const L& x, F f) noexcept {
  scalar_t<L> numbers[width<L>];
  store(numbers, x);
  for (std::size_t i = 0; i < width<L>; ++i) numbers[i] = f(numbers[i]);
  return load<L>(numbers);
}

/// 2^n for a whole n in the range of normal exponents.
template <class L> SADDLE_INLINE constexpr L whole_power_of_two(const L& n) noexcept {
  using T = scalar_t<L>;
  using format = detail::format<T>;
  // Beside the constant, the low bits of the sum are n + bias; shifted, they are the exponent.
  return each_number(n + broadcast<L>(format::round + T(format::bias)), [](T s) {
    return std::bit_cast<T>(
        static_cast<typename format::bits>(std::bit_cast<typename format::bits>(s) << format::fraction));
  });
}

/// The whole number nearest to x, |x| < 2^(fraction − 1).
template <class L> SADDLE_INLINE constexpr L nearest_whole(const L& x) noexcept {
  const L shift = broadcast<L>(format<scalar_t<L>>::round);
  return (x + shift) - shift;
}

/// c₀ + c₁x + … from a table of scalars, highest power first.
template <class L, std::size_t N>
SADDLE_INLINE constexpr L polynomial(const L& x, const scalar_t<L> (&coefficients)[N]) noexcept {
  L r = broadcast<L>(coefficients[0]);
  SADDLE_UNROLL
  for (std::size_t i = 1; i < N; ++i) r = fma(r, x, broadcast<L>(coefficients[i]));
  return r;
}

/// 1/n!, from n = Last down to n = 2.
template <class T, int Last> struct exp_series {
  T of[Last - 1];
  constexpr exp_series() noexcept : of{} {
    double factorial = 1;
    for (int n = 2; n <= Last; ++n) {
      factorial *= n;
      of[Last - n] = static_cast<T>(1 / factorial);
    }
  }
};
template <class T> inline constexpr exp_series<T, format<T>::exp_terms> exp_terms{};

/// 2/(2n + 1), from n = Last down to n = 1: 2·artanh s = 2s + s·Σ 2/(2n + 1) s²ⁿ.
template <class T, int Last> struct artanh_series {
  T of[Last];
  constexpr artanh_series() noexcept : of{} {
    for (int n = 1; n <= Last; ++n) of[Last - n] = static_cast<T>(2.0 / (2 * n + 1));
  }
};
template <class T> inline constexpr artanh_series<T, format<T>::log_terms> log_terms{};

/// log(1 + f) + e·log 2 for √½ ≤ 1 + f ≤ √2: with s = f/(2 + f), log(1 + f) = 2 artanh s, and 2s = f − s·f, so that the
/// leading f carries no rounding of the division.
template <class L> SADDLE_INLINE constexpr L log_near_one(const L& f, const L& e) noexcept {
  using T = scalar_t<L>;
  const L s = f / (broadcast<L>(2) + f), s2 = s * s;
  const L tail = s2 * polynomial(s2, log_terms<T>.of);
  const L half = broadcast<L>(T(0.5)) * f * f;
  const L low = fma(s, half + tail, e * broadcast<L>(format<T>::log2_low));
  return fma(e, broadcast<L>(format<T>::log2_high), f - (half - low));
}

template <class L>
concept reference_lane = std::same_as<L, long double>;
template <class L>
concept plain_lane =
    lane<L> && !reference_lane<L> && (std::same_as<scalar_t<L>, float> || std::same_as<scalar_t<L>, double>);

} // namespace detail

/// eˣ. 0 below the range and ∞ above it, gradually below the normal numbers; NaN for NaN.
///
/// x = n·log 2 + r with |r| ≤ ½ log 2, eʳ by its series. Cost: 17 fused multiply-adds for double, 11 for float.
template <detail::plain_lane L> SADDLE_INLINE constexpr L exp(const L& x) noexcept {
  using T = scalar_t<L>;
  using format = detail::format<T>;
  const L bounded = max(broadcast<L>(format::underflow), min(broadcast<L>(format::overflow), x));
  const L n = detail::nearest_whole(bounded * broadcast<L>(format::log2_inverse));
  const L r = fnma(n, broadcast<L>(format::log2_low), fnma(n, broadcast<L>(format::log2_high), bounded));
  const L series = fma(r * r, detail::polynomial(r, detail::exp_terms<T>.of), r) + broadcast<L>(1);
  // In two factors, for 2ⁿ itself may be no normal number.
  const L half = detail::nearest_whole(broadcast<L>(T(0.5)) * n);
  const L value = series * detail::whole_power_of_two(half) * detail::whole_power_of_two(n - half);
  const mask_t<L> above = x > broadcast<L>(format::overflow), number = x == x;
  return select(number, select(above, broadcast<L>(std::numeric_limits<T>::infinity()), value), x);
}

/// Natural logarithm. −∞ at ±0, NaN below, ∞ at ∞; NaN for NaN.
template <detail::plain_lane L> SADDLE_INLINE constexpr L log(const L& x) noexcept {
  using T = scalar_t<L>;
  using format = detail::format<T>;
  using bits = typename format::bits;
  constexpr T scale = T(bits{1} << (format::fraction + 2));
  const mask_t<L> tiny = x < broadcast<L>(std::numeric_limits<T>::min());
  const L normal = select(tiny, broadcast<L>(scale) * x, x);
  const L field = detail::each_number(normal, [](T s) {
    // The exponent's bits below those of 2^fraction are the number 2^fraction + exponent.
    constexpr bits unit = static_cast<bits>(bits{format::bias + format::fraction} << format::fraction);
    return std::bit_cast<T>(static_cast<bits>((std::bit_cast<bits>(s) >> format::fraction) | unit));
  });
  const L mantissa = detail::each_number(normal, [](T s) {
    constexpr bits below = (bits{1} << format::fraction) - 1, one = bits{format::bias} << format::fraction;
    return std::bit_cast<T>(static_cast<bits>((std::bit_cast<bits>(s) & below) | one));
  });
  const L offset = broadcast<L>(T(bits{1} << format::fraction) + T(format::bias));
  const L e = field - offset - select(tiny, broadcast<L>(T(format::fraction + 2)), broadcast<L>(0));
  const mask_t<L> large = mantissa > broadcast<L>(T(1.4142135623730951));
  const L f = select(large, broadcast<L>(T(0.5)) * mantissa, mantissa) - broadcast<L>(1);
  const L value = detail::log_near_one(f, select(large, e + broadcast<L>(1), e));
  const L infinity = broadcast<L>(std::numeric_limits<T>::infinity());
  const L nan = broadcast<L>(std::numeric_limits<T>::quiet_NaN());
  const mask_t<L> positive = x > broadcast<L>(0), zero = x == broadcast<L>(0), bounded = x < infinity;
  return select(positive, select(bounded, value, x), select(zero, -infinity, nan));
}

/// 1/(1 + e⁻ˣ), without overflow on either side: 0 at −∞, 1 at ∞.
template <detail::plain_lane L> SADDLE_INLINE constexpr L sigmoid(const L& x) noexcept {
  const L one = broadcast<L>(1), e = exp(-abs(x));
  const mask_t<L> left = x < broadcast<L>(0);
  return select(left, e, one) / (one + e);
}

/// log(1 + eˣ) = −log(sigmoid(−x)): 0 at −∞, x at ∞, positive between.
template <detail::plain_lane L> SADDLE_INLINE constexpr L softplus(const L& x) noexcept {
  const L one = broadcast<L>(1), e = exp(-abs(x)), sum = one + e;
  // log(1 + e) with what the sum rounds away: near e = 0 that is all of it.
  const L lost = (e - (sum - one)) / sum;
  const L value = max(broadcast<L>(0), x) + (log(sum) + lost);
  const mask_t<L> number = x == x;
  return select(number, value, x);
}

/// A point of the unit circle.
template <class L> struct circle_point { L cosine, sine; };

/// cos(2πu) and sin(2πu) for |u| < 2^(fraction − 3): whole turns are taken off without a rounding.
///
/// u = k/4 + r with |r| ≤ 1/8; the series of both in 2πr, and a quarter turn for each k.
template <detail::plain_lane L> SADDLE_INLINE constexpr circle_point<L> turn(const L& u) noexcept {
  using T = scalar_t<L>;
  constexpr T pi_high = std::same_as<T, float> ? T(0x1.921fb6p2f) : T(0x1.921fb54442d18p2);
  constexpr T pi_low = std::same_as<T, float> ? T(-0x1.777a5cp-23f) : T(0x1.1a62633145c07p-52);
  // ±1/n!, every second one, from the highest down: sin x = x + x³·s(x²), cos x = 1 − x²/2 + x⁴·c(x²).
  constexpr T sine_terms[] = {T(-1 / 1307674368000.0), T(1 / 6227020800.0), T(-1 / 39916800.0), T(1 / 362880.0),
                              T(-1 / 5040.0),          T(1 / 120.0),        T(-1 / 6.0)};
  constexpr T cosine_terms[] = {T(1 / 20922789888000.0), T(-1 / 87178291200.0), T(1 / 479001600.0), T(-1 / 3628800.0),
                                T(1 / 40320.0),          T(-1 / 720.0),         T(1 / 24.0)};
  const L one = broadcast<L>(1), four = broadcast<L>(4), quarter = broadcast<L>(T(0.25));
  const L k = detail::nearest_whole(four * u);
  const L r = u - quarter * k;
  const L x = r * broadcast<L>(pi_high);
  const L rest = r * broadcast<L>(pi_low); // with a fused product, what the rounding of x lost as well
  const L correction = fused<T> ? fma(r, broadcast<L>(pi_high), -x) + rest : rest;
  const L x2 = x * x;
  const L half_square = broadcast<L>(T(0.5)) * x2, large = one - half_square;
  const L cosine =
      large + (((one - large) - half_square) + (x2 * x2 * detail::polynomial(x2, cosine_terms) - x * correction));
  const L sine = x + fma(x * x2, detail::polynomial(x2, sine_terms), fnma(half_square, correction, correction));
  // k mod 4 in {−2, …, 2}.
  const L quadrant = k - four * detail::nearest_whole(quarter * k);
  const mask_t<L> odd = abs(quadrant) == one;
  const L c = select(odd, sine, cosine), s = select(odd, cosine, sine);
  const mask_t<L> first = quadrant == one, last = quadrant == -one, two = abs(quadrant) == broadcast<L>(2);
  const mask_t<L> c_turned = first | two, s_turned = last | two;
  return {select(c_turned, -c, c), select(s_turned, -s, s)};
}

template <detail::reference_lane T> inline T exp(T x) noexcept { return __builtin_expl(x); }
template <detail::reference_lane T> inline T log(T x) noexcept { return __builtin_logl(x); }
template <detail::reference_lane T> inline T sigmoid(T x) noexcept {
  const T e = __builtin_expl(-abs(x));
  return (x < 0 ? e : T(1)) / (1 + e);
}
template <detail::reference_lane T> inline T softplus(T x) noexcept {
  return max(T(0), x) + __builtin_log1pl(__builtin_expl(-abs(x)));
}
template <detail::reference_lane T> inline circle_point<T> turn(T u) noexcept {
  const T x = 2 * 3.14159265358979323846264338327950288L * (u - __builtin_roundl(u));
  return {__builtin_cosl(x), __builtin_sinl(x)};
}

template <class L, std::size_t K> constexpr dual<L, K> exp(const dual<L, K>& x) noexcept {
  const L e = exp(x.value);
  return dual<L, K>::of(e, [&](std::size_t k) { return e * x.part[k]; });
}
template <class L, std::size_t K> constexpr dual<L, K> log(const dual<L, K>& x) noexcept {
  return dual<L, K>::of(log(x.value), [&](std::size_t k) { return x.part[k] / x.value; });
}
template <class L, std::size_t K> constexpr dual<L, K> sigmoid(const dual<L, K>& x) noexcept {
  const L slope = sigmoid(x.value) * sigmoid(-x.value);
  return dual<L, K>::of(sigmoid(x.value), [&](std::size_t k) { return slope * x.part[k]; });
}
template <class L, std::size_t K> constexpr dual<L, K> softplus(const dual<L, K>& x) noexcept {
  const L slope = sigmoid(x.value);
  return dual<L, K>::of(softplus(x.value), [&](std::size_t k) { return slope * x.part[k]; });
}
template <class L, std::size_t K> constexpr circle_point<dual<L, K>> turn(const dual<L, K>& u) noexcept {
  const circle_point<L> at = turn(u.value);
  const L full = broadcast<L>(scalar_t<L>(6.28318530717958647692));
  return {dual<L, K>::of(at.cosine, [&](std::size_t k) { return -(full * at.sine) * u.part[k]; }),
          dual<L, K>::of(at.sine, [&](std::size_t k) { return full * at.cosine * u.part[k]; })};
}

} // namespace saddle::inline SADDLE_ISA
