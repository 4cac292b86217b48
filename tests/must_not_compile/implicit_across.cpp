// The implicit update solves with single numbers; the rest of the rules take a game across registers.
#include <saddle/dynamics/implicit.hpp>
#include <saddle/dynamics/optimistic.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/linalg/wide.hpp>

#ifdef SADDLE_EXPECT_ERROR
using rule = saddle::dynamics::implicit;
#else
using rule = saddle::dynamics::optimistic;
#endif
using point = saddle::point<saddle::wide<double>, 4, 4>;
saddle::outcome<saddle::state_t<rule, point>> f(const saddle::games::bilinear<saddle::wide<double>, 4, 4>& game,
                                                const point& z) {
  return saddle::run(rule{}, game, {.eta = 0.1}, z, 10);
}
