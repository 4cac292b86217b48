// Phase diagrams from inside: curves, regimes against theory, and rows that are kept.
#include "sweep.hpp"

#include <cmath>
#include <cstring>
#include <filesystem>
#include <numbers>

#include <gtest/gtest.h>
#include <saddle/stability/theory/kernel_gan.hpp>

#include "contour.hpp"
#include "shipped.hpp"
#include "tool/program.hpp"

namespace {

// NaN counts too.
bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

using saddle::regime;
using namespace program_test;

std::vector<double> places(double from, double to, int count) {
  std::vector<double> r;
  for (int k = 0; k <= count; ++k) r.push_back(from + (to - from) * k / count);
  return r;
}

template <class F> std::vector<double> sampled(const std::vector<double>& x, const std::vector<double>& y, F f) {
  std::vector<double> r;
  for (const double b : y)
    for (const double a : x) r.push_back(f(a, b));
  return r;
}

TEST(contour, a_circle_is_one_closed_curve) {
  const auto x = places(-2, 2, 81), y = places(-1.5, 1.5, 60);
  const auto curves = tool::zero_curves(x, y, sampled(x, y, [](double a, double b) { return a * a + b * b - 1; }));
  ASSERT_EQ(curves.size(), 1u);
  double length = 0;
  for (std::size_t k = 1; k < curves[0].size(); ++k)
    length += std::hypot(curves[0][k].x - curves[0][k - 1].x, curves[0][k].y - curves[0][k - 1].y);
  EXPECT_NEAR(length, 2 * std::numbers::pi, 0.01);
  EXPECT_NEAR(curves[0].front().x, curves[0].back().x, 1e-12);
  // Linear interpolation of a square on cells of width h is off by h²/8 at the most.
  for (const auto& p : curves[0]) EXPECT_NEAR(std::hypot(p.x, p.y), 1, 0.05 * 0.05 / 8);
}

TEST(contour, lines_end_at_the_border_and_holes_are_left_out) {
  const auto x = places(0, 1, 10), y = places(0, 1, 10);
  const auto line = tool::zero_curves(x, y, sampled(x, y, [](double a, double) { return a - 0.33; }));
  ASSERT_EQ(line.size(), 1u);
  EXPECT_EQ(line[0].size(), 11u);
  for (const auto& p : line[0]) EXPECT_NEAR(p.x, 0.33, 1e-12);
  const auto two = tool::zero_curves(
      x, y, sampled(x, y, [](double a, double b) { return std::abs(b - 0.5) < 0.16 ? std::nan("") : a - 0.33; }));
  EXPECT_EQ(two.size(), 2u);
  // Two curves that cross: four ends, whichever way the middle is taken.
  const auto cross = tool::zero_curves(x, y, sampled(x, y, [](double a, double b) { return (a - 0.55) * (b - 0.55); }));
  EXPECT_EQ(cross.size(), 2u);
  EXPECT_TRUE(tool::zero_curves(x, y, sampled(x, y, [](double, double) { return 1.0; })).empty());
}

tool::sweep_plan planned(const std::vector<std::string>& words, const std::string& rule, tool::sweep_method method,
                         std::uint64_t steps) {
  tool::rule_options o;
  const auto game = tool::choose_game(words, o);
  return tool::plan_sweep(game, rule, o, method, steps);
}

std::vector<tool::sweep_row> computed(const tool::sweep_plan& p, unsigned threads = 1) {
  return tool::compute_sweep(p, {}, threads, [](std::size_t, const tool::sweep_row&) {});
}

void expect_same(const std::vector<tool::sweep_row>& a, const std::vector<tool::sweep_row>& b,
                 const std::string& what) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t row = 0; row < a.size(); ++row)
    for (std::size_t k = 0; k < a[row].size(); ++k) {
      const tool::outcome x = a[row][k].simulated, y = b[row][k].simulated;
      EXPECT_EQ(x.regime, y.regime) << what << " row " << row << " cell " << k;
      EXPECT_TRUE(same_bits(x.rate, y.rate)) << what << ' ' << x.rate << ' ' << y.rate;
    }
}

