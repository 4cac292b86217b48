/// The frame of a peer that computes on plain arrays. Included by units of different flags, and nothing of one with
/// -ffast-math may be shared with others: so all of it lies in the namespace of the contestant, BENCH_PEER.
#pragma once

#include "step/task.hpp"

namespace bench::step::BENCH_PEER {

template <class A, class B> inline constexpr bool same = false;
template <class A> inline constexpr bool same<A, A> = true;

template <class Rule, class T, std::size_t N> struct on_arrays {
  struct game {
    T c[N * N];
    T eta, gamma;
  };
  // All step sizes of the task are equal. They are read from two places, so that no compiler takes them for one.
  static void prepare(const void* c, const void* steps, void* form) {
    auto* const to = static_cast<game*>(form);
    for (std::size_t i = 0; i < N * N; ++i) to->c[i] = static_cast<const T*>(c)[i];
    to->eta = static_cast<const T*>(steps)[0];
    to->gamma = static_cast<const T*>(steps)[1];
  }
  static void advance(const void* forms, void* points, std::size_t games, int count) {
    const auto* of = static_cast<const game*>(forms);
    auto* z = static_cast<T*>(points);
    for (std::size_t g = 0; g < games; ++g, z += 2 * N)
      Rule::template advance<N>(of[g].c, of[g].eta, of[g].gamma, z, z + N, count);
  }
};

/// Enters a rule as this peer plays it, by itself at each size from 2 on and in batches up to 8.
template <class Rule, class T, std::size_t... N>
bool enter_arrays(const char* contestant, const char* rule, bool in_batches) {
  return (enter(player{.contestant = contestant,
                       .rule = rule,
                       .single = same<T, float>,
                       .n = N,
                       .alone = N > 1,
                       .batches = in_batches && N <= 8,
                       .form = sizeof(typename on_arrays<Rule, T, N>::game),
                       .prepare = on_arrays<Rule, T, N>::prepare,
                       .advance = on_arrays<Rule, T, N>::advance}) &&
          ...);
}

} // namespace bench::step::BENCH_PEER
