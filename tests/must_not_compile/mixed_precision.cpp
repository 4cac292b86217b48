// Nothing converts between float and double behind the caller's back.
#include <saddle/saddle.hpp>

#ifdef SADDLE_EXPECT_ERROR
using T = float;
#else
using T = double;
#endif

auto end(const saddle::games::bilinear<T, 1, 1>& game, const saddle::point<double, 1, 1>& z) {
  return saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = 0.1}, z, 10);
}