// Away from the boundaries of Becker et al. every cell does what the conditions say, predicted and simulated.
TEST(sweep, kernel_gan_has_the_phases_of_theory) {
  for (const char* rule : {"simultaneous", "alternating"}) {
    const auto p =
        planned({"kernel_gan", "lambda=0.03:1.5:14:log", "eta_d=0.1:0.6:8:log", "sigma=0.5,1,2", "eta_g=0.1"}, rule,
                tool::sweep_method::both, 6000);
    const auto rows = computed(p);
    int checked = 0, growing = 0, turning = 0;
    for (std::size_t row = 0; row < rows.size(); ++row)
      for (std::size_t k = 0; k < p.columns(); ++k) {
        const auto values = tool::values_at(p, k, row);
        const auto number = [&](const char* name) { return tool::value_named(p, values, name); };
        const saddle::theory::balanced_point<double> theory{0.1, number("eta_omega"), number("lambda"), number("sigma"),
                                                            1};
        const double damping = theory.discriminator_step * theory.lambda;
        const bool alternating = std::string(rule) == "alternating";
        // Slow cells take longer than this run to tell.
        if (std::abs(damping - theory.coupling()) < 0.01 ||
            std::abs(number("lambda") / theory.critical_lambda() - 1) < 0.3)
          continue;
        const bool converges = alternating ? theory.converges_alternating() : theory.converges();
        if (alternating && damping < 0.01) continue;
        const tool::cell c = rows[row][k];
        ++checked;
        if (!converges) {
          ++growing;
          EXPECT_EQ(c.predicted.regime, regime::diverges);
          EXPECT_EQ(c.simulated.regime, regime::diverges);
        } else if (!alternating) {
          const regime expected = theory.oscillates() ? regime::oscillates : regime::converges;
          turning += theory.oscillates() ? 1 : 0;
          EXPECT_EQ(c.predicted.regime, expected) << number("lambda") << ' ' << number("eta_omega");
          EXPECT_EQ(c.simulated.regime, expected) << number("lambda") << ' ' << number("eta_omega");
        } else {
          EXPECT_LT(c.predicted.rate, 1);
          EXPECT_LT(c.simulated.rate, 1);
        }
      }
    EXPECT_GT(checked, 150);
    if (std::string(rule) == "simultaneous") {
      EXPECT_GT(growing, 20);
      EXPECT_GT(turning, 40);
    }
  }
}

// What is flat at the true point multiplies by 1 − ηdλ and is moved by the points to second order only: a start that left
// it at rest had arrived by its other factors before it showed.
TEST(sweep, kernel_gan_starts_off_rest_in_all_directions) {
  const auto p = planned({"kernel_gan", "lambda=3.15:3.3:9", "eta_d=0.6", "sigma=0.5", "eta_g=0.1"}, "simultaneous",
                         tool::sweep_method::both, 4000);
  const auto rows = computed(p);
  for (std::size_t k = 0; k < p.columns(); ++k) {
    const tool::cell c = rows[0][k];
    const double flat = 0.6 * tool::values_at(p, k, 0)[0] - 1;
    EXPECT_EQ(c.predicted.regime, regime::oscillates);
    EXPECT_EQ(c.simulated.regime, regime::oscillates);
    EXPECT_NEAR(c.predicted.rate, flat, 1e-9);
    EXPECT_NEAR(c.simulated.rate, flat, 0.02 * (1 - flat));
  }
}

TEST(sweep, threads_do_not_change_a_bit) {
  const auto p =
      planned({"dirac_gan", "r1=0.01:2:37", "eta=0.05:3:11", "gamma=0.1"}, "predictive", tool::sweep_method::both, 150);
  const auto one = computed(p, 1);
  for (const unsigned threads : {2u, 3u, 16u}) EXPECT_EQ(computed(p, threads), one);
  EXPECT_THROW(planned({"dirac_gan", "r1=0.01:2:37", "eta=0.1"}, "predictive", tool::sweep_method::both, 150),
               tool::usage_error);
}

