// Games of several players: the field against the profits, the rules against their iteration matrices, lanes against the
// game alone, and two players against the two-player games.
#include <saddle/games/polymatrix.hpp>

#include <saddle/engine/run.hpp>
#include <saddle/games/quadratic.hpp>
#include <saddle/registry.hpp>
#include <saddle/stability/linearised.hpp>
#include <saddle/stability/smooth_market.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_polymatrix {
namespace {

template <class T> using three = saddle::games::polymatrix<T, 2, 3, 1>;
template <class T> using trio = saddle::players<T, 2, 3, 1>;

static_assert(trio<double>::players == 3 && trio<double>::size == 6);
static_assert(saddle::joint_point<trio<double>>);
static_assert([] {
  const trio<double> w{{1, 2}, {3, 4, 5}, {6}};
  const trio<double> moved = fnma(saddle::step_sizes<double, 3>(1, 2, 3), w, w);
  return w[4] == 5 && moved[1] == 0 && moved[2] == -3 && moved[5] == -12 && dot(w, w) == 91;
}());

/// Symmetric sentiments of eigenvalues below zero, and couplings of the smooth market.
template <class T> three<T> market(random_source& random) {
  auto g = random.fill<three<T>>(-1, 1);
  for (std::size_t i = 0; i < g.n; ++i)
    for (std::size_t k = 0; k <= i; ++k)
      if (g.owner(i) == g.owner(k)) g.W(i, k) = g.W(k, i) = i == k ? T(-2.5) : g.W(k, i);
  return g.pairwise_zero_sum();
}

template <class T> class polymatrix : public ::testing::Test {};
TYPED_TEST_SUITE(polymatrix, scalars);

TYPED_TEST(polymatrix, every_player_descends_minus_its_profit) {
  using T = TypeParam;
  using D = saddle::dual<T, 1>;
  random_source random(61);
  const auto g = market<T>(random);
  const auto w = random_point<trio<T>>(random);
  typename three<T>::template rebind<D> lifted;
  saddle::walk([](auto& out, const auto& x) { out = D::constant(x); }, lifted, g);
  const auto f = g.field(w);
  for (std::size_t k = 0; k < g.n; ++k) {
    trio<D> x;
    saddle::walk([](auto& out, const auto& s) { out = D::constant(s); }, x, w);
    x[k].part[0] = T(1);
    EXPECT_NEAR(f[k], -lifted.profits(x)[g.owner(k)].part[0], T(64) * saddle::epsilon<T>);
  }
}

TYPED_TEST(polymatrix, derivatives_and_equilibrium_belong_to_the_field) {
  using T = TypeParam;
  random_source random(62);
  const auto g = random.fill<three<T>>(-1, 1);
  const auto w = random_point<trio<T>>(random), v = random_point<trio<T>>(random);
  const dense j = dense::from(g.jacobian());
  const real bound = 64 * saddle::epsilon<T>;
  EXPECT_LE(norm(as_column(g.jvp(w, v)) - j * as_column(v)), bound);
  EXPECT_LE(norm(as_column(g.vjp(w, v)) - j.transposed() * as_column(v)), bound);
  EXPECT_LE(norm(as_column(g.field(w + v) - g.field(w)) - j * as_column(v)), bound);
  const auto stable = market<T>(random);
  const auto e = stable.equilibrium();
  EXPECT_TRUE(e.solved);
  EXPECT_LE(saddle::norm(stable.field(e.z)), T(64) * saddle::epsilon<T>);
}

/// The game without its resolvent: Newton's method has to know whose step a row takes.
template <class G> struct without_resolvent {
  const G& game;
  template <class Z> constexpr Z field(const Z& z) const noexcept { return game.field(z); }
  template <class Z> constexpr auto jacobian(const Z& z) const noexcept { return game.jacobian(z); }
};

TYPED_TEST(polymatrix, the_resolvent_is_the_one_of_newton) {
  using T = TypeParam;
  random_source random(63);
  const auto g = market<T>(random);
  const auto w = random_point<trio<T>>(random);
  const saddle::step_sizes<T, 3> eta(T(0.5), T(0.125), T(1));
  const auto exact = g.template resolvent<trio<T>>(eta)(w);
  ASSERT_TRUE(exact.solved);
  EXPECT_LE(saddle::norm(exact.z + eta * g.field(exact.z) - w), T(64) * saddle::epsilon<T> * saddle::norm(w));
  const without_resolvent<three<T>> plain{g};
  const auto newton = saddle::newton_resolvent<without_resolvent<three<T>>, trio<T>>{plain, eta}(w);
  ASSERT_TRUE(newton.solved);
  EXPECT_LE(saddle::norm(newton.z - exact.z), T(64) * saddle::epsilon<T> * saddle::norm(w));
}

// Around the equilibrium every rule is its iteration matrix, with a step for each of the three players.
TYPED_TEST(polymatrix, every_rule_runs_as_its_iteration_matrix) {
  using T = TypeParam;
  random_source random(64);
  auto g = market<T>(random);
  g.slope = T(0) * g.slope;
  const auto start = random_point<trio<T>>(random);
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    const auto p = random_parameters<saddle::parameters_t<Rule, trio<T>>>(random);
    const auto t = dense::from(saddle::iteration_matrix(Rule{}, g, start, p));
    auto s = saddle::start(Rule{}, g, start);
    column expected;
    saddle::walk([&](const T& x) { expected.push_back(x); }, s);
    real largest = norm(expected);
    for (int k = 1; k <= 8; ++k) {
      s = saddle::step(Rule{}, g, p, s);
      expected = t * expected;
      largest = std::max(largest, norm(expected));
      const column z(expected.begin(), expected.begin() + trio<T>::size);
      ASSERT_LE(norm(as_column(s.z) - z), static_cast<real>(k) * 128 * saddle::epsilon<T> * largest) << k;
    }
  });
}

