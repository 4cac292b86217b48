// --isa: sweeps on the compiled kernels of an instruction set that is asked for by name.
#include <algorithm>
#include <cmath>
#include <cstring>

#include <gtest/gtest.h>
#include <saddle/lane/isa.hpp>
#include <saddle/saddle.h>

#include "block_kernels.hpp"
#include "shipped.hpp"
#include "sweep.hpp"

namespace {

const std::vector<std::string_view>& available() {
  static const auto names = tool::compiled_isas();
  return names;
}

bool rounds_once(std::string_view isa) { return isa != "sse2" && isa != "neon" && isa != "scalar"; }

/// A sweep on the compiled kernels of `isa`, or without a name on the program's own lanes, game by game.
std::vector<tool::sweep_row> swept(std::string_view isa, const char* game, std::string_view rule, tool::look how) {
  tool::rule_options o;
  o.eta_theta = "0.02:0.9:75", o.eta_omega = "0.03:0.7:3";
  if (tool::has_gamma(rule)) o.gamma = "0.1";
  if (!isa.empty()) { EXPECT_TRUE(tool::force_isa(isa)); }
  auto p =
      tool::plan_sweep(tool::choose_game({game}, o), std::string(rule), o, tool::sweep_method::simulation, 120, how);
  p.kernels = !isa.empty();
  std::vector<tool::sweep_row> rows = tool::compute_sweep(p, {}, 2, [](std::size_t, const tool::sweep_row&) {});
  // What ran is what was asked for.
  if (!isa.empty()) { EXPECT_EQ(saddle_isa_name(), isa); }
  return rows;
}

constexpr const char* games = SADDLE_SOURCE "/examples/games.txt:well-conditioned";

// Whatever this machine runs is compared with the program's own lanes, so there is always one that is: sets that round fma
// as those do have their bits, the others do not, but the same rates to rounding.
TEST(tool_isa, sets_have_the_bits_of_their_class) {
  ASSERT_FALSE(available().empty());
  for (const std::string_view rule : tool::dynamics_names())
    for (const tool::look how : {tool::look::at_end, tool::look::closely}) {
      const auto own = swept("", games, rule, how);
      for (const std::string_view isa : available()) {
        const bool same_class = rounds_once(isa) == saddle::fused<double>;
        if (!same_class && (how == tool::look::closely || rule != "optimistic")) continue;
        const auto rows = swept(isa, games, rule, how);
        ASSERT_EQ(rows.size(), own.size());
        int different = 0;
        for (std::size_t row = 0; row < own.size(); ++row)
          for (std::size_t k = 0; k < own[row].size(); ++k) {
            const tool::outcome x = own[row][k].simulated, y = rows[row][k].simulated;
            different += std::memcmp(&x.rate, &y.rate, sizeof x.rate) != 0 || x.regime != y.regime ? 1 : 0;
            if (!same_class) { EXPECT_NEAR(x.rate, y.rate, 1e-12 * x.rate); }
          }
        EXPECT_EQ(different == 0, same_class) << rule << " on " << isa << ": " << different << " cells differ";
      }
    }
}

TEST(tool_isa, what_no_compiled_kernel_does_is_refused) {
  EXPECT_FALSE(tool::force_isa("mmx"));
  const auto other =
      std::find_if(available().begin(), available().end(), [](std::string_view name) { return name != tool::isa(); });
  if (other == available().end()) return; // with one set nothing else can be asked for
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
