// A game of 2 × 3 does not run from a point of 3 × 2.
#include <saddle/saddle.hpp>

#ifdef SADDLE_EXPECT_ERROR
using start = saddle::point<double, 3, 2>;
#else
using start = saddle::point<double, 2, 3>;
#endif

auto end(const saddle::games::bilinear<double, 2, 3>& game, const start& z) {
  return saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = 0.1}, z, 10);
}
