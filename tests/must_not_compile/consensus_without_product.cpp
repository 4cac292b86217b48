// A field for one lane type only cannot be differentiated, and consensus needs Jᵀ·v.
#include <saddle/saddle.hpp>

struct game {
  using point = saddle::point<double, 1, 1>;
  point field(const point& z) const noexcept { return z; }
#ifndef SADDLE_EXPECT_ERROR
  point vjp(const point&, const point& v) const noexcept { return v; }
#endif
};

auto end(const game& g, const game::point& z) {
  return saddle::run(saddle::dynamics::consensus{}, g, {.eta = 0.1, .gamma = 1.0}, z, 10);
}
