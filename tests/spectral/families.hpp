/// Matrices that spectral functions are tried on, in long double: a test rounds them to its format and takes what it then
/// has as exact.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "spectral/references.hpp"

namespace spectral::families {

struct member {
  std::string name;
  wide matrix;
};

/// Entries N(0, 1), or uniform in [-1, 1].
wide filled(std::size_t rows, std::size_t columns, std::mt19937_64& random, bool normal);

/// Orthonormal columns (rows ≥ columns).
wide orthonormal(std::size_t rows, std::size_t columns, std::mt19937_64& random);

/// Random matrices of a kind; those of one seed have one after the other.
enum class kind { normal, uniform, log_graded, small_integers, bilinear_game, sparse };
inline constexpr int kinds = 6;
/// Fills `a`, in the format's numbers. Quick: a million matrices come from here.
void fill(matrix& a, kind k, const format& f, std::mt19937_64& random);

/// Square matrices that have a name: defective, nilpotent, permuted, graded, badly conditioned, of known spectrum.
std::vector<member> named(std::size_t size, const format& f);

/// Square matrices from a seed: every kind, games, stable ones.
std::vector<member> sampled(std::size_t size, unsigned seed, const format& f);

/// The named ones, and the samples of twenty seeds.
std::vector<member> general(std::size_t size, const format& f);

/// Rectangular families, named and from a seed. `reach` is the exponent range of the graded ones.
std::vector<member> rectangular(std::size_t rows, std::size_t columns, unsigned seed, int reach);

/// Symmetric families.
std::vector<member> symmetric(std::size_t size, unsigned seed, int reach);

/// What every function of this shape is tried on: all of the above, and some near overflow, near underflow and among the
/// subnormal numbers.
std::vector<member> every(std::size_t rows, std::size_t columns, const format& f);

/// Exponents that move a matrix of magnitude 1: nowhere, to the overflow threshold (with room for sums of its entries), into
/// the middle of the subnormal numbers.
std::vector<int> exponents(const format& f);

} // namespace spectral::families
