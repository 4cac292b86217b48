/// A number and a bound of its rounding error so far (running error analysis; Higham, Accuracy and Stability, §3.3).
#pragma once

#include <cstddef>

#include <saddle/linalg/mat.hpp>

namespace saddle::inline SADDLE_ISA::detail {

template <class L> struct tracked {
  L value, error;

  /// ε is twice the unit roundoff: what is left over covers the rounding of the bounds themselves.
  static constexpr tracked of(const L& value, const L& error) noexcept {
    using T = scalar_t<L>;
    return {value, fma(abs(value), broadcast<L>(epsilon<T>), error * broadcast<L>(T(1) + T(4) * epsilon<T>)) +
                       broadcast<L>(std::numeric_limits<T>::min())};
  }
  static constexpr tracked exact(const L& value) noexcept { return {value, broadcast<L>(0)}; }

  friend constexpr tracked operator+(const tracked& a, const tracked& b) noexcept {
    return of(a.value + b.value, a.error + b.error);
  }
  friend constexpr tracked operator-(const tracked& a, const tracked& b) noexcept {
    return of(a.value - b.value, a.error + b.error);
  }
  friend constexpr tracked operator-(const tracked& a) noexcept { return {-a.value, a.error}; }
  friend constexpr tracked operator*(const tracked& a, const tracked& b) noexcept {
    return of(a.value * b.value, fma(abs(a.value), b.error, fma(abs(b.value), a.error, a.error * b.error)));
  }
  friend constexpr tracked abs(const tracked& a) noexcept { return {abs(a.value), a.error}; }
};

/// c with det(λI − A) = λᴺ + c[0]λᴺ⁻¹ + … + c[N−1]: signed sums of principal minors, N ≤ 4.
template <class L, std::size_t N> struct characteristic {
  static_assert(N <= 4, "coefficients of the characteristic polynomial are for N up to 4");
  tracked<L> c[N];

  explicit constexpr characteristic(const mat<L, N, N>& a) noexcept : c{} {
    const auto at = [&](std::size_t i, std::size_t j) { return tracked<L>::exact(a(i, j)); };
    const auto two = [&](std::size_t i, std::size_t j, std::size_t k, std::size_t l) {
      return at(i, k) * at(j, l) - at(i, l) * at(j, k); // rows i, j; columns k, l
    };
    const auto three = [&](std::size_t i, std::size_t j, std::size_t k) {
      return at(i, i) * two(j, k, j, k) - at(i, j) * two(j, k, i, k) + at(i, k) * two(j, k, i, j);
    };
    const tracked<L> nothing = tracked<L>::exact(broadcast<L>(0));
    tracked<L> trace = at(0, 0), pairs = nothing, triples = nothing;
    for (std::size_t i = 1; i < N; ++i) trace = trace + at(i, i);
    c[0] = -trace;
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = i + 1; j < N; ++j) {
        pairs = pairs + two(i, j, i, j);
        for (std::size_t k = j + 1; k < N; ++k) triples = triples + three(i, j, k);
      }
    if constexpr (N >= 2) c[1] = pairs;
    if constexpr (N >= 3) c[2] = -triples;
    if constexpr (N == 4) // Laplace along the first two rows
      c[3] = two(0, 1, 0, 1) * two(2, 3, 2, 3) - two(0, 1, 0, 2) * two(2, 3, 1, 3) + two(0, 1, 0, 3) * two(2, 3, 1, 2) +
             two(0, 1, 1, 2) * two(2, 3, 0, 3) - two(0, 1, 1, 3) * two(2, 3, 0, 2) + two(0, 1, 2, 3) * two(2, 3, 0, 1);
  }
};

/// All of several inequalities x > 0: the one that decides.
template <class L> struct strictest {
  L margin, error;

  explicit constexpr strictest(const tracked<L>& first) noexcept : margin(first.value), error(first.error) {}
  constexpr void also(const tracked<L>& x) noexcept {
    // A refuted one beats all others, then the one that is nearest to it. NaN stays.
    const L zero = broadcast<L>(0);
    const L here = margin + error, there = x.value + x.error;
    const auto refuted = here < zero, refutes = there < zero;
    const auto worse = select_mask(refuted | refutes, there < here, x.value - x.error < margin - error);
    const auto lost = !(x.value == x.value);
    margin = select(worse | lost, x.value, margin);
    error = select(worse | lost, x.error, error);
  }

private:
  static constexpr mask_t<L> select_mask(const mask_t<L>& m, const mask_t<L>& a, const mask_t<L>& b) noexcept {
    const mask_t<L> first = m & a, not_m = !m, second = not_m & b;
    return first | second;
  }
};

} // namespace saddle::inline SADDLE_ISA::detail
