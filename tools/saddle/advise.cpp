#include <algorithm>
#include <stdexcept>

#include <saddle/registry.hpp>
#include <saddle/stability/mode.hpp>

#include "spectrum.hpp"

namespace tool {
namespace {

// J = [0 C; −Cᵀ 0], bit for bit.
bool is_bilinear(const matrix& j, const players_sizes& s) {
  for (std::size_t i = 0; i < j.rows; ++i)
    for (std::size_t k = 0; k < j.columns; ++k) {
      const bool same_player = (i < s.p) == (k < s.p);
      if (same_player ? j(i, k) != 0 : j(i, k) != -j(k, i)) return false;
    }
  return true;
}

template <class Rule> double largest_factor(std::complex<double> mu, double eta, double gamma) {
  using mode = saddle::mode<double>;
  saddle::parameters_t<Rule, mode> p{};
  double given[] = {eta, gamma};
  std::size_t next = 0;
  saddle::walk([&](double& x) { x = given[next++]; }, p);
  const auto factors = saddle::growth(Rule{}, mode{mu.real(), mu.imag()}, p);
  double r = 0;
  for (const mode& f : factors.of) r = std::max(r, std::abs(std::complex(f.re, f.im)));
  return r;
}

} // namespace

matrix jacobian_of_payoff(const matrix& payoff) {
  const std::size_t p = payoff.rows, n = p + payoff.columns;
  matrix j{n, n, std::vector<double>(n * n), payoff.where};
  for (std::size_t i = 0; i < p; ++i)
    for (std::size_t k = 0; k < payoff.columns; ++k) {
      j.values[i * n + p + k] = payoff(i, k);
      j.values[(p + k) * n + i] = -payoff(i, k);
    }
  return j;
}

std::vector<rule_advice> advise(const matrix& j, const players_sizes& sizes) {
  const bool bilinear = is_bilinear(j, sizes);
  const std::size_t larger = std::max(sizes.p, sizes.q);
  if (larger <= 2) return advise_within<2>(j, sizes, bilinear);
  if (larger <= 4) return advise_within<4>(j, sizes, bilinear);
  return advise_within<largest_player>(j, sizes, bilinear);
}

growth_of_rule::growth_of_rule(const std::string& rule, double eta, double gamma) : eta_(eta), gamma_(gamma) {
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if constexpr (saddle::is_spectral<Rule>) {
      if (rule == entry.name) function_ = largest_factor<Rule>;
    }
  });
  if (function_ == nullptr)
    throw std::invalid_argument(rule + " has no stable region: what it does depends on more than the eigenvalues");
}

} // namespace tool
