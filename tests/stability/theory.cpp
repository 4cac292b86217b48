// The theorems as functions: against their formulas written with λmin and λmax in long double, at compile time too.
#include <saddle/stability/theory.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace test_theory {
namespace {

namespace theory = saddle::theory;

template <class T> class theorems : public testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(theorems, scalars);

// Each result is a handful of rounded operations on rounded arguments.
template <class T> void expect_close(T actual, long double expected) {
  EXPECT_NEAR(static_cast<double>(actual), static_cast<double>(expected),
              16 * static_cast<double>(saddle::epsilon<T>) * std::abs(static_cast<double>(expected)));
}

TYPED_TEST(theorems, are_the_formulas_of_their_sources) {
  using T = TypeParam;
  for (const long double largest : {0.5L, 1.0L, 3.75L, 40.0L})
    for (const long double kappa : {1.0L, 1.5L, 10.0L, 100.0L})
      for (const long double gamma : {0.125L, 1.0L, 8.0L}) {
        const long double smallest = static_cast<T>(largest / kappa);
        const long double top = largest * largest, low = smallest * smallest;
        const T s1 = static_cast<T>(largest), sr = static_cast<T>(smallest), g = static_cast<T>(gamma);

        const auto omd = theory::optimistic_bilinear(s1, sr);
        expect_close(omd.eta, 1 / (2 * std::sqrt(2 * top)));
        expect_close(omd.steps, 16 * top / low);
        expect_close(omd.factor, 4 * std::sqrt(2.0L));

        const auto published = theory::consensus_bilinear_published(s1, sr, g);
        expect_close(published.eta, gamma * low / (top + gamma * gamma * top * top));
        expect_close(published.steps, 2 * (top + gamma * gamma * top * top) / (gamma * gamma * low * low));
        EXPECT_EQ(published.gamma, g);
        EXPECT_EQ(published.source, theory::origin::published);

        const auto derived = theory::predictive_bilinear(s1, sr, g);
        expect_close(derived.eta, gamma / (1 + gamma * gamma * top));
        expect_close(derived.steps, 2 * (1 + gamma * gamma * top) / (gamma * gamma * low));
        EXPECT_EQ(derived.source, theory::origin::derived);
        // |1 − ηγσ² ± iησ|² at the slowest mode, and the promise that it is at most e^(−2/steps).
        const long double eta = derived.eta, rate = std::hypot(1 - eta * gamma * low, eta * smallest);
        EXPECT_LE(static_cast<double>(rate),
                  std::exp(-1 / static_cast<double>(derived.steps)) + 4 * saddle::epsilon<T>);

        const auto iu = theory::implicit_bilinear(s1, sr);
        expect_close(iu.eta, 1 / largest);
        expect_close(iu.steps, 4 * top / low);

        const auto sga = theory::simultaneous_stable(sr, s1);
        expect_close(sga.eta, smallest / top);
        expect_close(sga.steps, 2 * top / low);

        const auto eg = theory::extragradient_stable(sr, s1);
        expect_close(eg.eta, 1 / (4 * largest));
        EXPECT_EQ(eg.gamma, eg.eta);
        expect_close(eg.steps, 8 * largest / smallest);

        const auto prox = theory::implicit_stable(sr, g);
        expect_close(prox.steps, 2 / std::log1p(2 * gamma * smallest));
      }
}

// On a bilinear game M + γMᵀM has μ = γσr² and norm √(σ1² + γ²σ1⁴): the general step is the published one.
TYPED_TEST(theorems, consensus_is_simultaneous_on_its_own_field) {
  using T = TypeParam;
  const T s1 = T(3), sr = T(0.5), gamma = T(0.25);
  const auto general =
      theory::consensus_stable(gamma * sr * sr, std::sqrt(s1 * s1 + gamma * gamma * s1 * s1 * s1 * s1), gamma);
  const auto published = theory::consensus_bilinear_published(s1, sr, gamma);
  expect_close(general.eta, published.eta);
  expect_close(general.steps, published.steps);
}

TEST(theory_log, is_accurate) {
  for (double x = std::numeric_limits<double>::min(); x < 1e308; x *= 1.0937) {
    const double expected = static_cast<double>(std::log(static_cast<long double>(x)));
    // Relative, and near x = 1, where 2·artanh loses nothing, relative still.
    EXPECT_NEAR(theory::detail::log(x), expected, 8 * saddle::epsilon<double> * std::abs(expected)) << x;
  }
  EXPECT_EQ(theory::detail::log(1.0), 0.0);
  for (double x = 1e-300; x < 1e300; x *= 1.0937) {
    const double expected = static_cast<double>(std::log1p(static_cast<long double>(x)));
    EXPECT_NEAR(theory::detail::log1p(x), expected, 8 * saddle::epsilon<double> * expected) << x;
  }
  EXPECT_EQ(theory::detail::log1p(0.0), 0.0);
}

TEST(iterations, round_up) {
  const theory::bound<double> b{1, 0, 10, 1, theory::origin::published};
  EXPECT_EQ(theory::iterations(b, 1.0, 1.0), 0u);
  EXPECT_EQ(theory::iterations(b, 1.0, 2.0), 0u);
  EXPECT_EQ(theory::iterations(b, 1.0, 1e-8), 185u); // 10·8·log 10 = 184.2
  const theory::bound<double> endless{1, 0, 1e30, 1, theory::origin::published};
  EXPECT_EQ(theory::iterations(endless, 1.0, 0.5), std::numeric_limits<std::uint64_t>::max());
}

// κ = 1, ε/δ = 1e-8: 16·log(4√2·1e8) = 322.46, 4·log 1e8 = 73.68…
static_assert(theory::iterations(theory::optimistic_bilinear(1.0, 1.0), 1.0, 1e-8) == 323);
static_assert(theory::iterations(theory::implicit_bilinear(1.0, 1.0), 1.0, 1e-8) == 74);

} // namespace
} // namespace test_theory
