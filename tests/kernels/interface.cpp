// The C interface around the kernels: versions, names, the block formula, and what it refuses.
#include "kernels/match.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace kernels_test {
namespace {

using rule = saddle::dynamics::optimistic;
template <class T> using batch = match<rule, saddle::games::quadratic<T, 3, 2>>;
template <class T> batch<T> some_batch() { return {SADDLE_DYNAMICS_OPTIMISTIC, SADDLE_GAME_QUADRATIC}; }

template <class T> struct typed : testing::Test {};
using scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(typed, scalars);

TEST(interface, version_is_the_project_s) { EXPECT_EQ(saddle_version(), SADDLE_VERSION_NUMBER); }

TEST(interface, an_instruction_set_can_be_forced_and_given_back) {
  const std::vector<std::string> names = isas();
  ASSERT_FALSE(names.empty());
  const std::string best = names.front();
  saddle_select_isa(nullptr);
  EXPECT_EQ(saddle_isa_name(), best);
  for (const std::string& name : names) {
    ASSERT_EQ(saddle_select_isa(name.c_str()), SADDLE_OK) << name;
    EXPECT_EQ(saddle_isa_name(), name);
    EXPECT_EQ(saddle_select_isa("pdp11"), SADDLE_NOT_AVAILABLE);
    EXPECT_EQ(saddle_isa_name(), name) << "a refused name changes nothing";
  }
  ASSERT_EQ(saddle_select_isa(nullptr), SADDLE_OK);
  EXPECT_EQ(saddle_isa_name(), best);
}

TEST(interface, what_this_program_is_compiled_for_is_among_the_available) {
  const std::vector<std::string> names = isas();
  const auto has = [&](const char* name) { return std::find(names.begin(), names.end(), name) != names.end(); };
#if defined(__x86_64__)
  EXPECT_EQ(names.back(), "sse2");
#endif
#if defined(__AVX2__) && defined(__FMA__)
  EXPECT_TRUE(has("avx2"));
#endif
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
  EXPECT_TRUE(has("avx512"));
#endif
  EXPECT_FALSE(has("pdp11"));
}

TEST(interface, names_are_written_up_to_the_capacity) {
  const std::size_t count = saddle_available_isas(nullptr, 0);
  EXPECT_EQ(saddle_available_isas(nullptr, 5), count);
  std::vector<const char*> names(count + 1, "untouched");
  EXPECT_EQ(saddle_available_isas(names.data(), 1), count);
  EXPECT_STRNE(names[0], "untouched");
  EXPECT_STREQ(names[1], "untouched");
}

TYPED_TEST(typed, blocks_follow_the_documented_formula) {
  using T = TypeParam;
  const std::size_t b = 64 / sizeof(T), row = 5;
  for (const std::size_t games : {std::size_t{0}, std::size_t{1}, b - 1, b, b + 1, 3 * b + 2}) {
    const std::size_t memory = saddle_block_memory(scalar_id<T>, row, games);
    EXPECT_EQ(memory, (games + b - 1) / b * b * row);
    std::vector<T> rows(games * row), blocks(memory, T(-1)), back(games * row, T(-2));
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = T(i + 1);
    ASSERT_EQ(saddle_pack(scalar_id<T>, row, rows.data(), games, blocks.data()), SADDLE_OK);
    const auto place = [&](std::size_t g, std::size_t s) { return g / b * row * b + s * b + g % b; };
    for (std::size_t s = 0; s < row; ++s) {
      for (std::size_t g = 0; g < games; ++g) EXPECT_EQ(blocks[place(g, s)], rows[g * row + s]) << g << ", " << s;
      for (std::size_t g = games; g % b != 0; ++g) EXPECT_EQ(blocks[place(g, s)], T(0)) << "padding " << g;
    }
    ASSERT_EQ(saddle_unpack(scalar_id<T>, row, blocks.data(), games, back.data()), SADDLE_OK);
    EXPECT_EQ(back, rows);
  }
}

TYPED_TEST(typed, one_row_fills_a_block) {
  using T = TypeParam;
  const std::size_t b = 64 / sizeof(T);
  const T row[] = {T(1), T(2), T(3)};
  std::vector<T> block(3 * b, T(-1));
  ASSERT_EQ(saddle_pack_shared(scalar_id<T>, 3, row, block.data()), SADDLE_OK);
  for (std::size_t i = 0; i < block.size(); ++i) EXPECT_EQ(block[i], row[i / b]);
}

TEST(interface, sizes_that_overflow_are_refused) {
  double scalar = 1;
  const std::size_t top = SIZE_MAX;
  for (const std::size_t row : {top, top / 8, top / 64})
    for (const std::size_t games : {top, top - 6, top / 2, top / row * 2, std::size_t{9}}) {
      EXPECT_EQ(saddle_block_memory(SADDLE_DOUBLE, row, games), 0u) << row << ", " << games;
      EXPECT_EQ(saddle_pack(SADDLE_DOUBLE, row, &scalar, games, &scalar), SADDLE_BAD_ARGUMENT);
      EXPECT_EQ(saddle_unpack(SADDLE_DOUBLE, row, &scalar, games, &scalar), SADDLE_BAD_ARGUMENT);
    }
  EXPECT_EQ(saddle_pack_shared(SADDLE_DOUBLE, top / 8, &scalar, &scalar), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_block_memory(SADDLE_DOUBLE, top / 64, 8), top / 64 * 8) << "the largest that there is";

  auto m = some_batch<double>();
  const saddle_blocks one{&scalar, 1};
  for (const std::size_t games : {top, top - 6, top / 16}) {
    EXPECT_EQ(saddle_start(&m.problem, one, &scalar, games), SADDLE_BAD_ARGUMENT);
    EXPECT_EQ(saddle_run(&m.problem, one, one, &scalar, games, 1, nullptr), SADDLE_BAD_ARGUMENT);
  }
  EXPECT_EQ(scalar, 1);
}

TEST(interface, null_pointers_and_unknown_scalars_are_refused) {
  const auto neither = static_cast<saddle_scalar>(2);
  double x = 1;
  saddle_sizes sizes{};
  EXPECT_EQ(saddle_block_memory(neither, 1, 1), 0u);
  EXPECT_EQ(saddle_pack(neither, 1, &x, 1, &x), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_pack(SADDLE_DOUBLE, 1, nullptr, 1, &x), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_pack(SADDLE_DOUBLE, 1, &x, 1, nullptr), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_unpack(neither, 1, &x, 1, &x), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_unpack(SADDLE_DOUBLE, 1, nullptr, 1, &x), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_unpack(SADDLE_DOUBLE, 1, &x, 1, nullptr), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_pack_shared(neither, 1, &x, &x), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_pack_shared(SADDLE_DOUBLE, 1, nullptr, &x), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_pack_shared(SADDLE_DOUBLE, 1, &x, nullptr), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_problem_sizes(nullptr, &sizes), SADDLE_BAD_ARGUMENT);
  auto m = some_batch<double>();
  EXPECT_EQ(saddle_problem_sizes(&m.problem, nullptr), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(x, 1);
}

TYPED_TEST(typed, a_refused_call_touches_nothing) {
  using T = TypeParam;
  auto m = some_batch<T>();
  constexpr std::size_t n = batch<T>::count;
  packed<T> game(m.games), parameters(m.parameters), states(m.states);
  const std::vector<T> before = states.unpacked();
  reported<T> out(n), untouched(n);
  const saddle_report report = out.view();
  const saddle_limits good{.tolerance = 1e-3, .cap = 10, .check_every = 1, .divergence = 10};
  const saddle_blocks none{nullptr, 0};

  const auto run = [&](const saddle_problem* problem, saddle_blocks g, saddle_blocks p, void* s) {
    const saddle_status a = saddle_run(problem, g, p, s, n, 3, &report);
    EXPECT_EQ(saddle_run_until(problem, g, p, s, n, &good, &report), a);
    return a;
  };
  const auto with = [&](auto change) {
    saddle_problem problem = m.problem;
    change(problem);
    const saddle_status a = run(&problem, game.blocks(), parameters.blocks(), states.data());
    EXPECT_EQ(saddle_start(&problem, game.blocks(), states.data(), n), a);
    saddle_sizes sizes{1, 2, 3};
    EXPECT_EQ(saddle_problem_sizes(&problem, &sizes), a);
    EXPECT_EQ(sizes.state, 3u);
    return a;
  };
  EXPECT_EQ(with([](auto& p) { p.dynamics = static_cast<saddle_dynamics>(999); }), SADDLE_NOT_AVAILABLE);
  EXPECT_EQ(with([](auto& p) { p.dynamics = static_cast<saddle_dynamics>(-1); }), SADDLE_NOT_AVAILABLE);
  EXPECT_EQ(with([](auto& p) { p.game = static_cast<saddle_game>(999); }), SADDLE_NOT_AVAILABLE);
  EXPECT_EQ(with([](auto& p) { p.scalar = static_cast<saddle_scalar>(2); }), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(with([](auto& p) { p.p = 0; }), SADDLE_NOT_AVAILABLE);
  EXPECT_EQ(with([](auto& p) { p.q = 258; }), SADDLE_NOT_AVAILABLE); // 2, were it cut to a byte

  EXPECT_EQ(run(nullptr, game.blocks(), parameters.blocks(), states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(run(&m.problem, none, parameters.blocks(), states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(run(&m.problem, game.blocks(), none, states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(run(&m.problem, game.blocks(), parameters.blocks(), nullptr), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_start(nullptr, game.blocks(), states.data(), n), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_start(&m.problem, none, states.data(), n), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_start(&m.problem, game.blocks(), nullptr, n), SADDLE_BAD_ARGUMENT);

  const auto until = [&](auto change) {
    saddle_limits stop = good;
    change(stop);
    return saddle_run_until(&m.problem, game.blocks(), parameters.blocks(), states.data(), n, &stop, &report);
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(saddle_run_until(&m.problem, game.blocks(), parameters.blocks(), states.data(), n, nullptr, &report),
            SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(until([](auto& s) { s.tolerance = -1e-9; }), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(until([&](auto& s) { s.tolerance = nan; }), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(until([](auto& s) { s.check_every = 0; }), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(until([](auto& s) { s.divergence = 1; }), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(until([&](auto& s) { s.divergence = nan; }), SADDLE_BAD_ARGUMENT);

  EXPECT_TRUE(same(states.unpacked(), before));
  EXPECT_TRUE(out == untouched);
  EXPECT_EQ(until([](auto&) {}), SADDLE_OK) << "the limits that were changed one by one are good";
}

TYPED_TEST(typed, a_pointer_between_two_scalars_is_refused) {
  using T = TypeParam;
  auto m = some_batch<T>();
  constexpr std::size_t n = batch<T>::count;
  packed<T> game(m.games), parameters(m.parameters), states(m.states);
  const std::vector<T> before = states.unpacked();
  const auto odd = [](T* p) { return static_cast<void*>(reinterpret_cast<unsigned char*>(p) + 1); };
  const auto run = [&](saddle_blocks g, saddle_blocks p, void* s) {
    return saddle_run(&m.problem, g, p, s, n, 3, nullptr);
  };
  EXPECT_EQ(run({odd(game.data()), 0}, parameters.blocks(), states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(run(game.blocks(), {odd(parameters.data()), 0}, states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(run(game.blocks(), parameters.blocks(), odd(states.data())), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_start(&m.problem, game.blocks(), odd(states.data()), n), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(
      saddle_sweep(&m.problem, game.data(), odd(states.data()), parameters.blocks(), states.data(), n, 3, nullptr),
      SADDLE_BAD_ARGUMENT);
  EXPECT_TRUE(same(states.unpacked(), before));
}

TYPED_TEST(typed, no_game_and_no_step_are_nothing_to_do) {
  using T = TypeParam;
  auto m = some_batch<T>();
  const saddle_blocks none{nullptr, 0};
  const saddle_limits good{.tolerance = 1e-3, .cap = 10, .check_every = 1, .divergence = 10};
  EXPECT_EQ(saddle_start(&m.problem, none, nullptr, 0), SADDLE_OK);
  EXPECT_EQ(saddle_run(&m.problem, none, none, nullptr, 0, 5, nullptr), SADDLE_OK);
  EXPECT_EQ(saddle_run_until(&m.problem, none, none, nullptr, 0, &good, nullptr), SADDLE_OK);

  packed<T> game(m.games), parameters(m.parameters), states(m.states);
  const std::vector<T> before = states.unpacked();
  EXPECT_EQ(saddle_run(&m.problem, game.blocks(), parameters.blocks(), states.data(), batch<T>::count, 0, nullptr),
            SADDLE_OK);
  EXPECT_TRUE(same(states.unpacked(), before));
}

TYPED_TEST(typed, each_part_of_a_report_may_be_left_out) {
  using T = TypeParam;
  auto m = some_batch<T>();
  packed<T> game(m.games), parameters(m.parameters), states(m.states);
  reported<T> out(batch<T>::count);
  const saddle_report only_steps{nullptr, out.steps.data(), nullptr};
  EXPECT_EQ(saddle_run(&m.problem, game.blocks(), parameters.blocks(), states.data(), batch<T>::count, 3, &only_steps),
            SADDLE_OK);
  EXPECT_EQ(out.steps, std::vector<std::uint64_t>(batch<T>::count, 3));
  EXPECT_EQ(out.status, std::vector<std::uint8_t>(batch<T>::count, 99));
}

TYPED_TEST(typed, a_sweep_refuses_what_it_cannot_use) {
  using T = TypeParam;
  auto m = some_batch<T>();
  constexpr std::size_t n = batch<T>::count;
  packed<T> parameters(m.parameters), states(m.states);
  const std::vector<T> before = states.unpacked(), game(states.row + 32, T(0)), start(states.row, T(1));
  const saddle_blocks none{nullptr, 0};
  const auto sweep = [&](const saddle_problem* problem, const void* g, const void* z, saddle_blocks p, void* s) {
    return saddle_sweep(problem, g, z, p, s, n, 3, nullptr);
  };
  saddle_problem other = m.problem;
  other.p = 0;
  EXPECT_EQ(sweep(nullptr, game.data(), start.data(), parameters.blocks(), states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(sweep(&m.problem, nullptr, start.data(), parameters.blocks(), states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(sweep(&m.problem, game.data(), nullptr, parameters.blocks(), states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(sweep(&m.problem, game.data(), start.data(), none, states.data()), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(sweep(&m.problem, game.data(), start.data(), parameters.blocks(), nullptr), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(sweep(&other, game.data(), start.data(), parameters.blocks(), states.data()), SADDLE_NOT_AVAILABLE);
  EXPECT_TRUE(same(states.unpacked(), before));
  EXPECT_EQ(saddle_sweep(&m.problem, nullptr, nullptr, none, nullptr, 0, 3, nullptr), SADDLE_OK);
  EXPECT_EQ(sweep(&m.problem, game.data(), start.data(), parameters.blocks(), states.data()), SADDLE_OK);
}

#ifdef SADDLE_SPECTRAL_SIZE
TEST(interface, spectra_refuse_what_they_cannot_use) {
  constexpr unsigned n = SADDLE_SPECTRAL_SIZE;
  const saddle_spectral_problem good{SADDLE_SPECTRAL_SPECTRAL_RADIUS, SADDLE_DOUBLE, n};
  std::vector<double> matrices(8 * n * n, 1), values(16, 7);
  const auto radius = [&](const saddle_spectral_problem* problem, const void* a, void* r, std::size_t count) {
    return saddle_spectra(problem, a, r, count, nullptr);
  };
  const auto with = [&](auto change) {
    saddle_spectral_problem problem = good;
    change(problem);
    EXPECT_EQ(saddle_spectral_values(&problem), 0u);
    return radius(&problem, matrices.data(), values.data(), 1);
  };
  EXPECT_EQ(with([](auto& p) { p.spectral = static_cast<saddle_spectral>(999); }), SADDLE_NOT_AVAILABLE);
  EXPECT_EQ(with([](auto& p) { p.spectral = static_cast<saddle_spectral>(-1); }), SADDLE_NOT_AVAILABLE);
  EXPECT_EQ(with([](auto& p) { p.n = 0; }), SADDLE_NOT_AVAILABLE);
  EXPECT_EQ(with([](auto& p) { p.n += 256; }), SADDLE_NOT_AVAILABLE);
  EXPECT_EQ(with([](auto& p) { p.scalar = static_cast<saddle_scalar>(2); }), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(saddle_spectral_values(nullptr), 0u);
  EXPECT_EQ(radius(nullptr, matrices.data(), values.data(), 1), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(radius(&good, nullptr, values.data(), 1), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(radius(&good, matrices.data(), nullptr, 1), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(radius(&good, matrices.data(), values.data(), SIZE_MAX / 8), SADDLE_BAD_ARGUMENT);
  EXPECT_EQ(values, std::vector<double>(16, 7));
  EXPECT_EQ(radius(&good, nullptr, nullptr, 0), SADDLE_OK);
  EXPECT_EQ(radius(&good, matrices.data(), values.data(), 1), SADDLE_OK);
  EXPECT_NEAR(values[0], n, values[8]) << "a matrix of ones";
}
#endif

} // namespace
} // namespace kernels_test
