/// Square matrices that are hard in some way, and a way to send scalar matrices through a lane type.
#pragma once

#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <saddle/lane/batch.hpp>
#include <saddle/lane/group.hpp>
#include <saddle/spectral/eigenvalues.hpp>

namespace matrices {

using saddle::extract;
using saddle::insert;
using saddle::mat;
using saddle::scalar_t;
using saddle::width;

template <class T, std::size_t N> struct named {
  std::string name;
  mat<T, N, N> a;
};

/// Eigenvalues of one matrix, whatever lane it was computed in.
template <class T, std::size_t N> struct answer {
  std::complex<T> lambda[N];
  saddle::status status;
  int iterations;
};

/// The i-th matrix of a lane's result.
template <class L, std::size_t N>
answer<scalar_t<L>, N> answer_of(const saddle::spectrum<L, N>& s, std::size_t i) {
  answer<scalar_t<L>, N> r;
  for (std::size_t k = 0; k < N; ++k) r.lambda[k] = {extract(s.re[k], i), extract(s.im[k], i)};
  r.status = s.status[i];
  r.iterations = s.iterations[i];
  return r;
}

/// All matrices through lanes of type L, as many at once as fit; what is left over is filled up with copies.
template <class L, std::size_t N>
std::vector<answer<scalar_t<L>, N>> solve(const std::vector<mat<scalar_t<L>, N, N>>& all) {
  constexpr std::size_t W = width<L>;
  std::vector<answer<scalar_t<L>, N>> r;
  for (std::size_t begin = 0; begin < all.size(); begin += W) {
    auto a = saddle::zero_matrix<L, N, N>();
    for (std::size_t i = 0; i < W; ++i) {
      const auto& from = all[begin + i < all.size() ? begin + i : begin];
      for (std::size_t e = 0; e < N * N; ++e) insert(a.v[e], i, from.v[e]);
    }
    const auto s = saddle::eigenvalues(a);
    for (std::size_t i = 0; i < W && begin + i < all.size(); ++i) r.push_back(answer_of(s, i));
  }
  return r;
}

template <class T, std::size_t N> double frobenius(const mat<T, N, N>& a) {
  long double s = 0;
  for (const T x : a.v) s += static_cast<long double>(x) * static_cast<long double>(x);
  return static_cast<double>(std::sqrt(s));
}

template <class T, std::size_t N> mat<T, N, N> zero() {
  mat<T, N, N> a;
  for (T& x : a.v) x = 0;
  return a;
}

template <class T, std::size_t N, class F> mat<T, N, N> generate(F f) {
  mat<T, N, N> a;
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) a(i, j) = static_cast<T>(f(i, j));
  return a;
}

/// Product of N random reflections of a diagonal or block-diagonal matrix: Q D Qᵀ, formed in long double.
template <class T, std::size_t N, class Random> mat<T, N, N> turned(const mat<T, N, N>& d, Random& random) {
  long double q[N][N];
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) q[i][j] = static_cast<long double>(d(i, j));
  std::normal_distribution<double> normal;
  for (std::size_t k = 0; k < N; ++k) {
    long double v[N], square = 0;
    for (auto& x : v) x = normal(random), square += x * x;
    for (std::size_t j = 0; j < N; ++j) {
      long double left = 0;
      for (std::size_t i = 0; i < N; ++i) left += v[i] * q[i][j];
      for (std::size_t i = 0; i < N; ++i) q[i][j] -= 2 * v[i] * left / square;
    }
    for (std::size_t i = 0; i < N; ++i) {
      long double right = 0;
      for (std::size_t j = 0; j < N; ++j) right += v[j] * q[i][j];
      for (std::size_t j = 0; j < N; ++j) q[i][j] -= 2 * v[j] * right / square;
    }
  }
  return generate<T, N>([&](std::size_t i, std::size_t j) { return q[i][j]; });
}

/// Random matrices; `kind` counts the families round.
inline constexpr int random_kinds = 6;
template <class T, std::size_t N, class Random> mat<T, N, N> random_matrix(int kind, Random& random) {
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::uniform_int_distribution<int> integer(-2, 2);
  switch (kind % random_kinds) {
  case 0: return generate<T, N>([&](auto, auto) { return normal(random); });
  case 1: return generate<T, N>([&](auto, auto) { return uniform(random); });
  case 2: // log-graded: sizes over half the digits
    return generate<T, N>([&](auto, auto) {
      const double decades = -std::log10(static_cast<double>(saddle::epsilon<T>)) / 2;
      return uniform(random) * std::pow(10.0, decades * uniform(random));
    });
  case 3: // small integers: ties, exact zeros, singular and defective matrices
    return generate<T, N>([&](auto, auto) { return integer(random); });
  case 4: { // the Jacobian of a bilinear game: pure imaginary pairs
    mat<T, N, N> a = zero<T, N>();
    for (std::size_t i = 0; i < N / 2; ++i)
      for (std::size_t j = N / 2; j < N; ++j) {
        a(i, j) = static_cast<T>(normal(random));
        a(j, i) = -a(i, j);
      }
    return a;
  }
  default: // sparse
    return generate<T, N>([&](auto, auto) { return uniform(random) > 0.4 ? normal(random) : 0.0; });
  }
}

