// A game from its value alone, and the check of derivatives: right ones pass, wrong ones are seen.
#include <saddle/linalg/value_game.hpp>
#include <saddle/saddle.hpp>

#include "support/games.hpp"
#include "support/lanes.hpp"

namespace saddle_test::test_value_game {
namespace {

/// The value of a quadratic game, as a user writes one: no field, no derivative.
template <class T, std::size_t P, std::size_t Q> struct quadratic_value {
  saddle::games::quadratic<T, P, Q> g;
  template <class L> constexpr L operator()(const saddle::point<L, P, Q>& z) const noexcept {
    const auto number = [](T x) { return broadcast<L>(x); };
    const T half = T(0.5);
    L u = number(0);
    for (std::size_t i = 0; i < P; ++i) {
      u = u + number(g.a[i]) * z.theta[i];
      for (std::size_t k = 0; k < P; ++k) u = u + number(half * g.A(i, k)) * z.theta[i] * z.theta[k];
      for (std::size_t k = 0; k < Q; ++k) u = u + number(g.C(i, k)) * z.theta[i] * z.omega[k];
    }
    for (std::size_t i = 0; i < Q; ++i) {
      u = u - number(g.b[i]) * z.omega[i];
      for (std::size_t k = 0; k < Q; ++k) u = u - number(half * g.B(i, k)) * z.omega[i] * z.omega[k];
    }
    return u;
  }
};

struct curved {
  template <class L> constexpr L operator()(const saddle::point<L, 1, 1>& z) const noexcept {
    const L x = z.theta[0], y = z.omega[0];
    return x * x * x * x + broadcast<L>(3) * x * y - y * y / (broadcast<L>(1) + x * x);
  }
};

template <class T> class value_games : public ::testing::Test {};
TYPED_TEST_SUITE(value_games, scalars);

TYPED_TEST(value_games, have_the_field_and_the_derivatives_of_their_value) {
  using T = TypeParam;
  using Z = saddle::point<T, 3, 2>;
  random_source random(1);
  const auto g = random_game<saddle::games::quadratic<T, 3, 2>>(random);
  const saddle::value_game game{quadratic_value<T, 3, 2>{g}};
  const Z z = random_point<Z>(random), v = random_point<Z>(random);
  const auto near = [](const Z& a, const Z& b) {
    for (std::size_t i = 0; i < Z::size; ++i) EXPECT_NEAR(a[i], b[i], 64 * saddle::epsilon<T>);
  };
  near(game.field(z), g.field(z));
  near(saddle::jvp(game, z, v), g.jvp(z, v));
  near(saddle::vjp(game, z, v), g.vjp(z, v));
  const auto j = saddle::jacobian(game, z), expected = g.jacobian();
  for (std::size_t i = 0; i < Z::size * Z::size; ++i) EXPECT_NEAR(j.v[i], expected.v[i], 16 * saddle::epsilon<T>);
}

TYPED_TEST(value_games, play_every_rule) {
  using T = TypeParam;
  using Z = saddle::point<T, 1, 1>;
  const saddle::value_game<curved> game{};
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    saddle::parameters_t<Rule, Z> p;
    saddle::walk([](T& x) { x = T(0.0625); }, p);
    const auto r = saddle::run_until(Rule{}, game, p, Z{{T(0.5)}, {T(-0.25)}}, {.tolerance = 64 * saddle::epsilon<T>});
    EXPECT_EQ(r.status, saddle::status::converged);
  });
}

TYPED_TEST(value_games, of_a_batch_have_the_bits_of_each) {
  using T = TypeParam;
  using L = saddle::native_lane<T>;
  random_source random(2);
  saddle::point<T, 1, 1> each[width<L>];
  for (auto& z : each) z = random_point<saddle::point<T, 1, 1>>(random);
  const saddle::value_game<curved> game{};
  const auto z = join<saddle::point<L, 1, 1>>(each);
  const auto f = game.field(z);
  const auto j = saddle::jacobian(game, z);
  for (std::size_t i = 0; i < width<L>; ++i) {
    EXPECT_EQ(extract(f.omega[0], i), game.field(each[i]).omega[0]);
    EXPECT_EQ(extract(j(1, 0), i), saddle::jacobian(game, each[i])(1, 0));
  }
}

/// A quadratic game with a mistake in one member.
template <class T> struct mistaken : saddle::games::quadratic<T, 2, 1> {
  using base = saddle::games::quadratic<T, 2, 1>;
  using Z = typename base::point_type;
  int mistake;
  constexpr T value(const Z& z) const noexcept { return mistake == 0 ? base::value(z) + z.theta[0] : base::value(z); }
  constexpr Z jvp(const Z& z, const Z& v) const noexcept { return mistake == 1 ? -base::jvp(z, v) : base::jvp(z, v); }
  constexpr Z vjp(const Z& z, const Z& v) const noexcept { return mistake == 2 ? base::jvp(z, v) : base::vjp(z, v); }
  constexpr auto jacobian(const Z& z) const noexcept {
    auto j = base::jacobian(z);
    if (mistake == 3) j(0, 2) = -j(0, 2);
    return j;
  }
};

TYPED_TEST(value_games, checks_see_what_is_wrong_and_nothing_else) {
  using T = TypeParam;
  random_source random(3);
  const T little = T(512) * (std::is_same_v<T, float> ? T(0x1p-16) : T(0x1p-34)); // the square of the step
  for (int mistake = 0; mistake < 5; ++mistake) {
    mistaken<T> game;
    static_cast<typename mistaken<T>::base&>(game) = random_game<typename mistaken<T>::base>(random);
    game.mistake = mistake;
    const auto e = saddle::check_derivatives(game, random_point<typename mistaken<T>::Z>(random));
    const T errors[] = {e.field, e.jvp, e.vjp, e.jacobian};
    for (int k = 0; k < 4; ++k) {
      if (k == mistake) EXPECT_GT(errors[k], T(0.01)) << k;
      else EXPECT_LE(errors[k], little) << k << " beside " << mistake;
    }
  }
}

TYPED_TEST(value_games, registered_games_pass_the_check) {
  using T = TypeParam;
  random_source random(4);
  const T little = T(512) * (std::is_same_v<T, float> ? T(0x1p-16) : T(0x1p-34));
  each_game_somewhere<T>([&]<class G>() {
    const auto e = saddle::check_derivatives(random_game<G>(random), random_point<typename G::point_type>(random));
    EXPECT_LE(e.field, little);
    EXPECT_LE(e.jacobian, little);
    EXPECT_LE(e.jvp, little);
    EXPECT_LE(e.vjp, little);
  });
}

static_assert(saddle::value_game<curved>{}.field(saddle::point<double, 1, 1>{{1}, {2}}).theta[0] == 4 + 6 + 2);

} // namespace
} // namespace saddle_test::test_value_game
