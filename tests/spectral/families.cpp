#include "spectral/families.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spectral::families {

namespace {

/// A square matrix by the formula of its entries.
template <class F> wide by(std::size_t size, F f) {
  wide a(size, size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j) a(i, j) = static_cast<long double>(f(i, j));
  return a;
}

/// Powers of two between 2^-reach and 1, reach such that the last digits of the type still see the smallest.
wide grading(std::size_t n, std::mt19937_64& random, int reach) {
  std::uniform_int_distribution<int> exponent(-reach, 0);
  return by(n, [&](auto i, auto j) { return i == j ? std::ldexp(1.0L, exponent(random)) : 0; });
}

} // namespace

wide filled(std::size_t rows, std::size_t columns, std::mt19937_64& random, bool normal) {
  std::normal_distribution<double> gauss;
  std::uniform_real_distribution<double> flat(-1, 1);
  wide a(rows, columns);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) a(i, j) = static_cast<long double>(normal ? gauss(random) : flat(random));
  return a;
}

// Gram and Schmidt, twice: random columns are far from dependent.
wide orthonormal(std::size_t rows, std::size_t columns, std::mt19937_64& random) {
  wide q = filled(rows, columns, random, true);
  for (int pass = 0; pass < 2; ++pass)
    for (std::size_t k = 0; k < columns; ++k) {
      for (std::size_t p = 0; p < k; ++p) {
        long double s = 0;
        for (std::size_t i = 0; i < rows; ++i) s += q(i, p) * q(i, k);
        for (std::size_t i = 0; i < rows; ++i) q(i, k) -= s * q(i, p);
      }
      const long double length = saddle_test::frobenius(q.block(0, k, rows, 1));
      for (std::size_t i = 0; i < rows; ++i) q(i, k) /= length;
    }
  return q;
}

void fill(matrix& a, kind k, const format& f, std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::uniform_int_distribution<int> integer(-2, 2);
  const double decades = -std::log10(f.epsilon) / 2; // sizes over half the digits, both ways
  const std::size_t half = a.rows / 2;
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j) {
      double& x = a(i, j);
      switch (k) {
      case kind::normal: x = normal(random); break;
      case kind::uniform: x = uniform(random); break;
      case kind::log_graded:
        x = uniform(random);
        x *= std::pow(10.0, decades * uniform(random));
        break;
      // Ties, exact zeros, singular and defective matrices.
      case kind::small_integers: x = integer(random); break;
      // Pure imaginary pairs.
      case kind::bilinear_game:
        x = i < half && j >= half ? normal(random) : i >= half && j < half ? -a(j, i) : 0.0;
        break;
      case kind::sparse: x = uniform(random) > 0.4 ? normal(random) : 0.0; break;
      }
      x = f.round(static_cast<long double>(x));
    }
}

