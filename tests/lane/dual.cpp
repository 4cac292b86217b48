// Derivatives by dual numbers against closed forms.
#include <cmath>
#include <vector>

#include <saddle/lane/dual.hpp>
#include <saddle/linalg/derivative.hpp>

#include "support/bits.hpp"
#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_dual {
namespace {

template <class T> class dual_lane : public ::testing::Test {};
TYPED_TEST_SUITE(dual_lane, scalars);

/// Value and derivative of f at x along one direction of size 1.
template <class T, class F> saddle::dual<T, 1> at(T x, F f) { return f(saddle::dual<T, 1>{x, {T(1)}}); }

template <class T> void near(T got, T expected, T scale = T(1)) {
  EXPECT_LE(std::fabs(got - expected), T(8) * saddle::epsilon<T> * (std::fabs(expected) + scale));
}

TYPED_TEST(dual_lane, derivatives_of_every_operation) {
  using T = TypeParam;
  random_source random(5);
  for (int k = 0; k < 200; ++k) {
    const T x = random.uniform(T(0.25), T(2)), s = random.uniform(T(-2), T(2));
    near(at(x, [&](auto t) { return t + t * t; }).part[0], 1 + 2 * x);
    near(at(x, [&](auto t) { return s - t; }).part[0], T(-1));
    near(at(x, [&](auto t) { return t - s; }).part[0], T(1));
    near(at(x, [&](auto t) { return s + t; }).part[0], T(1));
    near(at(x, [&](auto t) { return s * t + t * s; }).part[0], 2 * s);
    near(at(x, [&](auto t) { return t / s; }).part[0], 1 / s, 1 / std::fabs(s));
    near(at(x, [&](auto t) { return s / t; }).part[0], -s / (x * x), std::fabs(s) / (x * x));
    near(at(x, [&](auto t) { return t / (t * t + T(1)); }).part[0], (1 - x * x) / ((1 + x * x) * (1 + x * x)));
    near(at(x, [&](auto t) { return fma(t, t, t); }).part[0], 2 * x + 1);
    near(at(x, [&](auto t) { return fma(s, t, t); }).part[0], s + 1);
    near(at(x, [&](auto t) { return fnma(t, t, t); }).part[0], 1 - 2 * x, 2 * x);
    near(at(x, [&](auto t) { return fnma(s, t, t); }).part[0], 1 - s, std::fabs(s));
    near(at(x, [&](auto t) { return sqrt(t); }).part[0], 1 / (2 * std::sqrt(x)));
    near(at(x, [&](auto t) { return -t; }).part[0], T(-1));
    near(at(-x, [&](auto t) { return abs(t); }).part[0], T(-1));
    near(at(x, [&](auto t) { return abs(t); }).part[0], T(1));
  }
}

TYPED_TEST(dual_lane, values_are_those_of_the_lane_below) {
  using T = TypeParam;
  random_source random(6);
  for (int k = 0; k < 200; ++k) {
    const T x = random.uniform(T(0.25), T(2)), y = random.uniform(T(-2), T(2));
    const saddle::dual<T, 2> a{x, {T(1), T(0)}}, b{y, {T(0), T(1)}};
    EXPECT_TRUE(same_bits((a + b).value, x + y));
    EXPECT_TRUE(same_bits((a - b).value, x - y));
    EXPECT_TRUE(same_bits((a * b).value, x * y));
    EXPECT_TRUE(same_bits((a / b).value, x / y));
    EXPECT_TRUE(same_bits(fma(a, b, a).value, fma(x, y, x)));
    EXPECT_TRUE(same_bits(fnma(a, b, a).value, fnma(x, y, x)));
    EXPECT_TRUE(same_bits(sqrt(a).value, sqrt(x)));
    EXPECT_TRUE(same_bits(min(a, b).value, min(x, y)));
    EXPECT_TRUE(same_bits(max(a, b).value, max(x, y)));
    EXPECT_EQ(a < b, x < y);
    EXPECT_EQ(a >= b, x >= y);
  }
}

// A branch is differentiated as taken; at a tie min and max take the second operand.
TYPED_TEST(dual_lane, choices_look_at_values_only) {
  using T = TypeParam;
  const saddle::dual<T, 1> one{T(1), {T(3)}}, two{T(2), {T(5)}}, another_one{T(1), {T(7)}};
  EXPECT_EQ(min(one, two).part[0], T(3));
  EXPECT_EQ(max(one, two).part[0], T(5));
  EXPECT_EQ(min(one, another_one).part[0], T(7));
  EXPECT_EQ(max(one, another_one).part[0], T(7));
  EXPECT_EQ(select(one < two, one, two).part[0], T(3));
  EXPECT_TRUE(one == another_one);
  EXPECT_TRUE(finite(saddle::dual<T, 1>{T(1), {std::numeric_limits<T>::infinity()}}));
}

TYPED_TEST(dual_lane, nested_duals_give_second_derivatives) {
  using T = TypeParam;
  using first = saddle::dual<T, 1>;
  using second = saddle::dual<first, 1>;
  for (T x : {T(0.5), T(1.25), T(3)}) {
    const second t{{x, {T(1)}}, {{T(1), {T(0)}}}};
    const second cube = t * t * t;
    near(cube.part[0].part[0], 6 * x);
    near(sqrt(t).part[0].part[0], T(-0.25) / (x * std::sqrt(x)));
    const second reciprocal = saddle::broadcast<second>(1) / t;
    near(reciprocal.part[0].part[0], 2 / (x * x * x), 2 / (x * x * x));
  }
}

TYPED_TEST(dual_lane, vectors_differentiate_as_scalars) {
  using T = TypeParam;
  using V = saddle::native_lane<T>;
  random_source random(7);
  const auto function = [](auto t) { return sqrt(t * t + t) / (t + T(1)); };
  const auto on_vectors = [](auto t, const V& one) { return sqrt(t * t + t) / (t + one); };
  T x[width<V>];
  for (T& each : x) each = random.uniform(T(0.25), T(2));
  const saddle::dual<V, 1> t{load<V>(x), {broadcast<V>(1)}};
  const auto r = on_vectors(t, broadcast<V>(1));
  for (std::size_t i = 0; i < width<V>; ++i) {
    const auto alone = at(x[i], function);
    EXPECT_TRUE(same_bits(extract(r.value, i), alone.value));
    EXPECT_TRUE(same_bits(extract(r.part[0], i), alone.part[0]));
  }
}

/// A game seen through its field alone.
template <class G> struct field_only {
  G game;
  template <class L>
  constexpr auto field(const saddle::point<L, G::point_type::p, G::point_type::q>& z) const noexcept {
    // The parameters are constants: lifted to the lane that the point has.
    typename G::template rebind<L> lifted;
    saddle::walk(
        [](auto& out, const auto& parameter) {
          if constexpr (std::is_same_v<L, typename G::lane_type>) out = parameter;
          else out = L::constant(parameter);
        },
        lifted, game);
    return lifted.field(z);
  }
};

template <class T, template <class, std::size_t, std::size_t> class Game, std::size_t P, std::size_t Q>
void products_by_duals_agree() {
  using G = Game<T, P, Q>;
  using Z = saddle::point<T, P, Q>;
  random_source random(8);
  for (int k = 0; k < 20; ++k) {
    const field_only<G> hidden{random_game<G>(random)};
    const Z z = random_point<Z>(random), v = random_point<Z>(random);
    const auto j = saddle::jacobian(hidden, z), own = hidden.game.jacobian(z);
    // Duals of a linear field only copy its coefficients.
    EXPECT_EQ(std::vector<T>(std::begin(j.v), std::end(j.v)), std::vector<T>(std::begin(own.v), std::end(own.v)));
    const Z forward = saddle::jvp(hidden, z, v) - hidden.game.jvp(z, v);
    const Z backward = saddle::vjp(hidden, z, v) - hidden.game.vjp(z, v);
    const T bound = T(P + Q) * saddle::epsilon<T> * 2 * static_cast<T>(P + Q);
    EXPECT_LE(saddle::max_norm(forward), bound);
    EXPECT_LE(saddle::max_norm(backward), bound);
  }
}

TYPED_TEST(dual_lane, products_of_a_game_that_has_only_a_field) {
  products_by_duals_agree<TypeParam, saddle::games::bilinear, 1, 1>();
  products_by_duals_agree<TypeParam, saddle::games::bilinear, 3, 2>();
  products_by_duals_agree<TypeParam, saddle::games::quadratic, 1, 1>();
  products_by_duals_agree<TypeParam, saddle::games::quadratic, 2, 3>();
  products_by_duals_agree<TypeParam, saddle::games::quadratic, 4, 4>();
}

} // namespace
} // namespace saddle_test::test_dual
