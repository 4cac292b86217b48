/// What every spectral kernel has to do: the same as the header-only function does with one matrix. Included behind the
/// declarations of `estimate`, `estimate_id` and `each_size`, by one source an estimate; the programs are compiled once
/// for this machine and once without fused multiply-adds, and look at the instruction sets of their own class.
#pragma once

#include "kernels/match.hpp"

namespace kernels_test {
namespace {

inline std::vector<std::string> isas_of_this_class() {
  std::vector<std::string> r;
  for (const std::string& isa : isas())
    if (rounds_once(isa) == saddle::fused<double>) r.push_back(isa);
  return r;
}

/// Several vectors and an incomplete block, for float and for double.
constexpr std::size_t matrix_count = 37;
constexpr std::size_t nan_matrix = 3, infinite_matrix = 12, zero_matrix = 20, skew_matrix = 21, large_matrix = 30;

template <class T, std::size_t N> std::vector<saddle::mat<T, N, N>> some_matrices() {
  std::mt19937 random(1958);
  std::normal_distribution<T> normal;
  std::vector<saddle::mat<T, N, N>> r(matrix_count);
  for (auto& a : r) saddle::walk([&](T& x) { x = normal(random); }, a);
  // In the lower triangle, which every estimate reads.
  r[nan_matrix](N - 1, 0) = std::numeric_limits<T>::quiet_NaN();
  r[infinite_matrix](0, N - 1) = std::numeric_limits<T>::infinity();
  saddle::walk([](T& x) { x = 0; }, r[zero_matrix]);
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j <= i; ++j) r[skew_matrix](i, j) = i == j ? T(0) : -r[skew_matrix](j, i);
  saddle::walk([](T& x) { x *= std::numeric_limits<T>::max() / T(64); }, r[large_matrix]);
  return r;
}

/// One name an estimate: a program holds them all.
/// What one matrix gives.
template <class T> struct found_alone {
  std::vector<T> row;
  std::uint8_t status;
  std::int32_t iterations;
};

/// The header-only function of one matrix, as the kernels of `isa` have to give it: on numbers, or, where the vectors take
/// numbers below the normal ones for zero, on a vector of nothing but copies.
template <class T, std::size_t N> found_alone<T> header_only(const std::string& isa, const saddle::mat<T, N, N>& a) {
  constexpr std::size_t columns = estimate::template values<N>;
  using L = saddle::native_lane<T>;
  if constexpr (!saddle::keeps_subnormals<L>)
    if (isa != "scalar") {
      const auto r = estimate::of(saddle::spread<saddle::mat<L, N, N>>(a));
      return {rows(std::vector(1, saddle::extract_as<saddle::vec<T, columns>>(r.values, 0))),
              static_cast<std::uint8_t>(r.status[0]), r.iterations[0]};
    }
  const auto r = estimate::of(a);
  return {rows(std::vector(1, r.values)), static_cast<std::uint8_t>(r.status[0]), r.iterations[0]};
}

class SADDLE_SPECTRAL_SUITE : public testing::TestWithParam<std::string> {
protected:
  selected choice{GetParam()};
};

TEST_P(SADDLE_SPECTRAL_SUITE, is_the_header_only_function) {
  each_size([&isa = GetParam()]<class T, std::size_t N>() {
    SCOPED_TRACE(testing::Message() << N << (sizeof(T) == 4 ? " float" : " double"));
    constexpr std::size_t columns = estimate::template values<N>;
    const saddle_spectral_problem problem{static_cast<saddle_spectral>(estimate_id), scalar_id<T>, N};
    ASSERT_EQ(saddle_spectral_values(&problem), columns);
    const auto matrices = some_matrices<T, N>();
    packed<T> in(matrices, 1), out(std::vector<saddle::vec<T, columns>>(matrix_count), 3);
    std::vector<std::uint8_t> status(matrix_count, 99);
    std::vector<std::int32_t> iterations(matrix_count, -1);
    const saddle_spectral_report report{status.data(), iterations.data()};
    ASSERT_EQ(saddle_spectra(&problem, in.data(), out.data(), matrix_count, &report), SADDLE_OK);
    const std::vector<T> all = out.unpacked();
    for (std::size_t g = 0; g < matrix_count; ++g) {
      const auto alone = header_only(isa, matrices[g]);
      const std::vector<T> row(all.begin() + static_cast<std::ptrdiff_t>(g * columns),
                               all.begin() + static_cast<std::ptrdiff_t>((g + 1) * columns));
      EXPECT_TRUE(same(row, alone.row)) << "matrix " << g;
      EXPECT_EQ(status[g], alone.status) << "matrix " << g;
      EXPECT_EQ(iterations[g], alone.iterations) << "matrix " << g;
    }
    EXPECT_EQ(status[nan_matrix], SADDLE_NON_FINITE);
    EXPECT_NE(status[zero_matrix], SADDLE_NON_FINITE);
  });
}

TEST_P(SADDLE_SPECTRAL_SUITE, a_batch_may_be_split_at_blocks) {
  each_size([]<class T, std::size_t N>() {
    constexpr std::size_t columns = estimate::template values<N>;
    const saddle_spectral_problem problem{static_cast<saddle_spectral>(estimate_id), scalar_id<T>, N};
    packed<T> in(some_matrices<T, N>());
    const std::vector<saddle::vec<T, columns>> nothing(matrix_count);
    packed<T> whole(nothing), parts(nothing);
    ASSERT_EQ(saddle_spectra(&problem, in.data(), whole.data(), matrix_count, nullptr), SADDLE_OK);
    constexpr std::size_t cut = 16;
    ASSERT_EQ(saddle_spectra(&problem, in.from(cut), parts.from(cut), matrix_count - cut, nullptr), SADDLE_OK);
    ASSERT_EQ(saddle_spectra(&problem, in.data(), parts.data(), cut, nullptr), SADDLE_OK);
    EXPECT_TRUE(same(parts.unpacked(), whole.unpacked())) << N;
  });
}

} // namespace
} // namespace kernels_test
