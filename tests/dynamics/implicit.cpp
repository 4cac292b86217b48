// What the theory says of the implicit update, and its resolvents.
#include <saddle/dynamics/implicit.hpp>

#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/games/quadratic.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_implicit {
namespace {

constexpr saddle::dynamics::implicit rule;

template <class T> class implicit : public ::testing::Test {};
TYPED_TEST_SUITE(implicit, scalars);

// |λ| = 1/√(1 + η²σ²), and the iteration is normal.
TYPED_TEST(implicit, contracts_a_mode_by_its_factor) {
  using T = TypeParam;
  const saddle::point<T, 1, 1> z{{{T(1)}}, {{T(0.5)}}};
  for (const real sigma : {0.25L, 1.0L, 3.0L})
    for (const real eta : {0.125L, 1.0L, 4.0L}) {
      const saddle::games::bilinear<T, 1, 1> game{{{T(sigma)}}};
      const auto r = saddle::run(rule, game, {.eta = T(eta)}, z, 10);
      const real expected = std::pow(1 + eta * eta * sigma * sigma, -5.0L) * norm(as_column(z));
      // The solve has condition number 1 + (ησ)².
      EXPECT_LE(std::fabs(norm(as_column(r.z())) / expected - 1),
                10 * 8 * saddle::epsilon<T> * (1 + eta * eta * sigma * sigma));
    }
}

/// A game whose field is another's, its products and resolvent withheld; Newton's method has to find them.
template <class G> struct field_only {
  G game;
  template <class L>
  constexpr auto field(const saddle::point<L, G::point_type::p, G::point_type::q>& z) const noexcept {
    if constexpr (std::is_same_v<L, typename G::lane_type>) {
      return game.field(z);
    } else {
      typename G::template rebind<L> lifted;
      saddle::walk([](auto& out, const auto& parameter) { out = L::constant(parameter); }, lifted, game);
      return lifted.field(z);
    }
  }
};

TYPED_TEST(implicit, newton_finds_the_block_solve) {
  using T = TypeParam;
  using G = saddle::games::quadratic<T, 2, 3>;
  random_source random(38);
  for (int k = 0; k < 10; ++k) {
    const G game = random_game<G>(random);
    const auto z = random_point<typename G::point_type>(random);
    const typename G::point_type::step eta(T(0.5), T(0.25));
    const auto exact = saddle::run(rule, game, {.eta = eta}, z, 5);
    const auto newton = saddle::run(rule, field_only<G>{game}, {.eta = eta}, z, 5);
    EXPECT_EQ(newton.status, saddle::status::ok);
    EXPECT_LE(saddle::norm(exact.z() - newton.z()), T(5 * 8 * 5) * saddle::epsilon<T> * saddle::norm(z));
  }
}

/// U = θ⁴/4 + θω − ω⁴/4: monotone, so every step has one solution.
struct quartic {
  template <class L> constexpr saddle::point<L, 1, 1> field(const saddle::point<L, 1, 1>& z) const noexcept {
    const L& x = z.theta[0];
    const L& y = z.omega[0];
    return {{{x * x * x + y}}, {{y * y * y - x}}};
  }
};

TYPED_TEST(implicit, newton_solves_a_nonlinear_game_lane_by_lane) {
  using T = TypeParam;
  using L = saddle::native_lane<T>;
  using Z = saddle::point<T, 1, 1>;
  random_source random(39);
  Z each[width<L>];
  for (Z& z : each) z = random_point<Z>(random);
  const auto together = saddle::run(rule, quartic{}, {.eta = T(0.5)}, join<saddle::point<L, 1, 1>>(each), 1);
  for (std::size_t i = 0; i < width<L>; ++i) {
    const auto alone = saddle::run(rule, quartic{}, {.eta = T(0.5)}, each[i], 1);
    EXPECT_EQ(alone.status, saddle::status::ok);
    EXPECT_EQ(together.status[i], saddle::status::ok);
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(together.z(), i), alone.z()));
    // z⁺ + ηF(z⁺) = z
    const Z residual = alone.z() + T(0.5) * quartic{}.field(alone.z()) - each[i];
    EXPECT_LE(saddle::max_norm(residual), T(16) * saddle::epsilon<T> * saddle::max_norm(each[i]));
  }
}

/// F = (1/(2x) , y): x + ηF(x) = z has no solution near x = 0.
struct pole {
  template <class L> constexpr saddle::point<L, 1, 1> field(const saddle::point<L, 1, 1>& z) const noexcept {
    return {{{broadcast<L>(scalar_t<L>(0.5)) / z.theta[0]}}, {{z.omega[0]}}};
  }
};

TYPED_TEST(implicit, says_when_the_inner_equation_is_unsolved) {
  using T = TypeParam;
  using Z = saddle::point<T, 1, 1>;
  const Z z{{{T(1)}}, {{T(1)}}};
  // x + 1/(2x)·η = 1 with η = 4: no real root.
  const auto newton = saddle::run(rule, pole{}, {.eta = T(4)}, z, 3);
  EXPECT_EQ(newton.status, saddle::status::unsolved);
  EXPECT_TRUE(same_bits(newton.z(), z));
  // I + ηA = 0: singular; with η = 2: indefinite.
  const saddle::games::quadratic<T, 1, 1> concave{{{T(-1)}}, {{T(1)}}, {{T(0)}}, {{T(0)}}, {{T(0)}}};
  for (const T eta : {T(1), T(2)}) {
    const auto r = saddle::run(rule, concave, {.eta = eta}, z, 3);
    EXPECT_EQ(r.status, saddle::status::unsolved);
    EXPECT_TRUE(same_bits(r.z(), z));
    const auto until = saddle::run_until(rule, concave, {.eta = eta}, z, {.cap = 10});
    EXPECT_EQ(until.status, saddle::status::unsolved);
    EXPECT_EQ(until.steps, 0u);
  }
  EXPECT_EQ(saddle::run(rule, concave, {.eta = T(0.5)}, z, 3).status, saddle::status::ok);
}

} // namespace
} // namespace saddle_test::test_implicit