// Games that have compiled kernels have the bits of the way that every game can go, however they are looked at.
TEST(sweep, kernels_have_the_bits_of_virtual_games) {
  const std::string file =
      written("txt", "game two\nbilinear 2 2\nC 1 0.5 -0.25 2\ngame curved\nquadratic 2 2\nA 1 0.2 0.2 0.5\n"
                     "B 0.7 0 0 0.9\nC 1 0.5 -0.25 2\na 0.5 1\nstart 1 -1 0.5 0.25\ngame four\nbilinear 4 4\n"
                     "C 1 0 0 0.5 0 2 0 0 0.25 0 1 0 0 0 0 3\n");
  const std::vector<std::vector<std::string>> diagrams{{"bilinear", "sigma=0.2:3:37", "eta=0.05:1.9:5"},
                                                       {"quadratic", "a=0.1:2:19", "b=-0.3", "eta=0.05:1.9:7"},
                                                       {file + ":two"},
                                                       {file + ":curved"},
                                                       {file + ":four"}};
  for (const auto& words : diagrams)
    for (const std::string_view rule : tool::dynamics_names())
      for (const tool::look how : {tool::look::at_end, tool::look::closely}) {
        tool::rule_options o;
        const auto game = tool::choose_game(words, o);
        // More cells than a batch holds at a time.
        if (o.eta.empty()) o.eta_theta = "0.02:0.9:75", o.eta_omega = "0.03:0.7:3";
        if (tool::has_gamma(rule)) o.gamma = "0.1";
        auto p = tool::plan_sweep(game, std::string(rule), o, tool::sweep_method::simulation, 100, how);
        ASSERT_TRUE(p.kernels);
        const auto fast = computed(p, 2);
        p.kernels = false;
        expect_same(fast, computed(p), words[0] + ' ' + std::string(rule));
      }
}

// Without oscillation and away from the boundary both looks see the same; at the end it is the mean of the whole run.
TEST(sweep, a_look_at_the_end_sees_what_a_closer_one_does) {
  tool::rule_options o;
  const auto game = tool::choose_game({"bilinear", "sigma=0.5:4:8", "eta=0.05:0.9:18"}, o);
  for (const char* rule : {"simultaneous", "optimistic", "implicit"}) {
    const auto plan = [&](tool::look how) {
      return tool::plan_sweep(game, rule, o, tool::sweep_method::simulation, 400, how);
    };
    const auto close = computed(plan(tool::look::closely)), end = computed(plan(tool::look::at_end));
    int checked = 0;
    for (std::size_t row = 0; row < close.size(); ++row)
      for (std::size_t k = 0; k < close[row].size(); ++k) {
        const tool::outcome a = close[row][k].simulated, b = end[row][k].simulated;
        // Transients are a factor of a few, which 400 steps make a percent of the rate.
        if (std::abs(a.rate - 1) < 0.02 || !std::isfinite(b.rate)) continue;
        if (b.rate == 0) { // ‖F‖ is zero once its squares underflow
          EXPECT_LT(std::pow(a.rate, 400), std::sqrt(std::numeric_limits<double>::min())) << rule;
          continue;
        }
        ++checked;
        EXPECT_EQ(a.regime == regime::diverges, b.regime == regime::diverges) << rule << ' ' << a.rate << ' ' << b.rate;
        EXPECT_NEAR(a.rate, b.rate, 0.02 * a.rate) << rule;
      }
    EXPECT_GT(checked, 60) << rule;
  }
}

std::string table(const tool::sweep_plan& p, const std::vector<tool::sweep_row>& rows, bool npy, unsigned threads) {
  std::string r;
  tool::each_piece(p, npy, rows, threads, [&](std::string_view piece) { r += piece; });
  return r;
}

