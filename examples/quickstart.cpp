// The shortest complete program: one game, one rule, run until it has converged.
#include <cstdio>

#include <saddle/saddle.hpp>

int main() {
  const saddle::games::bilinear<double, 2, 2> game{.C = {{1, 0.5, -0.25, 2}}};
  const saddle::point<double, 2, 2> start{{1, 0}, {0, 1}};
  const auto r = saddle::run_until(saddle::dynamics::optimistic{}, game, {.eta = 0.15}, start, {.tolerance = 1e-10});
  std::printf("%s after %d steps, theta = (%.1e, %.1e)\n", to_string(r.status), int(r.steps), r.z().theta[0],
              r.z().theta[1]);
  return r.status == saddle::status::converged ? 0 : 1;
}
