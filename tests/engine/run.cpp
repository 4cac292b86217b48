// The engine of one game: every status, the limits, what is recorded, and games of a user.
#include <array>
#include <cmath>
#include <limits>

#include <saddle/engine/run.hpp>
#include <saddle/saddle.hpp>

#include "support/lanes.hpp"
#include "support/random.hpp"

namespace saddle_test::test_run {
namespace {

using saddle::status;

template <class T> class engine : public ::testing::Test {
protected:
  using point = saddle::point<T, 1, 1>;
  static constexpr saddle::games::bilinear<T, 1, 1> game{{{T(1)}}};
  static constexpr point start{{{T(1)}}, {{T(0.5)}}};
  static constexpr saddle::dynamics::simultaneous growing{};
  static constexpr saddle::dynamics::implicit shrinking{};
};
TYPED_TEST_SUITE(engine, scalars);

TYPED_TEST(engine, converged) {
  using T = TypeParam;
  const auto r = saddle::run_until(this->shrinking, this->game, {.eta = T(1)}, this->start, {.tolerance = T(0.25)});
  EXPECT_EQ(r.status, status::converged);
  EXPECT_LE(r.residual, T(0.25));
  // ‖z‖ shrinks by √½ a step from √1.25 on; the field has the same norm.
  EXPECT_EQ(r.steps, 5u);
  // At an equilibrium already: no step.
  const auto there = saddle::run_until(this->shrinking, this->game, {.eta = T(1)}, decltype(this->start){{{0}}, {{0}}});
  EXPECT_EQ(there.status, status::converged);
  EXPECT_EQ(there.steps, 0u);
  EXPECT_EQ(there.residual, T(0));
}

TYPED_TEST(engine, not_converged) {
  using T = TypeParam;
  for (const std::uint64_t cap : {0u, 1u, 7u}) {
    const auto r = saddle::run_until(this->growing, this->game, {.eta = T(0.125)}, this->start, {.cap = cap});
    EXPECT_EQ(r.status, status::not_converged);
    EXPECT_EQ(r.steps, cap);
    EXPECT_TRUE(same_bits(r.z(), saddle::run(this->growing, this->game, {.eta = T(0.125)}, this->start, cap).z()));
  }
}

TYPED_TEST(engine, diverged) {
  using T = TypeParam;
  const auto r = saddle::run_until(this->growing, this->game, {.eta = T(1)}, this->start, {.divergence = T(100)});
  EXPECT_EQ(r.status, status::diverged);
  EXPECT_EQ(r.steps, 14u); // √2^k > 100
  EXPECT_GT(r.residual, T(100) * saddle::norm(this->start));
}

TYPED_TEST(engine, non_finite) {
  using T = TypeParam;
  const T infinity = std::numeric_limits<T>::infinity();
  auto bad = this->start;
  bad.omega[0] = std::numeric_limits<T>::quiet_NaN();
  const auto at_once = saddle::run_until(this->growing, this->game, {.eta = T(1)}, bad, {});
  EXPECT_EQ(at_once.status, status::non_finite);
  EXPECT_EQ(at_once.steps, 0u);
  const auto later =
      saddle::run_until(this->growing, this->game, {.eta = T(1e10)}, this->start, {.divergence = infinity});
  EXPECT_EQ(later.status, status::non_finite);
  EXPECT_GT(later.steps, 0u);
  EXPECT_EQ(saddle::run(this->growing, this->game, {.eta = T(1e10)}, this->start, 100).status, status::non_finite);
  EXPECT_EQ(saddle::run(this->growing, this->game, {.eta = T(1)}, bad, 0).status, status::non_finite);
  EXPECT_EQ(saddle::run(this->growing, this->game, {.eta = T(1)}, this->start, 3).status, status::ok);
}

TYPED_TEST(engine, bad_argument) {
  using T = TypeParam;
  const T nan = std::numeric_limits<T>::quiet_NaN();
  for (const saddle::limits<T>& wrong : {saddle::limits<T>{.tolerance = T(-1)},
                                         {.tolerance = nan},
                                         {.check_every = 0},
                                         {.divergence = T(1)},
                                         {.divergence = nan}}) {
    EXPECT_FALSE(wrong.valid());
    const auto r = saddle::run_until(this->growing, this->game, {.eta = T(1)}, this->start, wrong);
    EXPECT_EQ(r.status, status::bad_argument);
    EXPECT_EQ(r.steps, 0u);
    EXPECT_TRUE(same_bits(r.z(), this->start));
  }
  EXPECT_TRUE(saddle::limits<T>{}.valid());
  EXPECT_TRUE((saddle::limits<T>{.tolerance = 0, .cap = 0}.valid()));
}

// Checking less often ends later, never with another trajectory.
TYPED_TEST(engine, looks_at_the_residual_when_told) {
  using T = TypeParam;
  const saddle::limits<T> often{.tolerance = T(0.25)};
  for (const std::uint64_t every : {1u, 2u, 3u, 10u}) {
    auto stop = often;
    stop.check_every = every;
    const auto r = saddle::run_until(this->shrinking, this->game, {.eta = T(1)}, this->start, stop);
    EXPECT_EQ(r.status, status::converged);
    EXPECT_EQ(r.steps, (5 + every - 1) / every * every);
    EXPECT_TRUE(same_bits(r.z(), saddle::run(this->shrinking, this->game, {.eta = T(1)}, this->start, r.steps).z()));
  }
  // The cap is a look of its own.
  const auto capped = saddle::run_until(this->shrinking, this->game, {.eta = T(1)}, this->start,
                                        {.tolerance = T(0.25), .cap = 6, .check_every = 4});
  EXPECT_EQ(capped.steps, 6u);
  EXPECT_EQ(capped.status, status::converged);
}

TYPED_TEST(engine, measures_the_residual_it_is_given) {
  using T = TypeParam;
  using Z = saddle::point<T, 1, 1>;
  const saddle::distance_to<Z> distance{{{{T(0)}}, {{T(0)}}}};
  const auto r =
      saddle::run_until(this->shrinking, this->game, {.eta = T(1)}, this->start, {.tolerance = T(0.25)}, distance);
  EXPECT_TRUE(same_bits(r.residual, saddle::norm(r.z())));
  const auto by_hand = [](const auto&, const Z& z) { return saddle::max_norm(z); };
  const auto other =
      saddle::run_until(this->shrinking, this->game, {.eta = T(1)}, this->start, {.tolerance = T(0.25)}, by_hand);
  EXPECT_TRUE(same_bits(other.residual, saddle::max_norm(other.z())));
}

// A run that ended can be continued, and memory counts as part of where it stands.
TYPED_TEST(engine, an_outcome_continues_a_run_until) {
  using T = TypeParam;
  const saddle::dynamics::optimistic rule;
  const saddle::limits<T> short_run{.cap = 5}, long_run{.cap = 12};
  const auto first = saddle::run_until(rule, this->game, {.eta = T(0.25)}, this->start, short_run);
  const auto second = saddle::run_until(rule, this->game, {.eta = T(0.25)}, first.next, {.cap = 7});
  const auto whole = saddle::run_until(rule, this->game, {.eta = T(0.25)}, this->start, long_run);
  EXPECT_TRUE(same_bits(second.next, whole.next));
}

TYPED_TEST(engine, records_until_the_end) {
  using T = TypeParam;
  using Z = saddle::point<T, 1, 1>;
  std::array<Z, 16> memory;
  saddle::trajectory<Z> record{.data = memory.data(), .capacity = memory.size(), .stride = 2};
  const auto r = saddle::run_until(this->shrinking, this->game, {.eta = T(1)}, this->start, {.tolerance = T(0.25)},
                                   saddle::field_norm{}, record);
  EXPECT_EQ(r.steps, 5u);
  ASSERT_EQ(record.size, 3u); // z₀, z₂, z₄
  for (std::size_t k = 0; k < 3; ++k)
    EXPECT_TRUE(same_bits(memory[k], saddle::run(this->shrinking, this->game, {.eta = T(1)}, this->start, 2 * k).z()));
  // No room at all is no error.
  saddle::trajectory<Z> nothing;
  saddle::run(this->growing, this->game, {.eta = T(1)}, this->start, 3, nothing);
  EXPECT_EQ(nothing.size, 0u);
  EXPECT_EQ(nothing.missed, 4u);
}

TYPED_TEST(engine, an_ended_lane_keeps_its_state) {
  using T = TypeParam;
  using L = saddle::native_lane<T>;
  using Z = saddle::point<T, 1, 1>;
  // Alternately converging at once, NaN, and running to the cap.
  Z each[width<L>];
  for (std::size_t i = 0; i < width<L>; ++i) {
    each[i] = Z{{{T(1)}}, {{T(i)}}};
    if (i % 3 == 0) each[i] = Z{{{T(0)}}, {{T(0)}}};
    if (i % 3 == 1) each[i].theta[0] = std::numeric_limits<T>::quiet_NaN();
  }
  const auto wide = saddle::spread<saddle::games::bilinear<L, 1, 1>>(this->game);
  const auto r =
      saddle::run_until(this->growing, wide, {.eta = T(0.125)}, join<saddle::point<L, 1, 1>>(each), {.cap = 9});
  for (std::size_t i = 0; i < width<L>; ++i) {
    const Z z = saddle::extract_as<Z>(r.z(), i);
    EXPECT_EQ(r.status[i], i % 3 == 0 ? status::converged : i % 3 == 1 ? status::non_finite : status::not_converged);
    EXPECT_EQ(r.steps[i], i % 3 == 2 ? 9u : 0u);
    if (i % 3 != 2) { EXPECT_TRUE(same_bits(z, each[i])); }
  }
}

/// A user's own game: U = (θ₁² + θ₂²)/2 + θ₁ω − ω²/2 + θ₂³/3, only its field.
struct own_game {
  template <class L> constexpr saddle::point<L, 2, 1> field(const saddle::point<L, 2, 1>& z) const noexcept {
    const L& x = z.theta[0];
    const L& y = z.theta[1];
    const L& w = z.omega[0];
    return {{{x + w, y + y * y}}, {{w - x}}};
  }
};

TYPED_TEST(engine, every_rule_runs_a_game_that_only_has_a_field) {
  using T = TypeParam;
  using Z = saddle::point<T, 2, 1>;
  using L = saddle::group<saddle::native_lane<T>, 2>;
  const Z begin{{{T(0.5), T(0.25)}}, {{T(-0.75)}}};
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    SCOPED_TRACE(entry.name);
    saddle::parameters_t<Rule, Z> p;
    saddle::walk([](auto& number) { number = T(0.25); }, p);
    const auto r = saddle::run_until(Rule{}, own_game{}, p, begin, {.tolerance = T(1e-3)});
    EXPECT_EQ(r.status, status::converged);
    EXPECT_LE(saddle::norm(r.z()), T(2e-3));

    typename saddle::parameters_t<Rule, Z>::template rebind<L> wide_p;
    saddle::walk([](auto& number) { number = broadcast<L>(T(0.25)); }, wide_p);
    const auto wide = saddle::run_until(Rule{}, own_game{}, wide_p, saddle::spread<saddle::point<L, 2, 1>>(begin),
                                        {.tolerance = T(1e-3)});
    for (std::size_t i = 0; i < width<L>; ++i) {
      EXPECT_TRUE(same_bits(saddle::extract_as<Z>(wide.z(), i), r.z()));
      EXPECT_EQ(wide.steps[i], r.steps[0]);
    }
  });
}

// A whole run is a constant.
constexpr auto constant_outcome =
    saddle::run_until(saddle::dynamics::implicit{}, saddle::games::bilinear<double, 1, 1>{{{1.0}}}, {.eta = 1.0},
                      saddle::point<double, 1, 1>{{{1.0}}, {{0.5}}}, {.tolerance = 0.25});
static_assert(constant_outcome.status == status::converged && constant_outcome.steps == 5);

TEST(status, has_a_word_for_each) {
  for (int i = 0; i <= static_cast<int>(status::bad_argument); ++i)
    for (int k = 0; k < i; ++k)
      EXPECT_STRNE(saddle::to_string(static_cast<status>(i)), saddle::to_string(static_cast<status>(k)));
  EXPECT_STREQ(saddle::to_string(static_cast<status>(255)), "unknown status");
}

} // namespace
} // namespace saddle_test::test_run