TYPED_TEST(polymatrix, a_lane_is_a_game_alone) {
  using T = TypeParam;
  using L = saddle::native_lane<T>;
  random_source random(65);
  three<T> games[width<L>];
  trio<T> starts[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    games[i] = market<T>(random);
    starts[i] = random_point<trio<T>>(random);
  }
  const auto game = join<three<L>>(games);
  const auto start = join<trio<L>>(starts);
  const auto check = [&]<class Rule>(Rule rule) {
    saddle::parameters_t<Rule, trio<T>> p;
    saddle::walk([](T& x) { x = T(0.125); }, p);
    p.eta = {T(0.125), T(0.25), T(0.0625)};
    const auto together = saddle::run(rule, game, saddle::spread<saddle::parameters_t<Rule, trio<L>>>(p), start, 5);
    for (std::size_t i = 0; i < width<L>; ++i)
      EXPECT_TRUE(
          same_bits(saddle::extract_as<trio<T>>(together.z(), i), saddle::run(rule, games[i], p, starts[i], 5).z()))
          << Rule::about.symbol;
  };
  check(saddle::dynamics::alternating{});
  check(saddle::dynamics::consensus{});
  check(saddle::dynamics::implicit{});
}

// Two players of a zero-sum market are the quadratic game with A = −W₁₁, B = −W₂₂, C = −W₁₂.
TYPED_TEST(polymatrix, two_players_are_the_quadratic_game) {
  using T = TypeParam;
  random_source random(66);
  const auto q = random_game<saddle::games::quadratic<T, 2, 1>>(random);
  const saddle::games::polymatrix<T, 2, 1> g{-q.jacobian(), {{-q.a[0], -q.a[1]}, {-q.b[0]}}};
  EXPECT_EQ(g.imbalance(), T(0));
  const auto start = random_point<saddle::point<T, 2, 1>>(random);
  const saddle::players<T, 2, 1> same{{start[0], start[1]}, {start[2]}};
  const auto a = saddle::run(saddle::dynamics::alternating{}, q, {.eta = {T(0.25), T(0.125)}}, start, 9).z();
  const auto b = saddle::run(saddle::dynamics::alternating{}, g, {.eta = {T(0.25), T(0.125)}}, same, 9).z();
  EXPECT_LE(norm(as_column(a) - as_column(b)), 9 * 16 * saddle::epsilon<T> * (1 + norm(as_column(start))));
}

TYPED_TEST(polymatrix, forecasts_are_derivatives_and_sentiments_second_ones) {
  using T = TypeParam;
  random_source random(67);
  const auto g = random.fill<three<T>>(-1, 1); // no market: sentiments see a player's own block alone
  const auto w = random_point<trio<T>>(random), v = random_point<trio<T>>(random);
  const auto expected = saddle::forecasts(g, w, v);
  const auto felt = saddle::sentiments(g, w, v);
  for (std::size_t player = 0; player < 3; ++player) {
    real slope = 0, curvature = 0;
    for (std::size_t i = 0; i < g.n; ++i) {
      if (g.owner(i) != player) continue;
      slope -= real(v[i]) * g.field(w)[i];
      for (std::size_t k = 0; k < g.n; ++k)
        if (g.owner(k) == player) curvature += real(v[i]) * g.W(i, k) * v[k];
    }
    EXPECT_NEAR(expected[player], static_cast<T>(slope), T(64) * saddle::epsilon<T>);
    EXPECT_NEAR(felt[player], static_cast<T>(curvature), T(64) * saddle::epsilon<T>);
  }
}

} // namespace
} // namespace saddle_test::test_polymatrix