std::vector<member> named(std::size_t size, const format& f) {
  const double n = static_cast<double>(size);
  std::mt19937_64 random(size);
  std::vector<member> all;
  const auto add = [&](const char* name, auto formula) { all.push_back({name, by(size, formula)}); };
  add("zero", [](auto, auto) { return 0.0; });
  add("identity", [](auto i, auto j) { return i == j ? 1.0 : 0.0; });
  add("ones", [](auto, auto) { return 1.0; });
  add("Jordan block", [](auto i, auto j) { return i == j ? -0.5 : j == i + 1 ? 1.0 : 0.0; });
  add("nilpotent", [](auto i, auto j) { return j == i + 1 ? 1.0 : 0.0; });
  add("lower nilpotent", [](auto i, auto j) { return i > j ? 1.0 + double(i) : 0.0; });
  add("cyclic permutation", [&](auto i, auto j) { return j == (i + 1) % size ? 1.0 : 0.0; });
  add("reversal", [&](auto i, auto j) { return i + j + 1 == size ? 1.0 : 0.0; });
  add("upper triangular", [](auto i, auto j) { return i <= j ? 1.0 / (1.0 + double(i + j)) : 0.0; });
  add("lower triangular", [](auto i, auto j) { return i >= j ? 1.0 + double(i) - 0.5 * double(j) : 0.0; });
  add("Frank", [&](auto i, auto j) { return i > j + 1 ? 0.0 : n - double(i > j ? i : j); });
  add("Grcar", [](auto i, auto j) { return i == j + 1 ? -1.0 : j >= i && j <= i + 3 ? 1.0 : 0.0; });
  add("Kahan", [](auto i, auto j) { return std::pow(0.6, double(i)) * (i == j ? 1.0 : j > i ? -0.8 : 0.0); });
  add("Hilbert", [](auto i, auto j) { return 1.0L / static_cast<long double>(1 + i + j); });
  add("Wilkinson", [&](auto i, auto j) {
    return i == j ? std::abs(double(i) - (n - 1) / 2) : i == j + 1 || j == i + 1 ? 1.0 : 0.0;
  });
  add("Clement", [&](auto i, auto j) { return j == i + 1 ? double(j) : i == j + 1 ? n - double(i) : 0.0; });
  add("Toeplitz, imaginary spectrum", [](auto i, auto j) { return j == i + 1 ? 1.0 : i == j + 1 ? -1.0 : 0.0; });
  // (x − 1)ᴺ: one eigenvalue, N times.
  std::vector<double> binomial(size, n);
  for (std::size_t j = 1; j < size; ++j) binomial[j] = -binomial[j - 1] * (n - double(j)) / (double(j) + 1);
  add("companion of (x - 1)^N", [&](auto i, auto j) { return i == 0 ? binomial[j] : i == j + 1 ? 1.0 : 0.0; });
  add("graded by rows",
      [](auto i, auto j) { return std::pow(10.0, -0.5 * double(i)) * (1.0 + 0.3 * double((i * 7 + j * 3) % 5)); });
  const double reach = std::log10(f.largest) / 4;
  add("badly scaled", [&](auto i, auto j) {
    return std::pow(10.0, reach * (double(i) - double(j)) / n) * (1.0 + 0.3 * double((i * 7 + j * 3) % 5));
  });
  // Rows and columns of a triangular matrix in another order: only its zeros say what it is.
  const wide g = filled(size, size, random, true);
  add("permuted triangular", [&](auto i, auto j) {
    const bool above = std::pair((i * 7 + 3) % 11, i) <= std::pair((j * 7 + 3) % 11, j);
    return above ? g(i, j) : 0.0L;
  });
  return all;
}

// Random factors have names: the compiler chooses the order in which it evaluates the operands of a product, and each
// draws from the same generator.
std::vector<member> rectangular(std::size_t rows, std::size_t columns, unsigned seed, int reach) {
  const std::size_t k = std::min(rows, columns);
  std::mt19937_64 random(seed);
  std::vector<member> all;
  all.push_back({"uniform", filled(rows, columns, random, false)});
  all.push_back({"normal", filled(rows, columns, random, true)});
  const wide g = filled(rows, columns, random, true), of_columns = grading(columns, random, reach);
  all.push_back({"graded columns", g * of_columns});
  const wide left = grading(rows, random, reach), middle = filled(rows, columns, random, true);
  const wide right = grading(columns, random, reach);
  all.push_back({"graded both ways", left * middle * right});
  // Pairs of equal values.
  const wide spectrum = by(k, [](auto i, auto j) { return i == j ? double(1 + i / 2) : 0.0; });
  const wide u = orthonormal(rows, k, random), v = orthonormal(columns, k, random);
  all.push_back({"known spectrum", u * spectrum * v.transposed()});
  const std::size_t rank = std::max<std::size_t>(1, k / 2);
  const wide tall = filled(rows, rank, random, true), flat = filled(rank, columns, random, true);
  all.push_back({"half rank", tall * flat});
  wide ones(rows, columns), identity = ones, hilbert = ones, kahan = ones, bidiagonal = ones;
  const long double s = std::sin(1.2L), cosine = std::cos(1.2L);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      ones(i, j) = 1;
      identity(i, j) = i == j;
      hilbert(i, j) = 1 / static_cast<long double>(i + j + 1);
      kahan(i, j) = i > j ? 0 : std::pow(s, static_cast<long double>(i)) * (i == j ? 1 : -cosine);
      bidiagonal(i, j) = i == j || i + 1 == j;
    }
  all.push_back({"rank one", ones});
  all.push_back({"zero", wide(rows, columns)});
  all.push_back({"identity", identity});
  all.push_back({"Hilbert", hilbert});
  all.push_back({"Kahan", kahan});
  all.push_back({"bidiagonal", bidiagonal});
  return all;
}

