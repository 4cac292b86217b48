/// The laws that every registered game obeys. games/laws.cpp.in instantiates them for each.
#pragma once

#include <cmath>

#include <saddle/dynamics/implicit.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/lane/dual.hpp>
#include <saddle/linalg/derivative.hpp>

#include "support/games.hpp"
#include "support/lanes.hpp"
#include "support/reference.hpp"

namespace saddle_test {

template <template <class, std::size_t, std::size_t> class Game, class T> struct law_case {
  using number = T;
  template <std::size_t P, std::size_t Q> using of = Game<T, P, Q>;
};

template <class Case> class game_laws : public ::testing::Test {
protected:
  using number = typename Case::number;

  /// Calls f.template operator()<G>(random) for the game at dimensions that stand for all: P = Q, P < Q, P > Q, large.
  template <class F> static void everywhere(F f) {
    random_source random(50);
    for (int k = 0; k < 5; ++k) {
      f.template operator()<typename Case::template of<1, 1>>(random);
      f.template operator()<typename Case::template of<2, 2>>(random);
      f.template operator()<typename Case::template of<1, 3>>(random);
      f.template operator()<typename Case::template of<5, 2>>(random);
    }
    f.template operator()<typename Case::template of<32, 7>>(random);
  }

  /// n roundings of terms of the size of `scale`.
  template <class G> static number rounding(number scale) {
    return number(4 * G::point_type::size) * saddle::epsilon<number> * scale;
  }
  /// A bound of |F| and of J·v where z and v are no longer than this.
  template <class G> static number size_of_field(const G& game, const typename G::point_type& z) {
    const column slope = as_column(game.field(saddle::spread<typename G::point_type>(typename G::point_type{})));
    return static_cast<number>(frobenius(dense::from(game.jacobian(z))) * norm(as_column(z)) + norm(slope));
  }
};
TYPED_TEST_SUITE_P(game_laws);

/// The game with its parameters as constants of dual numbers.
template <class D, class G> typename G::template rebind<D> lifted(const G& game) {
  typename G::template rebind<D> r;
  saddle::walk([](auto& out, const auto& parameter) { out = D::constant(parameter); }, r, game);
  return r;
}

// F = (∇θU, −∇ωU), the gradient by dual numbers.
TYPED_TEST_P(game_laws, the_field_is_the_gradient_of_the_value) {
  using T = typename TypeParam::number;
  this->everywhere([&]<class G>(random_source& random) {
    using Z = typename G::point_type;
    const G game = random_game<G>(random);
    const Z z = random_point<Z>(random);
    using D = saddle::dual<T, 1>;
    const auto dual_game = lifted<D>(game);
    const Z f = game.field(z);
    for (std::size_t i = 0; i < Z::size; ++i) {
      auto x = saddle::spread<typename Z::template rebind<D>>(Z{});
      for (std::size_t k = 0; k < Z::size; ++k) x[k] = D{z[k], {T(k == i ? 1 : 0)}};
      const T slope = dual_game.value(x).part[0];
      EXPECT_NEAR(f[i], i < Z::p ? slope : -slope, this->template rounding<G>(this->size_of_field(game, z)));
    }
  });
}

TYPED_TEST_P(game_laws, products_are_those_of_the_jacobian) {
  using T = typename TypeParam::number;
  this->everywhere([&]<class G>(random_source& random) {
    using Z = typename G::point_type;
    const G game = random_game<G>(random);
    const Z z = random_point<Z>(random), v = random_point<Z>(random);
    const dense j = dense::from(game.jacobian(z));
    const T bound = this->template rounding<G>(static_cast<T>(frobenius(j)) * saddle::norm(v));
    EXPECT_LE(norm(as_column(game.jvp(z, v)) - j * as_column(v)), bound);
    EXPECT_LE(norm(as_column(game.vjp(z, v)) - j.transposed() * as_column(v)), bound);
    EXPECT_TRUE(same_bits(saddle::jvp(game, z, v), game.jvp(z, v)));
    EXPECT_TRUE(same_bits(saddle::vjp(game, z, v), game.vjp(z, v)));
  });
}

// J·v = dF(z + tv)/dt, the derivative by dual numbers of the field itself.
TYPED_TEST_P(game_laws, the_jacobian_is_the_derivative_of_the_field) {
  using T = typename TypeParam::number;
  this->everywhere([&]<class G>(random_source& random) {
    using Z = typename G::point_type;
    using D = saddle::dual<T, 1>;
    const G game = random_game<G>(random);
    const Z z = random_point<Z>(random), v = random_point<Z>(random);
    auto x = saddle::spread<typename Z::template rebind<D>>(Z{});
    for (std::size_t i = 0; i < Z::size; ++i) x[i] = D{z[i], {v[i]}};
    const auto f = lifted<D>(game).field(x);
    const auto j = game.jacobian(z);
    const column expected = dense::from(j) * as_column(v);
    column got(Z::size);
    for (std::size_t i = 0; i < Z::size; ++i) got[i] = f[i].part[0];
    EXPECT_LE(norm(got - expected),
              this->template rounding<G>(static_cast<T>(frobenius(dense::from(j))) * saddle::norm(v)));
  });
}

TYPED_TEST_P(game_laws, the_field_vanishes_at_the_equilibrium) {
  this->everywhere([&]<class G>(random_source& random) {
    const G game = random_game<G>(random);
    const auto e = game.equilibrium();
    EXPECT_TRUE(e.solved);
    // LU is backward stable: the residual is that of a solve, not of a product.
    const auto n = static_cast<typename TestFixture::number>(G::point_type::size);
    EXPECT_LE(saddle::norm(game.field(e.z)), n * this->template rounding<G>(this->size_of_field(game, e.z)));
  });
}

// z⁺ + ηF(z⁺) = z, with a step for each player.
TYPED_TEST_P(game_laws, the_resolvent_solves_its_equation) {
  using T = typename TypeParam::number;
  this->everywhere([&]<class G>(random_source& random) {
    using Z = typename G::point_type;
    const G game = random_game<G>(random);
    const Z z = random_point<Z>(random);
    for (const T size : {T(0.125), T(4)}) {
      const typename Z::step eta(size, size / T(2));
      const auto r = game.template resolvent<Z>(eta)(z);
      ASSERT_TRUE(r.solved);
      const Z residual = r.z + eta * game.field(r.z) - z;
      // The Schur complement squares the condition of I + ηJ, at most 1 + ‖ηJ‖ here.
      const T condition = T(1) + size * static_cast<T>(frobenius(dense::from(game.jacobian(z))));
      EXPECT_LE(saddle::norm(residual),
                this->template rounding<G>(condition * condition * (saddle::norm(z) + this->size_of_field(game, z))));
    }
  });
}

// What a rule sees of a game is the same through a vector.
TYPED_TEST_P(game_laws, lanes_are_games_alone) {
  using T = typename TypeParam::number;
  using G = typename TypeParam::template of<3, 2>;
  using Z = typename G::point_type;
  using L = saddle::native_lane<T>;
  random_source random(51);
  G games[width<L>];
  Z points[width<L>], directions[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    games[i] = random_game<G>(random);
    points[i] = random_point<Z>(random);
    directions[i] = random_point<Z>(random);
  }
  using wide_point = typename Z::template rebind<L>;
  const auto game = join<typename G::template rebind<L>>(games);
  const auto z = join<wide_point>(points), v = join<wide_point>(directions);
  const auto f = game.field(z), forward = game.jvp(z, v), backward = game.vjp(z, v);
  const auto u = game.value(z);
  const auto e = game.equilibrium();
  const auto r = game.template resolvent<wide_point>(typename wide_point::step(T(0.5), T(0.25)))(z);
  for (std::size_t i = 0; i < width<L>; ++i) {
    const G& alone = games[i];
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(f, i), alone.field(points[i])));
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(forward, i), alone.jvp(points[i], directions[i])));
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(backward, i), alone.vjp(points[i], directions[i])));
    EXPECT_TRUE(same_bits(extract(u, i), alone.value(points[i])));
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(e.z, i), alone.equilibrium().z));
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(r.z, i),
                          alone.template resolvent<Z>(typename Z::step(T(0.5), T(0.25)))(points[i]).z));
  }
}

REGISTER_TYPED_TEST_SUITE_P(game_laws, the_field_is_the_gradient_of_the_value, products_are_those_of_the_jacobian,
                            the_jacobian_is_the_derivative_of_the_field, the_field_vanishes_at_the_equilibrium,
                            the_resolvent_solves_its_equation, lanes_are_games_alone);

} // namespace saddle_test
