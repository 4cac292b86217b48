// A game of your own: all the library needs is its field, written for any lane type. What a rule needs beyond that
// (Jᵀ·v for consensus, the inverse of I + ηF for implicit) is worked out by dual numbers and Newton's method.
#include <cmath>
#include <cstdio>

#include <saddle/saddle.hpp>

// U(θ, ω) = ½θ² + θ⁴/4 + 3θω − ½ω²: curved, with its only equilibrium at zero.
struct quartic {
  template <class L> constexpr saddle::point<L, 1, 1> field(const saddle::point<L, 1, 1>& z) const noexcept {
    const L theta = z.theta[0], omega = z.omega[0], three = saddle::broadcast<L>(3);
    return {{theta + theta * theta * theta + three * omega}, {omega - three * theta}};
  }
};

template <class Rule, class Parameters> bool reaches_zero(const char* name, Rule rule, const Parameters& p) {
  const saddle::point<double, 1, 1> start{{1.5}, {-1}};
  const auto r = saddle::run_until(rule, quartic{}, p, start, {.tolerance = 1e-12});
  const bool right = r.status == saddle::status::converged && std::abs(r.z().theta[0]) < 1e-12;
  std::printf("%-10s %s after %d steps, |F| = %.1e\n", name, to_string(r.status), int(r.steps), double(r.residual));
  return right;
}

int main() {
  using namespace saddle::dynamics;
  using point = saddle::point<double, 1, 1>;
  const bool a =
      reaches_zero("consensus", consensus{}, saddle::parameters_t<consensus, point>{.eta = 0.05, .gamma = 0.2});
  const bool b = reaches_zero("implicit", implicit{}, saddle::parameters_t<implicit, point>{.eta = 0.5});
  return a && b ? 0 : 1;
}
