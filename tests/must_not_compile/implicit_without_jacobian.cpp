// A field for one lane type only cannot be differentiated, and Newton's method needs the Jacobian.
#include <saddle/saddle.hpp>

struct game {
  using point = saddle::point<double, 1, 1>;
  point field(const point& z) const noexcept { return z; }
#ifndef SADDLE_EXPECT_ERROR
  saddle::mat<double, 2, 2> jacobian(const point&) const noexcept { return saddle::identity<double, 2>(); }
#endif
};

auto end(const game& g, const game::point& z) {
  return saddle::run(saddle::dynamics::implicit{}, g, {.eta = 0.1}, z, 10);
}
