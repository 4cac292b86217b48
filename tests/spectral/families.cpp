#include "spectral/families.hpp"

#include <Eigen/Dense>

#include <algorithm>

namespace families {

wide filled(Eigen::Index rows, Eigen::Index columns, std::mt19937_64& random, bool normal) {
  std::normal_distribution<double> gauss;
  std::uniform_real_distribution<double> flat(-1, 1);
  wide a(rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i)
    for (Eigen::Index j = 0; j < columns; ++j) a(i, j) = normal ? gauss(random) : flat(random);
  return a;
}

wide orthonormal(Eigen::Index rows, Eigen::Index columns, std::mt19937_64& random) {
  Eigen::HouseholderQR<wide> qr(filled(rows, columns, random, true));
  return qr.householderQ() * wide::Identity(rows, columns);
}

namespace {
/// Powers of two between 2^-reach and 1, reach such that the last digits of the type still see the smallest.
wide grading(Eigen::Index n, std::mt19937_64& random, int reach) {
  std::uniform_int_distribution<int> exponent(-reach, 0);
  wide d = wide::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) d(i, i) = std::ldexp(1.0L, exponent(random));
  return d;
}
} // namespace

std::vector<member> rectangular(std::size_t rows, std::size_t columns, unsigned seed, int reach) {
  const auto r = static_cast<Eigen::Index>(rows), c = static_cast<Eigen::Index>(columns), k = std::min(r, c);
  std::mt19937_64 random(seed);
  std::vector<member> all;
  all.push_back({"uniform", filled(r, c, random, false)});
  all.push_back({"normal", filled(r, c, random, true)});
  all.push_back({"graded columns", filled(r, c, random, true) * grading(c, random, reach)});
  all.push_back({"graded both ways", grading(r, random, reach) * filled(r, c, random, true) * grading(c, random, reach)});
  wide spectrum = wide::Zero(k, k);
  for (Eigen::Index i = 0; i < k; ++i) spectrum(i, i) = static_cast<long double>(1 + i / 2); // pairs of equal values
  all.push_back({"known spectrum", orthonormal(r, k, random) * spectrum * orthonormal(c, k, random).transpose()});
  const Eigen::Index rank = std::max<Eigen::Index>(1, k / 2);
  all.push_back({"half rank", filled(r, rank, random, true) * filled(rank, c, random, true)});
  all.push_back({"rank one", wide::Ones(r, c)});
  all.push_back({"zero", wide::Zero(r, c)});
  all.push_back({"identity", wide::Identity(r, c)});
  wide hilbert(r, c), kahan = wide::Zero(r, c), bidiagonal = wide::Zero(r, c);
  const long double s = std::sin(1.2L), cosine = std::cos(1.2L);
  for (Eigen::Index i = 0; i < r; ++i)
    for (Eigen::Index j = 0; j < c; ++j) {
      hilbert(i, j) = 1 / static_cast<long double>(i + j + 1);
      kahan(i, j) = i > j ? 0 : std::pow(s, static_cast<long double>(i)) * (i == j ? 1 : -cosine);
      bidiagonal(i, j) = i == j || i + 1 == j ? 1 : 0;
    }
  all.push_back({"Hilbert", hilbert});
  all.push_back({"Kahan", kahan});
  all.push_back({"bidiagonal", bidiagonal});
  return all;
}

std::vector<member> symmetric(std::size_t size, unsigned seed, int reach) {
  const auto n = static_cast<Eigen::Index>(size);
  std::mt19937_64 random(seed);
  std::vector<member> all;
  for (const member& m : rectangular(size, size, seed, reach)) all.push_back({m.name, m.matrix + m.matrix.transpose()});
  const wide d = grading(n, random, reach), g = filled(n, n, random, true);
  all.push_back({"graded", d * (g + g.transpose()) * d});
  const wide q = orthonormal(n, n, random);
  wide spectrum = wide::Zero(n, n), wilkinson = wide::Zero(n, n), checkered = wide::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    spectrum(i, i) = static_cast<long double>(i / 3 - 2);
    wilkinson(i, i) = std::fabs(static_cast<long double>(2 * i - n + 1)) / 2;
    if (i + 1 < n) wilkinson(i, i + 1) = wilkinson(i + 1, i) = 1;
    for (Eigen::Index j = 0; j < n; ++j) checkered(i, j) = (i + j) % 2; // zero diagonal, spectrum in ± pairs
  }
  const wide similar = q * spectrum * q.transpose();
  all.push_back({"triple eigenvalues", (similar + similar.transpose()) / 2});
  all.push_back({"Wilkinson", wilkinson});
  all.push_back({"checkered", checkered});
  all.push_back({"diagonal", wide(g.diagonal().asDiagonal())});
  return all;
}

std::vector<member> general(std::size_t size, unsigned seed) {
  std::vector<member> all = rectangular(size, size, seed, 6);
  const auto n = static_cast<Eigen::Index>(size);
  std::mt19937_64 random(seed + 1);
  const wide g = filled(n, n, random, true);
  all.push_back({"skew", g - g.transpose()});
  all.push_back({"contraction", g * (0.4L / std::sqrt(static_cast<long double>(n)))});
  all.push_back({"left of the axis", g - wide::Identity(n, n) * (1.2L * std::sqrt(static_cast<long double>(n)) + 1)});
  wide jordan = wide::Zero(n, n), nilpotent = wide::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    jordan(i, i) = -0.5L;
    if (i + 1 < n) jordan(i, i + 1) = nilpotent(i, i + 1) = 1;
  }
  all.push_back({"Jordan block", jordan});
  all.push_back({"nilpotent", nilpotent});
  return all;
}

std::vector<long double> symmetric_eigenvalues(const wide& a) {
  const Eigen::SelfAdjointEigenSolver<wide> solver(a, Eigen::EigenvaluesOnly);
  return {solver.eigenvalues().begin(), solver.eigenvalues().end()};
}

std::vector<long double> singular_values(const wide& a) {
  const Eigen::JacobiSVD<wide> solver(a);
  return {solver.singularValues().begin(), solver.singularValues().end()};
}

std::vector<std::complex<long double>> eigenvalues(const wide& a) {
  const Eigen::EigenSolver<wide> solver(a, false);
  return {solver.eigenvalues().begin(), solver.eigenvalues().end()};
}

long double smallest_singular_value(const wide& a, std::complex<long double> shift) {
  using matrix = Eigen::Matrix<std::complex<long double>, Eigen::Dynamic, Eigen::Dynamic>;
  const matrix shifted = a.cast<std::complex<long double>>() - shift * matrix::Identity(a.rows(), a.cols());
  return Eigen::JacobiSVD<matrix>(shifted).singularValues()[a.rows() - 1];
}

wide inverse(const wide& a) { return a.inverse(); }

} // namespace families
