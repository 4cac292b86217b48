/// What a run does in the long run, measured: in long double, which has room for a rate to show itself.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <saddle/saddle.hpp>

namespace saddle_test {

using simulated = long double;

/// A game or parameters with every number converted.
template <class To, class From> To converted(const From& x) {
  To r;
  saddle::walk([](auto& out, const auto& in) { out = static_cast<simulated>(in); }, r, x);
  return r;
}

/// The same game of long double.
template <class G> using simulated_game = typename G::template rebind<simulated>;

/// Runs a rule on a game in long double, in chunks; hands ‖F(z)‖ of every step to `see` until that returns false.
/// ‖F‖ does not see the null space, where nothing moves.
template <class Rule, class G, class Z, class Parameters, class See>
void simulate(Rule rule, const G& game, const Z& start, const Parameters& p, See&& see) {
  const auto complete = converted<simulated_game<G>>(game);
  using Wide = typename Z::template rebind<simulated>;
  const auto wide = converted<saddle::parameters_t<Rule, Wide>>(p);
  auto s = saddle::start(rule, complete, converted<Wide>(start));
  while (see(saddle::norm(complete.field(s.z)))) s = saddle::step(rule, complete, wide, s);
}

} // namespace saddle_test
