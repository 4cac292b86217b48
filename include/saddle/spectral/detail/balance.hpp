/// Balancing: a diagonal similarity by powers of two that makes each row as long as its column. Exact, so it changes no
/// eigenvalue; it shrinks the norm, and with it the rounding errors of everything that follows (Parlett & Reinsch 1969).
#pragma once

#include <saddle/linalg/mat.hpp>
#include <saddle/spectral/detail/exponent.hpp>
#include <saddle/spectral/detail/workspace.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// Rows and columns that differ by less gain nothing worth the time; what differs by more is balanced to a factor of 2.
inline constexpr int worth_balancing = 16;
/// Passes over the matrix. Two or three do; graded matrices take more.
inline constexpr int balancing_cap = 20;

/// The lengths Σ|aᵢⱼ| of every row and column of a matrix, or of `unit` times the matrix.
template <class L, std::size_t N> struct lengths {
  L row[N], column[N];

  template <class Matrix> constexpr explicit lengths(const Matrix& a) noexcept : lengths(a, broadcast<L>(1)) {}
  template <class Matrix> constexpr lengths(const Matrix& a, const L& unit) noexcept {
    for (std::size_t j = 0; j < N; ++j) column[j] = broadcast<L>(0);
    for (std::size_t i = 0; i < N; ++i) {
      L s = broadcast<L>(0);
      SADDLE_UNROLL
      for (std::size_t j = 0; j < N; ++j) {
        const L x = unit * abs(a(i, j));
        s += x;
        column[j] += x;
      }
      row[i] = s;
    }
  }

  constexpr L total() const noexcept {
    L s = row[0];
    for (std::size_t i = 1; i < N; ++i) s += row[i];
    return s;
  }

  /// The matrices with a row more than `worth_balancing` times as long as its column, or the other way round.
  constexpr mask_t<L> uneven() const noexcept {
    using T = scalar_t<L>;
    const L ratio = broadcast<L>(T(1) / worth_balancing), zero = broadcast<L>(0);
    mask_t<L> r(false);
    SADDLE_UNROLL
    for (std::size_t i = 0; i < N; ++i) {
      const L low = min(row[i], column[i]), high = max(row[i], column[i]);
      const mask_t<L> positive = low > zero, apart = low < ratio * high;
      r = r | (positive & apart);
    }
    return r;
  }
};

/// Balances the matrices named by the mask. Lengths include the diagonal: it keeps a nearly decoupled row (a Hessenberg
/// matrix with rounding errors below) from being blown up for nothing. They are taken times `unit`, so that they are
/// numbers where the entries are near the largest.
template <class L, std::size_t N> constexpr void balance(workspace<L, N>& a, mask_t<L> wanted, const L& unit) noexcept {
  using T = scalar_t<L>;
  const L zero = broadcast<L>(0), one = broadcast<L>(1);
  for (int pass = 0; pass < balancing_cap && any(wanted); ++pass) {
    mask_t<L> changed(false);
    for (std::size_t i = 0; i < N; ++i) {
      L row = zero, column = zero;
      for (std::size_t k = 0; k < N; ++k) {
        row += unit * abs(a(i, k));
        column += unit * abs(a(k, i));
      }
      // f = 2^⌊½ log₂(row/column)⌉: the columns grow by it, the rows shrink.
      const L f = number_by_number(row, column, [](T r, T c) {
        const int e = exponent_of(r) - exponent_of(c);
        return power_of_two<T>(e >= 0 ? (e + 1) / 2 : -((1 - e) / 2));
      });
      const L inverse = one / f;
      const mask_t<L> has_row = row > zero, has_column = column > zero;
      const mask_t<L> pays = fma(column, f, row * inverse) < broadcast<L>(T(0.95)) * (row + column);
      const mask_t<L> scales = wanted & has_row & has_column & pays;
      if (!any(scales)) continue;
      changed = changed | scales;
      const L grow = select(scales, f, one), shrink = select(scales, inverse, one);
      for (std::size_t k = 0; k < N; ++k) {
        a(i, k) = a(i, k) * shrink;
        a(k, i) = a(k, i) * grow;
      }
    }
    wanted = wanted & changed;
  }
}

} // namespace saddle::inline SADDLE_ISA::detail
