// What the theory says of simultaneous gradient descent-ascent.
#include <saddle/dynamics/simultaneous.hpp>

#include <saddle/engine/run.hpp>
#include <saddle/games/bilinear.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_simultaneous {
namespace {

constexpr saddle::dynamics::simultaneous rule;

template <class T> class simultaneous : public ::testing::Test {};
TYPED_TEST_SUITE(simultaneous, scalars);

// With a = uᵀθ and b = vᵀω along a pair of singular vectors, a²/ηθ + b²/ηω grows by 1 + ηθηωσ² a step, exactly.
TYPED_TEST(simultaneous, every_mode_of_a_bilinear_game_grows_by_its_own_factor) {
  using T = TypeParam;
  constexpr std::size_t p = 3, q = 2;
  random_source random(31);
  for (int k = 0; k < 10; ++k) {
    const saddle::games::bilinear<T, p, q> game{random.fill<saddle::mat<T, p, q>>(-1, 1)};
    const auto z = random_point<saddle::point<T, p, q>>(random);
    const real eta[] = {0.25L, 0.125L};
    const std::uint64_t steps = 40;
    const auto r = saddle::run(rule, game, {.eta = {T(eta[0]), T(eta[1])}}, z, steps);

    const dense c = dense::from(game.C);
    const eigensystem right = symmetric_eigen(c.transposed() * c);
    const real conditioning = std::sqrt(right.values[0] / right.values[1]);
    for (std::size_t mode = 0; mode < q; ++mode) {
      const real sigma2 = right.values[mode];
      const auto energy = [&](const auto& point) {
        real a = 0, b = 0;
        for (std::size_t j = 0; j < q; ++j) {
          real cv = 0; // u = C v / σ
          b += right.vectors(j, mode) * point.omega[j];
          for (std::size_t i = 0; i < p; ++i) cv += c(i, j) * point.theta[i];
          a += cv * right.vectors(j, mode) / std::sqrt(sigma2);
        }
        return a * a / eta[0] + b * b / eta[1];
      };
      const real expected = energy(z) * std::pow(1 + eta[0] * eta[1] * sigma2, static_cast<real>(steps));
      // Rounding errors of the other mode, which is at most this much larger, leak into this one.
      const real leak = saddle::norm(r.z()) / std::sqrt(expected * eta[1]);
      EXPECT_LE(std::fabs(energy(r.z()) / expected - 1),
                static_cast<real>(steps) * 2 * (p + q) * saddle::epsilon<T> * (1 + leak) * (1 + conditioning));
    }
  }
}

TYPED_TEST(simultaneous, a_bilinear_game_diverges_for_every_step) {
  using T = TypeParam;
  const saddle::games::bilinear<T, 1, 1> game{{{T(1)}}};
  for (const T eta : {T(0.5), T(0.125), T(0.0625)}) {
    const auto r = saddle::run_until(rule, game, {.eta = eta}, saddle::point<T, 1, 1>{{{T(1)}}, {{T(1)}}},
                                     {.tolerance = T(0), .cap = 1000000, .divergence = T(1000)});
    EXPECT_EQ(r.status, saddle::status::diverged);
    // The first k with (1 + η²)^{k/2} > 1000.
    const real expected = std::ceil(2 * std::log(1000.0L) / std::log1p(static_cast<real>(eta) * eta));
    EXPECT_NEAR(static_cast<double>(r.steps), static_cast<double>(expected), 1 + 1e-3 * static_cast<double>(expected));
  }
}

} // namespace
} // namespace saddle_test::test_simultaneous
