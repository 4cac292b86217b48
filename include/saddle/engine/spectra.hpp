/// Spectra of many matrices in the block layout, one matrix a lane.
///
/// Each entry of `spectra` is a registered estimate as a function of one matrix that fills a row of numbers; the row is
/// what a result looks like in memory. Two more have the vectors beside the values. A matrix has the bits that the
/// estimate gives it alone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <saddle/engine/batch.hpp>
#include <saddle/spectral/eigenvalues.hpp>
#include <saddle/spectral/gershgorin.hpp>
#include <saddle/spectral/is_hurwitz.hpp>
#include <saddle/spectral/is_schur_stable.hpp>
#include <saddle/spectral/norms.hpp>
#include <saddle/spectral/power_iteration.hpp>
#include <saddle/spectral/singular_values.hpp>
#include <saddle/spectral/spectral_abscissa.hpp>
#include <saddle/spectral/spectral_radius.hpp>
#include <saddle/spectral/symmetric_eigenvalues.hpp>
#include <saddle/spectral/symmetric_part.hpp>

namespace saddle::inline SADDLE_ISA {

/// The result of one matrix a lane: `count` numbers, how it ended, and how many sweeps it took where the method counts.
template <class L, std::size_t Count> struct spectral_row {
  vec<L, Count> values;
  per_lane<saddle::status, width<L>> status;
  per_lane<int, width<L>> iterations;
};

namespace spectra {

/// Re λ₁ … Re λ_N, Im λ₁ … Im λ_N
struct eigenvalues {
  template <std::size_t N> static constexpr std::size_t vectors = eigenvalue_vectors<N>;
  template <std::size_t N> static constexpr std::size_t values = 2 * N;
  template <class L, std::size_t N> static constexpr spectral_row<L, 2 * N> of(const mat<L, N, N>& a) noexcept {
    const auto s = saddle::eigenvalues(a);
    spectral_row<L, 2 * N> r;
    r.status = s.status;
    r.iterations = s.iterations;
    for (std::size_t k = 0; k < N; ++k) {
      r.values[k] = s.re[k];
      r.values[N + k] = s.im[k];
    }
    return r;
  }
};

/// λ₁ ≤ … ≤ λ_N, of the lower triangle
struct symmetric_eigenvalues {
  template <std::size_t N> static constexpr std::size_t vectors = symmetric_eigenvalue_vectors<N>;
  template <std::size_t N> static constexpr std::size_t values = N;
  template <class L, std::size_t N> static constexpr spectral_row<L, N> of(const mat<L, N, N>& a) noexcept {
    const auto s = saddle::symmetric_eigenvalues(a);
    return {s.values, s.status, {}};
  }
};

/// λ₁ ≤ … ≤ λ_N, then the matrix of eigenvectors row by row: xₖ is its column k
struct symmetric_eigenvectors {
  template <std::size_t N> static constexpr std::size_t values = (N + 1) * N;
  template <class L, std::size_t N> static constexpr spectral_row<L, N + N * N> of(const mat<L, N, N>& a) noexcept {
    const auto s = saddle::symmetric_eigenvectors(a);
    spectral_row<L, N + N * N> r;
    r.status = s.status;
    for (std::size_t k = 0; k < N; ++k) r.values[k] = s.values[k];
    for (std::size_t i = 0; i < N * N; ++i) r.values[N + i] = s.vectors.v[i];
    return r;
  }
};

/// σ₁ ≥ … ≥ σ_N
struct singular_values {
  template <std::size_t N> static constexpr std::size_t vectors = singular_value_vectors<N>;
  template <std::size_t N> static constexpr std::size_t values = N;
  template <class L, std::size_t N> static constexpr spectral_row<L, N> of(const mat<L, N, N>& a) noexcept {
    const auto s = saddle::singular_values(a);
    return {s.values, s.status, {}};
  }
};

/// σ₁ ≥ … ≥ σ_N, then U and V row by row: A = U·diag(σ)·Vᵀ
struct singular_vectors {
  template <std::size_t N> static constexpr std::size_t values = (2 * N + 1) * N;
  template <class L, std::size_t N> static constexpr spectral_row<L, N + 2 * N * N> of(const mat<L, N, N>& a) noexcept {
    const auto s = saddle::singular_vectors(a);
    spectral_row<L, N + 2 * N * N> r;
    r.status = s.status;
    for (std::size_t k = 0; k < N; ++k) r.values[k] = s.values[k];
    for (std::size_t i = 0; i < N * N; ++i) {
      r.values[N + i] = s.u.v[i];
      r.values[N + N * N + i] = s.v.v[i];
    }
    return r;
  }
};

/// ρ, its error bound
struct spectral_radius {
  template <std::size_t> static constexpr std::size_t values = 2;
  template <class L, std::size_t N> static constexpr spectral_row<L, 2> of(const mat<L, N, N>& a) noexcept {
    const auto e = saddle::spectral_radius(a);
    return {{{e.value, e.error_bound}}, e.status, {}};
  }
};

/// max Re λ, its error bound
struct spectral_abscissa {
  template <std::size_t> static constexpr std::size_t values = 2;
  template <class L, std::size_t N> static constexpr spectral_row<L, 2> of(const mat<L, N, N>& a) noexcept {
    const auto e = saddle::spectral_abscissa(a);
    return {{{e.value, e.error_bound}}, e.status, {}};
  }
};

/// ‖A‖₁, ‖A‖_∞, ‖A‖_F, ‖A‖₂, then the error bound of each; status is that of ‖A‖₂
struct norms {
  template <std::size_t> static constexpr std::size_t values = 8;
  template <class L, std::size_t N> static constexpr spectral_row<L, 8> of(const mat<L, N, N>& a) noexcept {
    const estimate<L> all[] = {one_norm(a), infinity_norm(a), frobenius_norm(a), two_norm(a)};
    spectral_row<L, 8> r;
    r.status = all[3].status;
    for (std::size_t k = 0; k < 4; ++k) {
      r.values[k] = all[k].value;
      r.values[4 + k] = all[k].error_bound;
    }
    return r;
  }
};

/// left ≤ Re λ, right ≥ Re λ, radius ≥ |λ|
struct gershgorin {
  template <std::size_t> static constexpr std::size_t values = 3;
  template <class L, std::size_t N> static constexpr spectral_row<L, 3> of(const mat<L, N, N>& a) noexcept {
    const auto b = saddle::gershgorin(a);
    return {{{b.left, b.right, b.radius}}, b.status, {}};
  }
};

/// λmin and λmax of (A + Aᵀ)/2, their error bound
struct symmetric_part {
  template <std::size_t> static constexpr std::size_t values = 3;
  template <class L, std::size_t N> static constexpr spectral_row<L, 3> of(const mat<L, N, N>& a) noexcept {
    const auto s = saddle::symmetric_part(a);
    return {{{s.smallest, s.largest, s.error_bound}}, s.status, {}};
  }
};

/// 1 yes, −1 no, 0 undecided; then the margin and its error bound
template <class L> constexpr spectral_row<L, 3> row_of(const stability<L>& s) noexcept {
  using T = scalar_t<L>;
  T answer[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i)
    answer[i] = s.verdict[i] == verdict::yes ? T(1) : s.verdict[i] == verdict::no ? T(-1) : T(0);
  return {{{load<L>(answer), s.margin, s.error_bound}}, s.status, {}};
}
struct is_schur_stable {
  template <std::size_t> static constexpr std::size_t values = 3;
  template <class L, std::size_t N> static constexpr spectral_row<L, 3> of(const mat<L, N, N>& a) noexcept {
    return row_of(saddle::is_schur_stable(a));
  }
};
struct is_hurwitz {
  template <std::size_t> static constexpr std::size_t values = 3;
  template <class L, std::size_t N> static constexpr spectral_row<L, 3> of(const mat<L, N, N>& a) noexcept {
    return row_of(saddle::is_hurwitz(a));
  }
};

/// Re λ, Im λ ≥ 0, the residual; 200 steps
struct power_iteration {
  template <std::size_t> static constexpr std::size_t values = 3;
  template <class L, std::size_t N> static constexpr spectral_row<L, 3> of(const mat<L, N, N>& a) noexcept {
    const auto d = saddle::power_iteration(a);
    return {{{d.re, d.im, d.residual}}, d.status, {}};
  }
};

} // namespace spectra

namespace detail {
/// Vectors in flight: what was measured for the estimate, one where nothing was.
template <class Estimate, std::size_t N> constexpr std::size_t vectors_of() noexcept {
  constexpr bool measured = requires { Estimate::template vectors<N>; };
  if constexpr (measured && !small_code) return Estimate::template vectors<N>;
  else return 1;
}
} // namespace detail

/// What a batch of spectra may report, a value a matrix, each span as long as the batch or empty when not wanted.
struct spectral_report {
  std::span<saddle::status> status{};
  std::span<std::int32_t> iterations{}; ///< QR sweeps of `eigenvalues`; zero for the other methods
};

/// The estimate of every matrix: rows of `values` as the entry of `spectra` says. The padding is computed as well.
///
/// Returns ok, or bad_argument when the sizes do not agree (nothing is touched). A vector of matrices costs what its
/// slowest one costs.
///
///     saddle::spectrum_of_each(saddle::spectra::eigenvalues{}, matrices, values, {.status = how_each_ended});
template <class Estimate, class T, std::size_t N>
constexpr status spectrum_of_each(Estimate, const blocks<mat<T, N, N>>& matrices,
                                  const blocks<vec<T, Estimate::template values<N>>>& values,
                                  const spectral_report& out = {}) noexcept {
  const auto fits = [&](std::size_t size) { return size == 0 || size == matrices.games; };
  if (values.games != matrices.games || !fits(out.status.size()) || !fits(out.iterations.size()))
    return status::bad_argument;
  detail::each_chunk<T, detail::vectors_of<Estimate, N>()>(matrices.games, [&]<class L>(std::size_t first) {
    if (first >= matrices.games) return; // padding
    const auto r = Estimate::of(matrices.template load<L>(first));
    values.template store<L>(first, r.values);
    const std::size_t count = std::min(width<L>, matrices.games - first);
    for (std::size_t i = 0; i < count; ++i) {
      if (!out.status.empty()) out.status[first + i] = r.status[i];
      if (!out.iterations.empty()) out.iterations[first + i] = r.iterations[i];
    }
  });
  return status::ok;
}

} // namespace saddle::inline SADDLE_ISA
