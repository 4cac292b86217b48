// Every registered game across registers: every rule but the implicit one moves it as it moves plain numbers, up to the
// rounding of differently ordered sums, and with the same bits for every width.
#include <saddle/engine/run.hpp>
#include <saddle/linalg/wide.hpp>

#include "support/games.hpp"
#include "support/lanes.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_across {
namespace {

using saddle::across;
using saddle::laid_across;
using saddle::narrow;

template <class T> class across_games : public ::testing::Test {
protected:
  /// Calls f.template operator()<Rule, G>(random) for what can lie across registers.
  template <class F> static void everywhere(F f) {
    random_source random(60);
    saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
      if constexpr (Rule::about.solves == 0) {
        SCOPED_TRACE(entry.name);
        const auto with = [&]<class G>() { f.template operator()<Rule, G>(random); };
        // A quadratic game has a bilinear one in it: of float it is enough below the tier that has everything.
        if constexpr (this_tier >= tier::full || sizeof(T) == 8) each_game_of<T, 6, 5>(with);
        else with.template operator()<saddle::games::quadratic<T, 6, 5>>();
      }
    });
  }

  /// Small enough that no rule leaves the range in the steps taken here.
  template <class Rule, class Z> static auto parameters(random_source& random) {
    auto p = random_parameters<saddle::parameters_t<Rule, Z>>(random);
    saddle::walk([](T& x) { x /= T(Z::size); }, p);
    return p;
  }
};
TYPED_TEST_SUITE(across_games, scalars);

inline constexpr std::uint64_t steps = 20;

TYPED_TEST(across_games, move_as_on_plain_numbers) {
  using T = TypeParam;
  this->everywhere([]<class Rule, class G>(random_source& random) {
    using Z = typename G::point_type;
    const G game = random_game<G>(random);
    const Z z = random_point<Z>(random);
    const auto p = across_games<T>::template parameters<Rule, Z>(random);
    const auto plain = saddle::run(Rule{}, game, p, z, steps);
    const auto wide = saddle::run(Rule{}, saddle::widen(game), saddle::widen(p), saddle::widen(z), steps);
    EXPECT_EQ(wide.status, saddle::status::ok);
    // A step of a rule is I − ηM(…) on the distance: each rounding of n terms is carried on by at most (1 + η‖J‖)²
    // a step, with twice the field in consensus and the predictive rule.
    real eta = 0;
    saddle::walk([&](const T& x) { eta = std::max(eta, static_cast<real>(x)); }, p);
    const real j = eta * frobenius(dense::from(game.jacobian(z)));
    const real growth = std::pow((1 + 2 * j) * (1 + 2 * j), static_cast<real>(steps));
    const real scale = norm(as_column(z)) + norm(as_column(game.field(z)));
    EXPECT_LE(norm(as_column(narrow(wide.z())) - as_column(plain.z())),
              static_cast<real>(4 * Z::size * steps) * saddle::epsilon<T> * growth * scale);
  });
}

TYPED_TEST(across_games, have_the_same_bits_for_every_width) {
  using T = TypeParam;
  // A rule only adds and scales points, whose bits tests/linalg/across.cpp compares: two that need all of a game stand
  // for the others.
  const auto same_everywhere = [&]<class Rule, class G>() {
    using Z = typename G::point_type;
    random_source random(62);
    const G game = random_game<G>(random);
    const Z z = random_point<Z>(random);
    const auto p = across_games<T>::template parameters<Rule, Z>(random);
    const auto end_on = [&]<class V>() {
      return narrow(saddle::run(Rule{}, laid_across<V>(game), laid_across<V>(p), laid_across<V>(z), steps).next);
    };
    const auto narrowest = end_on.template operator()<T>();
    EXPECT_TRUE(same_bits(end_on.template operator()<saddle::native_lane<T>>(), narrowest));
#if defined(__AVX512F__) && defined(__FMA__)
    EXPECT_TRUE(same_bits(end_on.template operator()<saddle::batch<T, xsimd::fma3<xsimd::avx2>>>(), narrowest));
#endif
#if defined(__AVX__)
    EXPECT_TRUE(same_bits(end_on.template operator()<saddle::batch<T, xsimd::sse4_2>>(), narrowest));
#endif
  };
  using saddle::dynamics::consensus, saddle::dynamics::optimistic;
  same_everywhere.template operator()<consensus, saddle::games::quadratic<T, 6, 5>>();
  same_everywhere.template operator()<optimistic, saddle::games::bilinear<T, 16, 16>>();
  if constexpr (this_tier >= tier::full)
    same_everywhere.template operator()<optimistic, saddle::games::bilinear<T, 33, 6>>();
}

// The engine's other loop and its reasons to end.
TYPED_TEST(across_games, end_for_the_reasons_of_any_game) {
  using T = TypeParam;
  using game_type = saddle::games::quadratic<T, 5, 8>;
  using Z = typename game_type::point_type;
  using rule = saddle::dynamics::optimistic;
  random_source random(61);
  const auto exact = with_exact_equilibrium(game_type{}, random);
  const auto game = saddle::widen(exact.game);
  const auto near = saddle::widen(exact.equilibrium + random_point<Z>(random));
  const T tolerance = T(1000) * saddle::epsilon<T> * static_cast<T>(frobenius(dense::from(exact.game.jacobian())));
  const auto solved = saddle::run_until(rule{}, game, {.eta = T(0.01)}, near, {.tolerance = tolerance});
  EXPECT_EQ(solved.status, saddle::status::converged);
  EXPECT_LE(solved.residual.value, tolerance);
  EXPECT_LE(saddle::norm(exact.game.field(narrow(solved.z()))), T(2) * tolerance);

  EXPECT_EQ(saddle::run_until(rule{}, game, {.eta = T(0.01)}, near, {.tolerance = tolerance, .cap = 3}).status,
            saddle::status::not_converged);
  EXPECT_EQ(saddle::run_until(rule{}, game, {.eta = T(10)}, near, {.tolerance = tolerance}).status,
            saddle::status::diverged);
  EXPECT_EQ(saddle::run(rule{}, game, {.eta = std::numeric_limits<T>::max()}, near, 50).status,
            saddle::status::non_finite);
  EXPECT_EQ(saddle::run_until(rule{}, game, {.eta = T(0.01)}, near, {.tolerance = T(-1)}).status,
            saddle::status::bad_argument);
}

} // namespace
} // namespace saddle_test::test_across
