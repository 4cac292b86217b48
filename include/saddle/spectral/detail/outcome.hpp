/// What the spectral kernels have in common at their end: a status a lane, values in order.
#pragma once

#include <cstddef>
#include <limits>

#include <saddle/linalg/mat.hpp>
#include <saddle/status.hpp>

namespace saddle::inline SADDLE_ISA::detail {

/// non_finite where `bounded` fails, not_converged where `finished` fails, ok elsewhere.
template <class L>
constexpr per_lane<status, width<L>> status_of(const mask_t<L>& bounded, const mask_t<L>& finished) noexcept {
  per_lane<status, width<L>> r;
  const mask_t<L> good = bounded & finished;
  if (all(good)) return r;
  for (std::size_t i = 0; i < width<L>; ++i)
    r[i] = !get(bounded, i) ? status::non_finite : get(finished, i) ? status::ok : status::not_converged;
  return r;
}

template <class L> constexpr L nan() noexcept { return broadcast<L>(std::numeric_limits<scalar_t<L>>::quiet_NaN()); }

/// Ascending, every lane for itself: a fixed network of exchanges between neighbours (odd-even transposition).
template <class L, std::size_t N> constexpr void sort(vec<L, N>& x) noexcept {
  for (std::size_t round = 0; round < N; ++round)
    for (std::size_t i = round % 2; i + 1 < N; i += 2) {
      const L a = x[i], b = x[i + 1];
      x[i] = min(a, b);
      x[i + 1] = max(b, a);
    }
}

/// The same for values that carry rows: wherever two values change places, so do their rows in each matrix.
template <bool Descending, class L, std::size_t N, class... Rows>
constexpr void sort(vec<L, N>& x, Rows&... rows) noexcept {
  for (std::size_t round = 0; round < N; ++round)
    for (std::size_t i = round % 2; i + 1 < N; i += 2) {
      const auto exchange = Descending ? x[i] < x[i + 1] : x[i + 1] < x[i];
      if (!any(exchange)) continue;
      const L a = x[i], b = x[i + 1];
      x[i] = select(exchange, b, a);
      x[i + 1] = select(exchange, a, b);
      const auto exchange_rows = [&](auto& m) {
        for (std::size_t j = 0; j < m.columns; ++j) {
          const L p = m(i, j), q = m(i + 1, j);
          m(i, j) = select(exchange, q, p);
          m(i + 1, j) = select(exchange, p, q);
        }
      };
      (exchange_rows(rows), ...);
    }
}

} // namespace saddle::inline SADDLE_ISA::detail
