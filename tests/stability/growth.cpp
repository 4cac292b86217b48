// The iteration matrix of every rule is the published one, and the growth factors of a spectral rule are its eigenvalues.
#include <saddle/saddle.hpp>

#include <complex>

#include "support/games.hpp"
#include "support/iteration.hpp"
#include "support/lanes.hpp"

namespace saddle_test::test_growth {
namespace {

template <class Rule> class growth_of : public ::testing::Test {};
using rules = rules_with_published_matrix<::testing::Types>;
TYPED_TEST_SUITE(growth_of, rules);

/// What the library remembers is F(z₋) = Mz₋, the papers' matrix is on (z, z₋): T_library·W = W·T with W = diag(I, M).
template <class Rule> dense remembered(const dense& m) {
  const std::size_t n = m.rows();
  dense w = dense::identity(n * (1 + Rule::about.memory));
  if constexpr (Rule::about.memory == 1) w.put(n, n, m);
  return w;
}

template <class Rule, class T, std::size_t P, std::size_t Q> void matrix_is_published(random_source& random) {
  using Z = saddle::point<T, P, Q>;
  const auto game = random_game<saddle::games::quadratic<T, P, Q>>(random);
  const auto p = random_parameters<saddle::parameters_t<Rule, Z>>(random);
  const linear_game linear{dense::from(game.jacobian()), P, Q};
  const dense w = remembered<Rule>(linear.m);
  const dense expected = w * published_matrix(Rule{}, linear, p);
  const auto t = saddle::iteration_matrix(Rule{}, game, game.equilibrium().z, p);
  const dense actual = dense::from(t) * w;
  // Each entry is a sum of a few times P + Q products of numbers of the order of 1.
  const real bound = 8 * static_cast<real>(P + Q) * saddle::epsilon<T> * (1 + spectral_norm(linear.m));
  for (std::size_t i = 0; i < expected.rows(); ++i)
    for (std::size_t j = 0; j < expected.columns(); ++j) ASSERT_LE(std::fabs(actual(i, j) - expected(i, j)), bound);
}

TYPED_TEST(growth_of, the_iteration_matrix_is_the_published_one) {
  random_source random(11);
  for (int k = 0; k < 20; ++k) {
    matrix_is_published<TypeParam, double, 1, 1>(random);
    matrix_is_published<TypeParam, double, 3, 2>(random);
    matrix_is_published<TypeParam, float, 2, 2>(random);
  }
}

/// |det(T − λI)|^(1/size), small where λ is an eigenvalue of T, as a distance: the product of the distances to all.
template <class Rule, class T, std::size_t N> void factors_are_eigenvalues(random_source& random) {
  using namespace saddle;
  using Z = point<T, N, N>;
  // Not normal, eigenvalues everywhere in the plane.
  const linearised<Z> game{random.fill<mat<T, 2 * N, 2 * N>>(-1, 1)};
  parameters_t<Rule, mode<T>> p;
  parameters_t<Rule, Z> same;
  {
    const T eta = random.uniform(T(0.05), T(0.5)), gamma = random.uniform(T(0.05), T(0.5));
    T values[] = {eta, gamma};
    std::size_t place = 0;
    walk([&](T& x) { x = values[place++]; }, p);
    place = 0;
    walk([&](T& x) { x = values[place++ / 2]; }, same);
  }
  const auto m = modes(game.J);
  std::vector<std::complex<real>> found;
  for (const auto& mu : m.of)
    for (const auto& f : growth(Rule{}, mu, p).of) found.emplace_back(f.re, f.im);
  const auto t = saddle::iteration_matrix(Rule{}, game, same);
  const auto direct = eigenvalues(t);
  // Eigenvalues of so small a random matrix move by some thousand roundings at most; double ones are not among them.
  const real bound = 4096 * saddle::epsilon<T>;
  for (std::size_t i = 0; i < direct.re.size; ++i) {
    const std::complex<real> x(direct.re[i], direct.im[i]);
    auto nearest =
        std::min_element(found.begin(), found.end(), [&](auto a, auto b) { return std::abs(a - x) < std::abs(b - x); });
    ASSERT_NE(nearest, found.end());
    EXPECT_LE(std::abs(*nearest - x), bound);
    found.erase(nearest);
  }
}

TYPED_TEST(growth_of, factors_are_the_eigenvalues_of_the_iteration_matrix) {
  if constexpr (saddle::is_spectral<TypeParam>) {
    random_source random(12);
    for (int k = 0; k < 20; ++k) {
      factors_are_eigenvalues<TypeParam, double, 1>(random);
      factors_are_eigenvalues<TypeParam, double, 2>(random);
      factors_are_eigenvalues<TypeParam, float, 1>(random);
    }
  } else {
    // Alternating moves in turn, consensus uses Jᵀ: on a J that is not normal their matrix is no function of it.
    const bool in_turn = TypeParam::about.sequential, transposed = TypeParam::about.transposed;
    EXPECT_TRUE(in_turn || transposed);
  }
}

template <class L> class growth_on_lanes : public ::testing::Test {};
TYPED_TEST_SUITE(growth_on_lanes, all_lanes);

TYPED_TEST(growth_on_lanes, have_the_bits_of_the_scalar) {
  using L = TypeParam;
  using T = scalar_t<L>;
  random_source random(13);
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if constexpr (saddle::is_spectral<Rule>) {
      SCOPED_TRACE(entry.name);
      saddle::mode<T> mu[width<L>];
      saddle::parameters_t<Rule, saddle::mode<T>> p[width<L>];
      for (std::size_t i = 0; i < width<L>; ++i) {
        mu[i] = random.fill<saddle::mode<T>>(-1, 1);
        p[i] = random.fill<saddle::parameters_t<Rule, saddle::mode<T>>>(0.01, 2);
      }
      const auto wide =
          saddle::growth(Rule{}, join<saddle::mode<L>>(mu), join<saddle::parameters_t<Rule, saddle::mode<L>>>(p));
      for (std::size_t i = 0; i < width<L>; ++i) {
        const auto one = saddle::growth(Rule{}, mu[i], p[i]);
        for (std::size_t k = 0; k < Rule::about.memory + 1; ++k) {
          EXPECT_EQ(extract(wide.of[k].re, i), one.of[k].re);
          EXPECT_EQ(extract(wide.of[k].im, i), one.of[k].im);
        }
      }
    }
  });
}

} // namespace
} // namespace saddle_test::test_growth