/// The matrices with a name, and some of each random family.
template <class T, std::size_t N> std::vector<named<T, N>> families() {
  std::mt19937_64 random(20 + N);
  std::vector<named<T, N>> r;
  const auto add = [&](const char* name, const mat<T, N, N>& a) { r.push_back({name, a}); };
  const auto by = [&](const char* name, auto f) { add(name, generate<T, N>(f)); };
  const double n = static_cast<double>(N);

  add("zero", zero<T, N>());
  by("identity", [](auto i, auto j) { return i == j ? 1.0 : 0.0; });
  by("ones", [](auto, auto) { return 1.0; });
  by("Jordan block", [](auto i, auto j) { return i == j ? 0.75 : j == i + 1 ? 1.0 : 0.0; });
  by("nilpotent", [](auto i, auto j) { return j == i + 1 ? 1.0 : 0.0; });
  by("lower nilpotent", [](auto i, auto j) { return i > j ? 1.0 + double(i) : 0.0; });
  by("cyclic permutation", [](auto i, auto j) { return j == (i + 1) % N ? 1.0 : 0.0; });
  by("reversal", [](auto i, auto j) { return i + j + 1 == N ? 1.0 : 0.0; });
  by("upper triangular", [](auto i, auto j) { return i <= j ? 1.0 / (1.0 + double(i + j)) : 0.0; });
  by("lower triangular", [](auto i, auto j) { return i >= j ? 1.0 + double(i) - 0.5 * double(j) : 0.0; });
  by("Frank", [&](auto i, auto j) { return i > j + 1 ? 0.0 : n - double(i > j ? i : j); });
  by("Grcar", [](auto i, auto j) { return i == j + 1 ? -1.0 : j >= i && j <= i + 3 ? 1.0 : 0.0; });
  by("Kahan", [](auto i, auto j) { return std::pow(0.6, double(i)) * (i == j ? 1.0 : j > i ? -0.8 : 0.0); });
  by("Hilbert", [](auto i, auto j) { return 1.0 / (1.0 + double(i + j)); });
  by("Wilkinson", [&](auto i, auto j) {
    return i == j ? std::abs(double(i) - (n - 1) / 2) : i == j + 1 || j == i + 1 ? 1.0 : 0.0;
  });
  by("Clement", [&](auto i, auto j) { return j == i + 1 ? double(j) : i == j + 1 ? n - double(i) : 0.0; });
  by("Toeplitz, imaginary spectrum", [](auto i, auto j) { return j == i + 1 ? 1.0 : i == j + 1 ? -1.0 : 0.0; });
  // Companion matrix of (x − 1)ᴺ: one eigenvalue, N times.
  {
    mat<T, N, N> a = zero<T, N>();
    double binomial = 1;
    for (std::size_t j = 0; j < N; ++j) {
      binomial = binomial * (n - double(j)) / (double(j) + 1);
      a(0, j) = static_cast<T>(j % 2 == 0 ? binomial : -binomial);
      if (j + 1 < N) a(j + 1, j) = 1;
    }
    add("companion of (x - 1)^N", a);
  }
  by("graded by rows", [&](auto i, auto j) {
    return std::pow(10.0, -0.5 * double(i)) * (1.0 + 0.3 * double((i * 7 + j * 3) % 5));
  });
  by("badly scaled", [&](auto i, auto j) {
    const double e = std::log10(double(std::numeric_limits<T>::max())) / 4;
    return std::pow(10.0, e * (double(i) - double(j)) / n) * (1.0 + 0.3 * double((i * 7 + j * 3) % 5));
  });
  for (int kind = 0; kind < random_kinds; ++kind)
    for (int repeat = 0; repeat < 4; ++repeat) {
      const auto a = random_matrix<T, N>(kind, random);
      add(("random " + std::to_string(kind)).c_str(), a);
      // Near overflow, near underflow, in the denormals.
      using limits = std::numeric_limits<T>;
      double largest = 0;
      for (const T x : a.v) largest = std::max(largest, std::abs(double(x)));
      if (repeat != 0 || largest == 0) continue;
      const T top = static_cast<T>(limits::max() / (4 * T(largest)));
      add("near overflow", generate<T, N>([&](auto i, auto j) { return top * a(i, j); }));
      add("near underflow", generate<T, N>([&](auto i, auto j) { return limits::min() * a(i, j); }));
    }
  return r;
}

} // namespace matrices