std::vector<member> symmetric(std::size_t size, unsigned seed, int reach) {
  std::mt19937_64 random(seed);
  std::vector<member> all;
  for (const member& m : rectangular(size, size, seed, reach))
    all.push_back({m.name, m.matrix + m.matrix.transposed()});
  const wide d = grading(size, random, reach), g = filled(size, size, random, true);
  all.push_back({"graded", d * (g + g.transposed()) * d});
  const wide q = orthonormal(size, size, random);
  const wide spectrum = by(size, [](auto i, auto j) { return i == j ? double(i / 3) - 2 : 0.0; });
  const wide similar = q * spectrum * q.transposed();
  all.push_back({"triple eigenvalues", 0.5L * (similar + similar.transposed())});
  const double middle = (static_cast<double>(size) - 1) / 2;
  all.push_back({"Wilkinson", by(size, [&](auto i, auto j) {
                   return i == j ? std::abs(double(i) - middle) : i == j + 1 || j == i + 1 ? 1.0 : 0.0;
                 })});
  // Zero diagonal, spectrum in ± pairs.
  all.push_back({"checkered", by(size, [](auto i, auto j) { return double((i + j) % 2); })});
  all.push_back({"diagonal", by(size, [&](auto i, auto j) { return i == j ? g(i, i) : 0; })});
  return all;
}

std::vector<member> sampled(std::size_t size, unsigned seed, const format& f) {
  static constexpr const char* names[] = {"normal",         "uniform",       "log-graded",
                                          "small integers", "bilinear game", "sparse"};
  std::mt19937_64 random(seed + 1);
  std::vector<member> all;
  for (int k = 0; k < kinds; ++k) {
    matrix a(size, size);
    fill(a, static_cast<kind>(k), f, random);
    all.push_back({names[k], widened(a)});
  }
  for (const member& m : rectangular(size, size, seed, 6))
    if (m.name.starts_with("graded") || m.name == "half rank" || m.name == "known spectrum") all.push_back(m);
  const wide g = filled(size, size, random, true), one = wide::identity(size);
  const long double reach = std::sqrt(static_cast<long double>(size));
  all.push_back({"skew", g - g.transposed()});
  all.push_back({"contraction", (0.4L / reach) * g});
  all.push_back({"left of the axis", g - (1.2L * reach + 1) * one});
  return all;
}

std::vector<member> general(std::size_t size, const format& f) {
  std::vector<member> all = named(size, f);
  for (unsigned seed = 0; seed < 20; ++seed)
    for (const member& m : sampled(size, seed, f)) all.push_back(m);
  return all;
}

std::vector<int> exponents(const format& f) { return {0, f.max_exponent - 13, f.min_exponent - 3}; }

std::vector<member> every(std::size_t rows, std::size_t columns, const format& f) {
  std::vector<member> all = rectangular(rows, columns, 21, f.digits / 2);
  if (rows == columns) {
    for (const member& m : symmetric(rows, 22, f.digits / 2)) all.push_back({m.name + ", symmetric", m.matrix});
    for (const member& m : named(rows, f)) all.push_back(m);
    for (unsigned seed = 23; seed < 25; ++seed)
      for (const member& m : sampled(rows, seed, f)) all.push_back(m);
  }
  std::mt19937_64 random(26);
  for (const int exponent : exponents(f))
    all.push_back(
        {"times 2^" + std::to_string(exponent), std::ldexp(1.0L, exponent) * filled(rows, columns, random, false)});
  return all;
}

} // namespace spectral::families
