// The laws of every registered model: derivatives belong to the field, the equilibrium is one, a lane is a game alone, and
// a constant has the bits of run time.
#include <cmath>
#include <string>
#include <vector>

#include <saddle/engine/run.hpp>
#include <saddle/games/detail/expectation.hpp>
#include <saddle/registry.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_models {
namespace {

namespace games = saddle::games;
using games::gan_loss;

/// A model of a shape that a test can afford, with parameters that vary with x in [0, 1].
template <class G> struct sample;

template <class L, gan_loss Loss> struct sample<games::dirac_gan<L, Loss>> {
  static constexpr games::dirac_gan<L, Loss> with(L x) noexcept { return {.r1 = x, .penalty = L(0), .target = L(1)}; }
};
template <class L> struct sample<games::noisy_dirac_gan<L>> {
  static constexpr games::noisy_dirac_gan<L> with(L x) noexcept { return {L(0.25) + x}; }
};
template <class L, gan_loss Loss> struct sample<games::uniform_gan<L, Loss>> {
  static constexpr games::uniform_gan<L, Loss> with(L) noexcept { return {}; }
};
template <class L, gan_loss Loss> struct sample<games::linear_quadratic_gan<L, Loss>> {
  static constexpr games::linear_quadratic_gan<L, Loss> with(L x) noexcept { return {x, L(0.5) + x}; }
};
template <class L, std::size_t D, std::size_t K> struct sample<games::covariance_gan<L, D, K>> {
  static constexpr games::covariance_gan<L, D, K> with(L x) noexcept {
    games::covariance_gan<L, D, K> r{saddle::identity<L, D>()};
    for (std::size_t i = 0; i + 1 < D; ++i) r.covariance(i, i + 1) = r.covariance(i + 1, i) = x / L(2);
    return r;
  }
};
template <class L, std::size_t D> struct sample<games::gaussian_mean_gan<L, D>> {
  static constexpr games::gaussian_mean_gan<L, D> with(L x) noexcept {
    games::gaussian_mean_gan<L, D> r{saddle::zeros<L, D>(), L(0.5) + x / L(4)};
    for (std::size_t i = 0; i < D; ++i) r.mean[i] = x - L(0.25) * static_cast<L>(i);
    return r;
  }
};
template <class L, std::size_t N, std::size_t M, std::size_t F> struct sample<games::kernel_gan<L, N, M, F>> {
  static constexpr games::kernel_gan<L, N, M, F> with(L x) noexcept {
    typename games::kernel_gan<L, N, M, F>::setting s{.truth = saddle::zeros<L, N>(),
                                                      .mass = saddle::zeros<L, N>(),
                                                      .generated_mass = saddle::zeros<L, M>(),
                                                      .lambda = L(0.5) + x,
                                                      .sigma = L(1),
                                                      .circumference = L(8)};
    for (std::size_t i = 0; i < N; ++i) s.mass[i] = L(1) / static_cast<L>(N);
    for (std::size_t j = 0; j < M; ++j) s.generated_mass[j] = L(1) / static_cast<L>(M);
    return games::kernel_gan<L, N, M, F>::with(s);
  }
};
template <class L, std::size_t... N> struct sample<games::polymatrix<L, N...>> {
  static constexpr games::polymatrix<L, N...> with(L x) noexcept {
    games::polymatrix<L, N...> r{};
    for (std::size_t i = 0; i < r.n; ++i) {
      r.slope[i] = x;
      for (std::size_t k = 0; k < r.n; ++k) r.W(i, k) = i == k ? L(-1) : r.owner(i) == r.owner(k) ? L(0) : x + L(i);
    }
    return r.pairwise_zero_sum();
  }
};

/// The equilibrium of a model; the kernel game's is the one where all generated points sit on the true ones.
template <class G> constexpr typename G::point_type rest(const G& game) noexcept {
  if constexpr (requires { game.equilibrium(); }) return game.equilibrium().z;
  else return game.best_answer(saddle::zeros<typename G::lane_type, std::size_t(G::point_type::p)>());
}

template <class G> class models : public ::testing::Test {};
using samples = ::testing::Types<
    games::dirac_gan<double>, games::dirac_gan<double, gan_loss::non_saturating>,
    games::dirac_gan<double, gan_loss::wasserstein>, games::noisy_dirac_gan<double>, games::uniform_gan<double>,
    games::uniform_gan<double, gan_loss::wasserstein>, games::linear_quadratic_gan<double>,
    games::linear_quadratic_gan<double, gan_loss::wasserstein>, games::covariance_gan<double, 2>,
    games::covariance_gan<double, 2, 3>, games::gaussian_mean_gan<double, 2>, games::kernel_gan<double, 1, 2, 6>,
    games::polymatrix<double, 2, 1, 1>, games::dirac_gan<float>, games::noisy_dirac_gan<float>,
    games::linear_quadratic_gan<float>, games::gaussian_mean_gan<float, 2>, games::kernel_gan<float, 1, 2, 6>>;
TYPED_TEST_SUITE(models, samples);

// A registered model that no sample stands for stops here.
TEST(model_registry, every_model_has_a_sample) {
  std::vector<std::string> listed;
  for (const saddle::registry::model& m : saddle::registry::all_models) listed.emplace_back(m.name);
  const std::vector<std::string> sampled{"polymatrix",           "dirac_gan",      "noisy_dirac_gan",   "uniform_gan",
                                         "linear_quadratic_gan", "covariance_gan", "gaussian_mean_gan", "kernel_gan"};
  EXPECT_EQ(listed, sampled);
}

// Sixteen nodes: the moments up to the thirtieth are those of the distribution.
TEST(expectation, has_the_moments_of_its_distribution) {
  real uniform = 1, normal = 1, power = 0;
  for (int k = 0; k <= 30; k += 2) {
    if (k > 0) normal *= k - 1;
    uniform = 1 / static_cast<real>(k + 1);
    const auto monomial = [&](double x) { return static_cast<double>(std::pow(static_cast<real>(x), k)); };
    power = games::detail::expectation<double>(games::detail::uniform_rule, monomial);
    EXPECT_LE(std::fabs(power / uniform - 1), 32 * saddle::epsilon<double>) << k;
    power = games::detail::expectation<double>(games::detail::normal_rule, monomial);
    // A node's rounding is multiplied by k, the outermost ones' weight by what they carry.
    EXPECT_LE(std::fabs(power / normal - 1), 64 * (k + 1) * saddle::epsilon<double>) << k;
  }
}

TYPED_TEST(models, the_equilibrium_is_at_rest) {
  using T = typename TypeParam::lane_type;
  for (const T x : {T(0), T(0.5), T(1)}) {
    const auto game = sample<TypeParam>::with(x);
    EXPECT_LE(saddle::max_norm(game.field(rest(game))), T(64) * saddle::epsilon<T>) << x;
  }
}

// Central differences of the field: their error is h² of the third derivative and ε/h of rounding.
// Whatever its parameters: a game that says where it rests does so there, and one that rests nowhere says that.
TEST(dirac_gan, rests_where_it_says_or_says_that_it_rests_nowhere) {
  int resting = 0, restless = 0;
  for (const double r1 : {0.0, 0.5})
    for (const double penalty : {0.0, 0.25, 3.0})
      for (const double target : {0.0, 1.0}) {
        const games::dirac_gan<double, gan_loss::wasserstein> game{.r1 = r1, .penalty = penalty, .target = target};
        const auto at = game.equilibrium();
        EXPECT_EQ(at.solved, saddle::max_norm(game.field(at.z)) == 0) << r1 << ' ' << penalty << ' ' << target;
        (at.solved ? resting : restless) += 1;
      }
  EXPECT_EQ(resting, 8);
  EXPECT_EQ(restless, 4);
}

/// K of the kernel game by its series and the Gaussian it stands for, in long double: how far apart they are, and the bound.
template <std::size_t Frequencies> void kernel_error_is_a_bound() {
  using G = games::kernel_gan<double, 1, 1, Frequencies>;
  const real pi = std::acos(real(-1));
  for (const double turns : {0.5, 1.0, 2.0, 5.0, 8.0, 20.0, 40.0, 100.0})
    for (const double apart : {0.0, 0.1, 0.25, 0.5}) {
      const real width = 1 / static_cast<real>(turns);
      real series = 0;
      for (std::size_t k = 0; k <= Frequencies; ++k) {
        const real x = pi * width * static_cast<real>(k);
        series += (k == 0 ? 1 : 2) * width * std::sqrt(2 * pi) * std::exp(-2 * x * x) *
                  std::cos(2 * pi * static_cast<real>(k) * static_cast<real>(apart));
      }
      const real error = std::fabs(series - std::exp(-static_cast<real>(apart * apart) / (2 * width * width)));
      const real bound = G::kernel_error(1 / turns, 1, apart);
      EXPECT_GE(bound * (1 + real(1e-12)) + real(1e-15), error) << Frequencies << ' ' << turns << ' ' << apart;
      // All terms of the tail have one sign at 0.
      if (apart == 0 && turns >= 5) { EXPECT_LE(bound, 3 * error + real(1e-15)) << Frequencies << ' ' << turns; }
    }
}

TEST(kernel_gan, says_how_far_the_kernel_is_from_the_gaussian) {
  kernel_error_is_a_bound<1>();
  kernel_error_is_a_bound<6>();
  kernel_error_is_a_bound<40>();
}

TYPED_TEST(models, the_products_are_derivatives_of_the_field) {
  using T = typename TypeParam::lane_type;
  using Z = typename TypeParam::point_type;
  random_source random(81);
  const T h = std::cbrt(saddle::epsilon<T>);
  for (int k = 0; k < 4; ++k) {
    const auto game = sample<TypeParam>::with(random.uniform(T(0), T(1)));
    const Z z = random.template fill<Z>(-1, 1), v = random.template fill<Z>(-1, 1);
    Z ahead = z, behind = z;
    saddle::walk([&](T& a, T& b, const T& d) { a += h * d, b -= h * d; }, ahead, behind, v);
    const column slope = as_column(game.field(ahead) - game.field(behind));
    const column product = as_column(saddle::jvp(game, z, v));
    const dense j = dense::from(saddle::jacobian(game, z));
    const real bound =
        200 * std::pow(static_cast<real>(saddle::epsilon<T>), 2.0L / 3) * (1 + frobenius(j)) * (1 + norm(as_column(v)));
    real apart = 0;
    for (std::size_t i = 0; i < Z::size; ++i) apart = std::max(apart, std::fabs(slope[i] / (2 * h) - product[i]));
    EXPECT_LE(apart, bound);
    const real rounding = 64 * saddle::epsilon<T> * (1 + frobenius(j)) * (1 + norm(as_column(v)));
    EXPECT_LE(norm(j * as_column(v) - product), rounding);
    EXPECT_LE(norm(j.transposed() * as_column(v) - as_column(saddle::vjp(game, z, v))), rounding);
  }
}

TYPED_TEST(models, a_lane_is_a_game_alone) {
  using G = TypeParam;
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  using L = saddle::native_lane<T>;
  random_source random(82);
  G alone[width<L>];
  Z starts[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    alone[i] = sample<G>::with(static_cast<T>(i) / static_cast<T>(width<L>));
    starts[i] = random.template fill<Z>(-1, 1);
  }
  typename G::template rebind<L> game{};
  if constexpr (saddle::lane_count<G>() > 0) game = join<typename G::template rebind<L>>(alone);
  const auto start = join<typename Z::template rebind<L>>(starts);
  const auto together = saddle::run(saddle::dynamics::simultaneous{}, game, {.eta = T(0.125)}, start, 4);
  const auto product = saddle::jvp(game, start, start);
  for (std::size_t i = 0; i < width<L>; ++i) {
    const auto own = saddle::run(saddle::dynamics::simultaneous{}, alone[i], {.eta = T(0.125)}, starts[i], 4);
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(together.z(), i), own.z()));
    EXPECT_TRUE(same_bits(saddle::extract_as<Z>(product, i), saddle::jvp(alone[i], starts[i], starts[i])));
  }
}

TYPED_TEST(models, a_constant_has_the_bits_of_run_time) {
  using T = typename TypeParam::lane_type;
  using Z = typename TypeParam::point_type;
  constexpr auto field_near = [](T x) {
    const TypeParam game = sample<TypeParam>::with(x);
    Z z = rest(game);
    saddle::walk([&](T& each) { each = each + x; }, z);
    return game.field(z);
  };
  constexpr Z constant = field_near(T(0.375));
  const volatile T hidden = T(0.375);
  EXPECT_TRUE(same_bits(field_near(hidden), constant));
}

} // namespace
} // namespace saddle_test::test_models
