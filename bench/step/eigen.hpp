/// Eigen, fixed size, in two forms: as its users write it (products with noalias where it helps), and with the tricks that
/// make small sizes fast: products evaluated lazily, so that they are inlined, and the transpose stored. A rule is a file
/// of the folder eigen.
#pragma once

#include <memory>
#include <type_traits>

#include <Eigen/Core>
#include <Eigen/LU>

#include "step/task.hpp"

namespace bench::step::BENCH_PEER {

template <class T, std::size_t N> using vector = Eigen::Matrix<T, static_cast<int>(N), 1>;
template <class T, std::size_t N> using matrix = Eigen::Matrix<T, static_cast<int>(N), static_cast<int>(N)>;

/// C and its products.
template <class M> struct natural {
  M c;
  template <class V> auto forward(const V& x) const { return c * x; }
  template <class V> auto backward(const V& x) const { return c.transpose() * x; }
};
template <class M> struct lazy {
  M c;
  M transposed = c.transpose();
  template <class V> auto forward(const V& x) const { return c.lazyProduct(x); }
  template <class V> auto backward(const V& x) const { return transposed.lazyProduct(x); }
};

template <class Rule, template <class> class Form, class T, std::size_t N> struct with_eigen {
  struct game {
    Form<matrix<T, N>> c;
    T eta, gamma;
  };
  // All step sizes of the task are equal. They are read from two places, so that no compiler takes them for one.
  static void prepare(const void* rows, const void* steps, void* form) {
    using by_rows =
        Eigen::Matrix<T, static_cast<int>(N), static_cast<int>(N), N == 1 ? Eigen::ColMajor : Eigen::RowMajor>;
    const matrix<T, N> c = Eigen::Map<const by_rows>(static_cast<const T*>(rows));
    std::construct_at(static_cast<game*>(form),
                      game{{c}, static_cast<const T*>(steps)[0], static_cast<const T*>(steps)[1]});
  }
  static void advance(const void* forms, void* points, std::size_t games, int count) {
    const auto* of = static_cast<const game*>(forms);
    auto* z = static_cast<T*>(points);
    for (std::size_t g = 0; g < games; ++g, z += 2 * N) {
      vector<T, N> theta(z), omega(z + N);
      Rule::advance(of[g].c, of[g].eta, of[g].gamma, theta, omega, count);
      for (std::size_t i = 0; i < N; ++i) {
        z[i] = theta(static_cast<int>(i));
        z[N + i] = omega(static_cast<int>(i));
      }
    }
  }
};

/// Enters a rule as Eigen plays it in one form, by itself at each size from 2 on and in batches up to 8.
template <class Rule, template <class> class Form, class T, std::size_t... N>
bool enter_eigen(const char* contestant, const char* rule, bool in_batches) {
  return (enter(player{.contestant = contestant,
                       .rule = rule,
                       .single = std::is_same_v<T, float>,
                       .n = N,
                       .alone = N > 1,
                       .batches = in_batches && N <= 8,
                       .form = sizeof(typename with_eigen<Rule, Form, T, N>::game),
                       .prepare = with_eigen<Rule, Form, T, N>::prepare,
                       .advance = with_eigen<Rule, Form, T, N>::advance}) &&
          ...);
}

} // namespace bench::step::BENCH_PEER
