/// Eigenvalues of a matrix whose size is known at run time, and what they say about dynamics.
#pragma once

#include <array>
#include <complex>
#include <cstddef>
#include <string>
#include <vector>

#include "matrix_file.hpp"

namespace tool {

/// The eigenvalues of one matrix, by falling real part; of a conjugate pair the one with the positive imaginary part
/// comes first.
struct spectrum {
  std::vector<std::complex<double>> values;
  double radius = 0;    ///< the largest |λ|
  double abscissa = 0;  ///< the largest Re λ
  double turning = 0;   ///< the largest |Im λ / Re λ|; infinite on the imaginary axis
  std::string status;   ///< "ok", or what the library calls the failure
  bool complete = true; ///< the iteration converged
};

/// Throws file_error where a number is too large for T, or so small that it becomes zero.
template <class T> void require_representable(const matrix& m);

/// Computed in T. Throws file_error as `require_representable` does.
template <class T> spectrum spectrum_of(const matrix& m);

/// How the rows of a game's Jacobian belong to its players.
struct players_sizes {
  std::size_t p = 0, q = 0;
};

/// A rule on a game: see `saddle::advice` and `saddle::stable_steps`.
struct rule_advice {
  std::string rule;
  double from = 0, to = 0;   ///< the steps that converge, one for all parameters; to = 0 if none does
  double eta = 0, gamma = 0; ///< the best step; eta = 0 if none converges
  bool has_gamma = false;
  double rate = 0, radius = 0; ///< at the best step
  double decay = 0;            ///< −log rate for each field evaluation, what rules are ranked by
};

/// All rules on the game with Jacobian J, best first. Players have up to 16 coordinates each.
std::vector<rule_advice> advise(const matrix& jacobian, const players_sizes& sizes);

/// The Jacobian [0 C; −Cᵀ 0] of the bilinear game with payoff C.
matrix jacobian_of_payoff(const matrix& payoff);

/// The largest number of coordinates of a player that `advise` takes.
inline constexpr std::size_t largest_player = 16;

/// `advise` on a game that fills the corners of one with N coordinates a player; what is left over is zero and never
/// moves. `bilinear` games are analysed by their singular values.
template <std::size_t N>
std::vector<rule_advice> advise_within(const matrix& jacobian, const players_sizes& sizes, bool bilinear);
template <> std::vector<rule_advice> advise_within<2>(const matrix&, const players_sizes&, bool);
template <> std::vector<rule_advice> advise_within<4>(const matrix&, const players_sizes&, bool);
template <> std::vector<rule_advice> advise_within<largest_player>(const matrix&, const players_sizes&, bool);

/// The largest |factor| by which a rule multiplies the eigendirection of eigenvalue μ in a step. Throws
/// std::invalid_argument with a sentence for a rule that is no function of the eigenvalues alone.
class growth_of_rule {
public:
  growth_of_rule(const std::string& rule, double eta, double gamma);
  double operator()(std::complex<double> mu) const { return function_(mu, eta_, gamma_); }

private:
  double (*function_)(std::complex<double>, double, double) = nullptr;
  double eta_, gamma_;
};

} // namespace tool
