/// saddle, on any lane type: the frame of symmetric_saddle_*.cpp and singular_saddle_*.cpp.
#pragma once

#include <saddle/lane/batch.hpp>
#include <saddle/lane/group.hpp>
#include <saddle/spectral/singular_values.hpp>
#include <saddle/spectral/symmetric_eigenvalues.hpp>

#include "spectrum/decompositions.hpp"

namespace bench::decompositions {

template <kind Kind, template <class> class LaneOf> struct saddle_on {
  template <class T, std::size_t N> static void run(benchmark::State& state) {
    using L = LaneOf<T>;
    constexpr std::size_t W = saddle::width<L>;
    problem<Kind, T, N> p;
    std::vector<saddle::mat<L, N, N>> packed(matrices / W);
    for (std::size_t k = 0; k < matrices; ++k) saddle::insert_as(packed[k / W], k % W, p.a[k]);
    std::vector<saddle::vec<L, N>> values(matrices / W);
    const auto compute = [&] {
      for (std::size_t k = 0; k < packed.size(); ++k)
        if constexpr (Kind == kind::symmetric) values[k] = saddle::symmetric_eigenvalues(packed[k]).values;
        else values[k] = saddle::singular_values(packed[k]).values;
    };
    compute();
    for (std::size_t k = 0; k < matrices; ++k) {
      const auto one = saddle::extract_as<saddle::vec<T, N>>(values[k / W], k % W);
      for (std::size_t i = 0; i < N; ++i) p.values[k * N + i] = one[i];
    }
    time(state, p, compute);
  }
};

template <class T> using scalar_lane = T;
template <class T> using vector_lane = saddle::native_lane<T>;
template <class T> using group_lane = saddle::group<saddle::native_lane<T>, 2>;

} // namespace bench::decompositions
