// The theorems of Liang & Stokes (2019): with the step of the theorem, every rule is within ε of an equilibrium after the
// theorem's number of steps. λmax and λmin are those of CCᵀ that are not zero, and an equilibrium of a game with P ≠ Q or
// a rank-deficient C is the projection of the start onto the null space.
#include <saddle/dynamics/consensus.hpp>
#include <saddle/dynamics/implicit.hpp>
#include <saddle/dynamics/optimistic.hpp>
#include <saddle/dynamics/predictive.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/games/quadratic.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_liang_stokes {
namespace {

template <class T> class liang_stokes : public ::testing::Test {};
TYPED_TEST_SUITE(liang_stokes, scalars);

/// The part of the way that is left at the end; what a format can resolve after the thousands of steps of a theorem.
template <class T> real part_left() { return std::sqrt(std::sqrt(static_cast<real>(saddle::epsilon<T>))); }

template <class Z> Z as_point(const column& x) {
  Z z;
  for (std::size_t i = 0; i < Z::size; ++i) z[i] = static_cast<typename Z::lane_type>(x[i]);
  return z;
}

/// Converges to `target` within `bound` steps.
template <class Rule, class G, class P> void arrives(Rule rule, const G& game, const P& parameters,
                                                     const typename G::point_type& start, const column& target,
                                                     real bound) {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  const Z end = as_point<Z>(target);
  const real delta = norm(as_column(start) - target);
  const auto r = saddle::run_until(rule, game, parameters, start,
                                   {.tolerance = static_cast<T>(part_left<T>() * delta),
                                    .cap = static_cast<std::uint64_t>(std::ceil(bound)),
                                    .divergence = T(1000)},
                                   saddle::distance_to<Z>{end});
  EXPECT_EQ(r.status, saddle::status::converged) << Rule::about.symbol << " after " << r.steps << " of " << bound;
}

/// A P × Q matrix of integers of the given rank: exactly, in every format.
template <class T, std::size_t P, std::size_t Q>
saddle::mat<T, P, Q> integer_matrix(std::size_t rank, random_source& random) {
  for (;;) {
    saddle::mat<T, P, Q> c = saddle::zero_matrix<T, P, Q>();
    for (std::size_t k = 0; k < rank; ++k) {
      const auto left = random.fill_integers<saddle::vec<T, P>>(-2, 2);
      const auto right = random.fill_integers<saddle::vec<T, Q>>(-2, 2);
      for (std::size_t i = 0; i < P; ++i)
        for (std::size_t j = 0; j < Q; ++j) c(i, j) = c(i, j) + left[i] * right[j];
    }
    if (frobenius(dense::from(c)) == 0) continue;
    const column s = squared_singular_values(dense::from(c));
    // A worse condition only takes longer: steps grow as its fourth power.
    if (s.size() == rank && s.front() < 36 * s.back()) return c;
  }
}

template <class T, std::size_t P, std::size_t Q> void on_bilinear_games(std::size_t rank, random_source& random) {
  SCOPED_TRACE(testing::Message() << P << " x " << Q << ", rank " << rank);
  using G = saddle::games::bilinear<T, P, Q>;
  using Z = typename G::point_type;
  const G game{integer_matrix<T, P, Q>(rank, random)};
  const dense c = dense::from(game.C);
  const Z start = random_point<Z>(random);
  const column target = null_projection(c, as_column(start));
  const column squares = squared_singular_values(c);
  const real greatest = squares.front(), least = squares.back(), ratio = greatest / least;
  const real log_way = -std::log(part_left<T>());

  arrives(saddle::dynamics::optimistic{}, game,
          saddle::eta_parameter<typename Z::step>{T(1 / (2 * std::sqrt(2 * greatest)))}, start, target,
          16 * ratio * (std::log(4 * std::sqrt(2.0L)) + log_way));
  arrives(saddle::dynamics::implicit{}, game, saddle::eta_parameter<typename Z::step>{T(1 / std::sqrt(greatest))},
          start, target, 4 * ratio * log_way);
  for (const real gamma : {1 / std::sqrt(greatest), 0.5L / std::sqrt(least)}) {
    const real denominator = greatest + gamma * gamma * greatest * greatest;
    const saddle::eta_gamma_parameters<typename Z::step> parameters{T(gamma * least / denominator), T(gamma)};
    const real steps = 2 * denominator / (gamma * gamma * least * least) * log_way;
    arrives(saddle::dynamics::consensus{}, game, parameters, start, target, steps);
    arrives(saddle::dynamics::predictive{}, game, parameters, start, target, steps);
  }
}

TYPED_TEST(liang_stokes, bilinear_games_converge_within_the_bound) {
  random_source random(40);
  for (int k = 0; k < 3; ++k) {
    on_bilinear_games<TypeParam, 1, 1>(1, random);
    on_bilinear_games<TypeParam, 2, 2>(2, random);
    on_bilinear_games<TypeParam, 3, 3>(3, random);
    on_bilinear_games<TypeParam, 4, 4>(4, random);
    on_bilinear_games<TypeParam, 1, 3>(1, random);
    on_bilinear_games<TypeParam, 3, 2>(2, random);
    on_bilinear_games<TypeParam, 2, 4>(2, random);
    on_bilinear_games<TypeParam, 3, 3>(1, random);
    on_bilinear_games<TypeParam, 4, 4>(2, random);
    on_bilinear_games<TypeParam, 4, 3>(2, random);
  }
}

// A, B ≻ 0: simultaneous descent with η = √α/β, α = λmin(D)², β = ‖M‖², in ⌈2 β/α log(δ/ε)⌉ steps.
template <class T, std::size_t P, std::size_t Q> void on_stable_games(random_source& random) {
  SCOPED_TRACE(testing::Message() << P << " x " << Q);
  using G = saddle::games::quadratic<T, P, Q>;
  using Z = typename G::point_type;
  G game = random_game<G>(random);
  game.a = saddle::zeros<T, P>();
  game.b = saddle::zeros<T, Q>();
  const real mu =
      std::min(symmetric_eigen(dense::from(game.A)).values.back(), symmetric_eigen(dense::from(game.B)).values.back());
  ASSERT_GT(mu, 0);
  const real beta = std::pow(spectral_norm(dense::from(game.jacobian())), 2.0L);
  arrives(saddle::dynamics::simultaneous{}, game, saddle::eta_parameter<typename Z::step>{T(mu / beta)},
          random_point<Z>(random), column(P + Q, 0), -2 * beta / (mu * mu) * std::log(part_left<T>()));
}

TYPED_TEST(liang_stokes, simultaneous_converges_on_stable_games_within_the_bound) {
  random_source random(41);
  for (int k = 0; k < 10; ++k) {
    on_stable_games<TypeParam, 1, 1>(random);
    on_stable_games<TypeParam, 2, 2>(random);
    on_stable_games<TypeParam, 3, 2>(random);
    on_stable_games<TypeParam, 1, 4>(random);
    on_stable_games<TypeParam, 4, 4>(random);
  }
}

} // namespace
} // namespace saddle_test::test_liang_stokes
