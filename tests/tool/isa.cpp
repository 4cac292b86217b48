// --isa: sweeps on the compiled kernels of an instruction set that is asked for by name.
#include <algorithm>
#include <cmath>
#include <cstring>

#include <gtest/gtest.h>
#include <saddle/saddle.h>

#include "block_kernels.hpp"
#include "shipped.hpp"
#include "sweep.hpp"

namespace {

const std::vector<std::string_view>& available() {
  static const auto names = tool::compiled_isas();
  return names;
}

bool runs(const char* name) { return std::find(available().begin(), available().end(), name) != available().end(); }

std::vector<tool::sweep_row> swept(std::string_view isa, const char* game, const char* rule, tool::look how) {
  EXPECT_TRUE(tool::force_isa(isa));
  tool::rule_options o;
  o.eta_theta = "0.02:0.9:75", o.eta_omega = "0.03:0.7:3";
  if (tool::has_gamma(rule)) o.gamma = "0.1";
  const auto p = tool::plan_sweep(tool::choose_game({game}, o), rule, o, tool::sweep_method::simulation, 120, how);
  std::vector<tool::sweep_row> rows =
      tool::compute_sweep(p, {}, 2, [](std::size_t, const tool::sweep_row&) {});
  // What ran is what was asked for.
  EXPECT_EQ(saddle_isa_name(), isa);
  return rows;
}

constexpr const char* games = SADDLE_SOURCE "/examples/games.txt:well-conditioned";

TEST(tool_isa, sets_that_round_once_give_the_same_bits) {
  if (!runs("avx512") || !runs("avx2")) GTEST_SKIP() << "this machine has one of them at most";
  for (const std::string_view rule : tool::dynamics_names())
    for (const tool::look how : {tool::look::at_end, tool::look::closely}) {
      const auto a = swept("avx512", games, rule.data(), how), b = swept("avx2", games, rule.data(), how);
      ASSERT_EQ(a.size(), b.size());
      for (std::size_t row = 0; row < a.size(); ++row)
        for (std::size_t k = 0; k < a[row].size(); ++k) {
          const tool::outcome x = a[row][k].simulated, y = b[row][k].simulated;
          EXPECT_EQ(x.regime, y.regime) << rule;
          EXPECT_EQ(std::memcmp(&x.rate, &y.rate, sizeof x.rate), 0) << rule << ' ' << x.rate << ' ' << y.rate;
        }
    }
}

// Another rounding of fma: other bits, the same regimes away from the boundaries.
TEST(tool_isa, sse2_is_a_class_of_its_own) {
  if (!runs("sse2") || !runs("avx2")) GTEST_SKIP() << "this machine has one of them at most";
  const auto once = swept("avx2", games, "optimistic", tool::look::at_end),
             twice = swept("sse2", games, "optimistic", tool::look::at_end);
  int different = 0;
  for (std::size_t row = 0; row < once.size(); ++row)
    for (std::size_t k = 0; k < once[row].size(); ++k) {
      const tool::outcome x = once[row][k].simulated, y = twice[row][k].simulated;
      different += x.rate != y.rate ? 1 : 0;
      EXPECT_NEAR(x.rate, y.rate, 1e-12 * x.rate);
    }
  EXPECT_GT(different, 0);
}

TEST(tool_isa, what_no_compiled_kernel_does_is_refused) {
  const auto other = std::find_if(available().begin(), available().end(),
                                  [](std::string_view name) { return name != tool::isa(); });
  if (other == available().end()) GTEST_SKIP() << "there is no other";
  ASSERT_TRUE(tool::force_isa(*other));
  EXPECT_FALSE(tool::force_isa("mmx"));
  EXPECT_EQ(saddle_isa_name(), *other);
  tool::rule_options o;
  o.eta = "0.1:1:5";
  const auto model = tool::choose_game({"dirac_gan"}, o), game = tool::choose_game({games}, o);
  using enum tool::sweep_method;
  EXPECT_THROW(tool::plan_sweep(model, "optimistic", o, simulation, 10), tool::usage_error);
  EXPECT_THROW(tool::plan_sweep(game, "optimistic", o, prediction, 10), tool::usage_error);
  EXPECT_NO_THROW(tool::plan_sweep(game, "optimistic", o, both, 10));
  ASSERT_TRUE(tool::force_isa(tool::isa()));
  EXPECT_NO_THROW(tool::plan_sweep(model, "optimistic", o, simulation, 10));
}

} // namespace
