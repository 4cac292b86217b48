/// Puts functions of fixed lane type and shape into the catalogue. Only instances.cpp.in includes this.
#pragma once

#include <cstddef>
#include <type_traits>

#include <saddle/lane/group.hpp>
#include <saddle/lane/native.hpp>
#include <saddle/lane/walk.hpp>
#include <saddle/linalg/mat.hpp>
#include <saddle/status.hpp>

#include "spectral/operations.hpp"

namespace spectral {

template <std::size_t R, std::size_t C> struct shape {};
template <class... Shapes> struct shapes {};

/// Stands for any member in the question how many there are.
struct anything {
  template <class T> constexpr operator T() const noexcept;
};
template <class X, class... Members>
concept made_of = requires {
  X{Members{}...};
};

/// Calls f(member) for each member of a result, without a list of all result types.
template <class Result, class F> void each_member(const Result& r, F f) {
  using A = anything;
  static_assert(!made_of<Result, A, A, A, A, A>,
                "a spectral function returns an aggregate with more than four members: add a line to each_member in "
                "tests/spectral/instances.hpp");
  if constexpr (made_of<Result, A, A, A, A>) {
    const auto& [a, b, c, d] = r;
    f(a), f(b), f(c), f(d);
  } else if constexpr (made_of<Result, A, A, A>) {
    const auto& [a, b, c] = r;
    f(a), f(b), f(c);
  } else {
    const auto& [a, b] = r;
    f(a), f(b);
  }
}

template <class X, std::size_t W> void add_member(answer* to, const saddle::per_lane<X, W>& x) {
  for (std::size_t i = 0; i < W; ++i)
    if constexpr (std::is_same_v<X, saddle::status>) to[i].status = x[i];
    else to[i].words.push_back(static_cast<int>(x[i]));
}
template <class X> void add_member(answer* to, const X& x) {
  saddle::walk(
      [&]<class L>(const L& number) {
        using saddle::store; // that of scalars; those of vectors are friends
        saddle::scalar_t<L> each[saddle::width<L>];
        store(each, number);
        for (std::size_t i = 0; i < saddle::width<L>; ++i) to[i].numbers.push_back(static_cast<double>(each[i]));
      },
      x);
}

template <std::size_t W, class Result> void split(const Result& r, answer* to) {
  for (std::size_t i = 0; i < W; ++i) to[i] = {};
  each_member(r, [&](const auto& member) { add_member(to, member); });
}

template <class Function, class L, std::size_t R, std::size_t C> void compute_lanes(const matrix* a, answer* r) {
  using T = saddle::scalar_t<L>;
  constexpr std::size_t W = saddle::width<L>;
  saddle::mat<L, R, C> lanes;
  for (std::size_t e = 0; e < R * C; ++e) {
    T each[W];
    for (std::size_t i = 0; i < W; ++i) each[i] = static_cast<T>(a[i].v[e]);
    lanes.v[e] = saddle::load<L>(each);
  }
  split<W>(Function{}(lanes), r);
}

/// A game of two numbers a side, without symmetry: both kinds of eigenvalues.
template <class T, std::size_t N> constexpr saddle::mat<T, N, N> sample() noexcept {
  saddle::mat<T, N, N> a;
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j)
      a(i, j) = static_cast<T>(static_cast<int>((5 * i + 3 * j) % 7) - 3) / T(8) - (i == j ? T(1) : T(0));
  return a;
}

template <class Function, class T, std::size_t N> struct constant_of {
  static constexpr auto value = Function{}(sample<T, N>());
  static void add(catalogue& all, const char* header, const char* function) {
    constant c{header, function, format_of<T>, matrix(N, N), {}};
    for (std::size_t e = 0; e < N * N; ++e) c.input.v[e] = static_cast<double>(sample<T, N>().v[e]);
    split<1>(value, &c.said);
    all.constants.push_back(c);
  }
};

template <class Function> struct adder {
  catalogue& all;
  const char *header, *function;

  template <class L, std::size_t R, std::size_t C> void one(lane kind) const {
    all.operations.push_back({header, function, format_of<saddle::scalar_t<L>>, kind, saddle::width<L>, R, C,
                              compute_lanes<Function, L, R, C>, saddle::keeps_subnormals<L>});
  }
  template <std::size_t... R, std::size_t... C> void scalars(shapes<shape<R, C>...>) const {
    (one<float, R, C>(lane::scalar), ...);
    (one<double, R, C>(lane::scalar), ...);
  }
  template <std::size_t... R, std::size_t... C> void vectors(shapes<shape<R, C>...>) const {
    (one<saddle::native_lane<float>, R, C>(lane::vector), ...);
    (one<saddle::native_lane<double>, R, C>(lane::vector), ...);
  }
  template <std::size_t... R, std::size_t... C> void groups(shapes<shape<R, C>...>) const {
    (one<saddle::group<saddle::native_lane<float>, 2>, R, C>(lane::group), ...);
    (one<saddle::group<saddle::native_lane<double>, 2>, R, C>(lane::group), ...);
  }
  void constants() const {
    constant_of<Function, float, 2>::add(all, header, function);
    constant_of<Function, double, 2>::add(all, header, function);
    constant_of<Function, double, 3>::add(all, header, function);
  }
};

template <class Function> constexpr bool exists = std::is_invocable_v<Function, const saddle::mat<double, 2, 2>&>;

/// A function by its name, which only its argument can find: one that is not there is a sentence and no riddle.
#define SADDLE_SPECTRAL_FUNCTION(name)                                                                                 \
  struct name##_function {                                                                                             \
    template <class A> constexpr auto operator()(const A& a) const noexcept -> decltype(name(a)) { return name(a); }   \
  };                                                                                                                   \
  static_assert(exists<name##_function>,                                                                               \
                #name "(mat) does not exist: say in tests/spectral/CMakeLists.txt which functions the registered "     \
                      "header offers, and for which shapes");

} // namespace spectral
