// Every iterate is the power of the iteration matrix that the papers give, to rounding.
#include <saddle/engine/run.hpp>
#include <saddle/saddle.hpp>

#include "support/games.hpp"
#include "support/iteration.hpp"
#include "support/lanes.hpp"

namespace saddle_test::test_iteration_matrix {
namespace {

template <class Rule> class iteration : public ::testing::Test {};
using rules = rules_with_published_matrix<::testing::Types>;
TYPED_TEST_SUITE(iteration, rules);

/// Equilibrium of the game: zero for a bilinear one, −M⁻¹(a, b) for a quadratic one.
template <class T, std::size_t P, std::size_t Q> column equilibrium(const saddle::games::bilinear<T, P, Q>&) {
  return column(P + Q, 0);
}
template <class T, std::size_t P, std::size_t Q> column equilibrium(const saddle::games::quadratic<T, P, Q>& g) {
  column slope = as_column(saddle::point<T, P, Q>{g.a, g.b});
  for (real& x : slope) x = -x;
  return inverse(dense::from(g.jacobian())) * slope;
}

template <class Rule, class G> void iterates_are_powers(random_source& random) {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  constexpr int steps = 20;
  const G game = random_game<G>(random);
  const auto parameters = random_parameters<saddle::parameters_t<Rule, Z>>(random);
  const Z start = random_point<Z>(random);

  const linear_game linear{dense::from(game.jacobian()), Z::p, Z::q};
  const dense t = published_matrix(Rule{}, linear, parameters);
  const column center = equilibrium(game);
  column offset = as_column(start) - center;
  if (t.rows() == 2 * Z::size) offset.insert(offset.end(), offset.begin(), offset.begin() + Z::size); // z₋ = z₀

  // A step makes an error of a few roundings of sums of n terms, each no larger than (1 + ‖HM‖)² times the point; later
  // steps carry it on with a power of T.
  dense power = dense::identity(t.rows());
  const real size_of_step = spectral_norm(linear.m) / 4; // no step of random_parameters is larger than 1/4
  real carried = 1, largest = norm(center) + norm(offset);
  auto state = saddle::start(Rule{}, game, start);
  for (int k = 1; k <= steps; ++k) {
    state = saddle::step(Rule{}, game, parameters, state);
    offset = t * offset;
    power = t * power;
    carried = std::max(carried, spectral_norm(power));
    largest = std::max(largest, norm(center) + norm(offset));
    const column expected = column(offset.begin(), offset.begin() + Z::size) + center;
    const real bound = k * 4 * static_cast<real>(Z::size) * saddle::epsilon<T> * carried * largest *
                       (1 + size_of_step) * (1 + size_of_step);
    ASSERT_LE(norm(as_column(state.z) - expected), bound) << "step " << k;
  }
}

TYPED_TEST(iteration, iterates_are_powers_of_the_published_matrix) {
  random_source random(30);
  const auto check = [&]<class G>() { iterates_are_powers<TypeParam, G>(random); };
  for (int k = 0; k < some_of(3); ++k) {
    each_game_somewhere<double>(check);
    each_game_of<double, 4, 4>(check);
    each_game_somewhere<float>(check);
  }
}

} // namespace
} // namespace saddle_test::test_iteration_matrix