TEST(sweep, npy_has_the_numbers_in_full) {
  const auto p = planned({"dirac_gan", "r1=0.01:2:21", "eta=0.05:3:5", "penalty=0,0.1"}, "optimistic",
                         tool::sweep_method::both, 50);
  const auto rows = computed(p);
  const std::string file = table(p, rows, true, 2);
  ASSERT_EQ(file.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  const std::size_t head = 10 + static_cast<unsigned char>(file[8]) + 256u * static_cast<unsigned char>(file[9]);
  EXPECT_EQ(head % 64, 0u);
  EXPECT_EQ(file[head - 1], '\n');
  EXPECT_NE(file.find("'shape': (2, 5, 21)"), std::string::npos) << file.substr(0, head);
  ASSERT_EQ(file.size(), head + 2 * 5 * 21 * 18);
  const char* at = file.data() + head;
  for (const auto& row : rows)
    for (std::size_t k = 0; k < row.size(); ++k) {
      const tool::cell c = row[k];
      for (const auto& [what, rate] :
           {std::pair{c.predicted.regime, c.predicted.rate}, {c.simulated.regime, c.simulated.rate}}) {
        EXPECT_EQ(*at, static_cast<char>(what));
        double stored;
        std::memcpy(&stored, at + 1, sizeof stored);
        EXPECT_TRUE(same_bits(stored, rate));
        at += 9;
      }
    }
  EXPECT_EQ(table(p, rows, false, 1), table(p, rows, false, 7));
}

TEST(sweep, parts_make_the_whole) {
  const auto p = planned({"dirac_gan", "r1=0.01:2:9", "eta=0.05:3:11"}, "optimistic", tool::sweep_method::both, 60);
  const auto whole = computed(p);
  for (std::size_t part = 0; part < 3; ++part) {
    const auto rows = tool::compute_sweep(
        p, {}, 2, [](std::size_t, const tool::sweep_row&) {}, part, 3);
    for (std::size_t row = 0; row < rows.size(); ++row)
      EXPECT_EQ(rows[row], row % 3 == part ? whole[row] : tool::sweep_row{});
  }
}

TEST(sweep, rows_survive_an_interruption) {
  const auto p = planned({"dirac_gan", "r1=0.01:2:21", "eta=0.05:3:11"}, "optimistic", tool::sweep_method::both, 150);
  const auto other =
      planned({"dirac_gan", "r1=0.01:2:21", "eta=0.05:3:11"}, "optimistic", tool::sweep_method::both, 151);
  const auto whole = computed(p, 3);
  const std::string file = scratch("rows");
  std::filesystem::remove(file);
  {
    tool::row_store store(file, p, true);
    store.add(7, whole[7]);
    store.add(2, whole[2]);
  }
  const std::string kept = slurp(file);
  // Cut anywhere, the file gives back whole rows only, and what is computed from them is the same.
  for (std::size_t size = kept.size() + 1; size-- > 0; size -= std::min<std::size_t>(size, 97)) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << kept.substr(0, size);
    tool::row_store store(file, p, true);
    std::size_t found = 0;
    for (std::size_t row = 0; row < store.found().size(); ++row)
      if (!store.found()[row].empty()) {
        ++found;
        EXPECT_EQ(store.found()[row], whole[row]) << size;
      }
    EXPECT_EQ(found, size == kept.size() ? 2u : found);
    EXPECT_LE(found, 2u);
  }
  std::ofstream(file, std::ios::binary | std::ios::trunc) << kept;
  EXPECT_THROW(tool::row_store(file, other, true), tool::file_error);
  {
    tool::row_store store(file, p, true);
    EXPECT_EQ(tool::compute_sweep(p, store.found(), 2, [](std::size_t, const tool::sweep_row&) {}), whole);
    store.remove();
  }
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(sweep, closed_forms_of_a_bilinear_game) {
  const auto p =
      planned({"bilinear", "sigma=0.5:4:8", "eta=0.02:0.9:45"}, "optimistic", tool::sweep_method::both, 3000);
  const auto rows = computed(p, 2);
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t k = 0; k < p.columns(); ++k) {
      const auto values = tool::values_at(p, k, row);
      const double s = values[0] * values[1];
      // The two factors meet at ½; the rate is 1 at 1/√3.
      if (std::abs(s - 0.5) < 0.02 || std::abs(s * std::sqrt(3.0) - 1) < 0.01) continue;
      const double expected =
          s < 0.5 ? std::sqrt((1 + std::sqrt(1 - 4 * s * s)) / 2) : std::sqrt(2 * s * s + s * std::sqrt(4 * s * s - 1));
      EXPECT_NEAR(rows[row][k].predicted.rate, expected, 1e-7) << s;
      EXPECT_NEAR(rows[row][k].simulated.rate, expected, 0.05 * std::abs(expected - 1) + 0.01 * expected * (s > 0.5))
          << s;
      EXPECT_EQ(rows[row][k].simulated.regime, expected < 1 ? regime::oscillates : regime::diverges) << s;
      EXPECT_EQ(rows[row][k].predicted.regime, rows[row][k].simulated.regime) << s;
    }
}

TEST(sweep, alternating_on_a_bilinear_game_is_marginal) {
  const auto p =
      planned({"bilinear", "sigma=0.5:1.5:5", "eta=0.1,0.5,1"}, "alternating", tool::sweep_method::both, 2000);
  for (const auto& row : computed(p))
    for (std::size_t k = 0; k < row.size(); ++k) {
      EXPECT_EQ(row[k].predicted.regime, regime::marginal);
      EXPECT_EQ(row[k].simulated.regime, regime::marginal);
    }
}

} // namespace
