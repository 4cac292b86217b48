// The program from outside: exit codes, streams, and what it says about the games that ship with it.
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <saddle/saddle.hpp>

#include "tool/program.hpp"

namespace {

using namespace program_test;

nlohmann::json compared(const std::string& options) {
  const finished r = saddle_program("compare '" SADDLE_GAMES "' --json --no-timing " + options);
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.err, "");
  return nlohmann::json::parse(r.out);
}

std::set<std::string> registered() {
  std::set<std::string> names;
  saddle::registry::all_dynamics::each([&](auto rule) { names.insert(rule.name); });
  return names;
}

TEST(program, compares_the_shipped_games) {
  const finished r = saddle_program("compare '" SADDLE_GAMES "'");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.err, "");
  for (const auto& name : registered()) EXPECT_NE(r.out.find("\n  " + name + " "), std::string::npos) << name;
  EXPECT_NE(r.out.find("the same bits alone and in the batch"), std::string::npos);
  std::istringstream lines(r.out);
  for (std::string line; std::getline(lines, line);) {
    // What is not counted is the two bytes that an em dash or a star-free column has beyond one character.
    std::size_t characters = 0;
    for (const char c : line) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    EXPECT_LE(characters, 120u) << line;
  }
}

TEST(program, verdicts_of_the_shipped_games) {
  const auto result = compared("");
  ASSERT_GE(result["games"].size(), 8u);
  for (const auto& game : result["games"]) {
    std::set<std::string> names;
    for (const auto& row : game["dynamics"]) {
      const std::string rule = row["name"];
      names.insert(rule);
      std::string expected = "converges";
      if (game["kind"] == "bilinear" && rule == "simultaneous") expected = "diverges";
      if (game["kind"] == "bilinear" && rule == "alternating") expected = "cycles";
      // Curvature of one player only: the step 1/(4L) is too long for plain gradients.
      if (game["name"] == "wgan-mean" && rule == "simultaneous") expected = "diverges";
      EXPECT_EQ(row["verdict"], expected) << game["name"] << " " << rule;
      EXPECT_EQ(row["iterations"].is_null(), expected != "converges") << game["name"] << " " << rule;
      if (!row["bound"].is_null()) { EXPECT_LE(row["iterations"], row["bound"]) << game["name"] << " " << rule; }
    }
    EXPECT_EQ(names, registered()) << game["name"];
  }
}

TEST(program, measured_rates_are_the_predicted_ones) {
  for (const char* options : {"", "--steps derived", "--type float"}) {
    const auto result = compared(options);
    for (const auto& game : result["games"])
      for (const auto& row : game["dynamics"]) {
        const double predicted = row["predicted_rate"], measured = row["measured_rate"];
        // 1 − rate is what decides how long a run takes: its error counts, not that of the rate.
        const double slack = 0.01 * std::max(std::abs(1 - predicted), 1e-4);
        EXPECT_NEAR(measured, predicted, slack) << options << " " << game["name"] << " " << row["name"];
      }
  }
}

TEST(program, simultaneous_grows_by_the_closed_form_on_bilinear_games) {
  const auto result = compared("");
  for (const auto& game : result["games"]) {
    if (game["kind"] != "bilinear") continue;
    const auto& row = game["dynamics"][0];
    ASSERT_EQ(row["name"], "simultaneous");
    const double step = row["eta"][0], sigma = game["largest_singular_value"];
    EXPECT_NEAR(row["measured_rate"], std::sqrt(1 + step * step * sigma * sigma), 1e-6) << game["name"];
  }
}

TEST(program, derived_steps_need_fewer_iterations_than_published_ones) {
  const auto published = compared(""), derived = compared("--steps derived");
  for (std::size_t g = 0; g < published["games"].size(); ++g) {
    if (published["games"][g]["name"] != "ill-conditioned") continue;
    const auto &slow = published["games"][g]["dynamics"][3], &fast = derived["games"][g]["dynamics"][3];
    ASSERT_EQ(slow["name"], "consensus");
    EXPECT_LT(fast["iterations"], slow["iterations"].get<double>() / 10);
    EXPECT_LE(fast["iterations"], fast["bound"]);
    return;
  }
  FAIL() << "there is no game 'ill-conditioned'";
}

TEST(program, json_has_times_unless_told_otherwise) {
  const std::string file = scratch("txt");
  std::ofstream(file) << "game g\nbilinear 1 1\nC 1\n";
  const finished r = saddle_program("compare '" + file + "' --json");
  ASSERT_EQ(r.code, 0) << r.err;
  const auto timed = nlohmann::json::parse(r.out), untimed = compared("");
  for (const auto& row : timed["games"][0]["dynamics"]) {
    EXPECT_GT(row["ns_per_step_alone"], 0) << row["name"];
    EXPECT_GT(row["ns_per_step_batch"], 0) << row["name"];
  }
  EXPECT_TRUE(untimed["games"][0]["dynamics"][0]["ns_per_step_alone"].is_null());
}

TEST(program, steps_of_the_file_are_taken_and_have_no_bound) {
  const std::string file = scratch("txt");
  std::ofstream(file) << "game g\nbilinear 1 1\nC 1\neta 0.25 0.5\neta implicit 2\n";
  const finished r = saddle_program("compare '" + file + "' --json --no-timing");
  ASSERT_EQ(r.code, 0) << r.err;
  const auto rows = nlohmann::json::parse(r.out)["games"][0]["dynamics"];
  EXPECT_EQ(rows[0]["eta"], (nlohmann::json{0.25, 0.5}));
  EXPECT_EQ(rows[4]["name"], "implicit");
  EXPECT_EQ(rows[4]["eta"], (nlohmann::json{2.0, 2.0}));
  for (const auto& row : rows) EXPECT_TRUE(row["bound"].is_null()) << row["name"];
}

TEST(program, a_bad_file_leaves_stdout_empty) {
  const std::string file = scratch("txt");
  // The first game is fine: nothing may be printed before the second has been read.
  std::ofstream(file) << "game g\nbilinear 1 1\nC 1\ngame h\nbilinear 1 1\nC x\n";
  const finished r = saddle_program("compare '" + file + "'");
  EXPECT_EQ(r.code, 2);
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(r.err, file + ":6:3: C: 'x' is not a number\n");
}

TEST(program, a_game_that_cannot_be_compared_is_bad_input) {
  const std::string file = scratch("txt");
  std::ofstream(file) << "game g\nbilinear 1 1\nC 1\ngame h\nbilinear 1 1\nC 0\n";
  const finished r = saddle_program("compare '" + file + "'");
  EXPECT_EQ(r.code, 2);
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(r.err, file + ":4:6: game 'h': every point is an equilibrium: all matrices are zero\n");
}

TEST(program, a_number_beyond_float_is_refused_as_float_only) {
  const std::string file = scratch("txt");
  std::ofstream(file) << "game g\nbilinear 1 1\nC 1e200\n";
  const finished single = saddle_program("compare --type float --no-timing '" + file + "'");
  EXPECT_EQ(single.code, 2);
  EXPECT_EQ(single.out, "");
  EXPECT_EQ(single.err, file + ":1:6: game 'g': a number is too large for float\n");
  std::ofstream(file) << "game g\nbilinear 1 1\nC 1\nstart 1e-50 1\n";
  EXPECT_EQ(saddle_program("compare --type float --no-timing '" + file + "'").err,
            file + ":1:6: game 'g': start: 1e-50 is too small for float\n");
}

// A name in another encoding is none of JSON's, and no reason to end.
TEST(program, json_is_utf_8_whatever_names_are) {
  const std::string file = written("games", "game a\xC3\xFF\nbilinear 1 1\nC 1\n");
  for (const std::string& command : {"compare --json --no-timing '" + file + "'",
                                     "run --json --dynamics optimistic --eta 0.1 --steps 3 --game '" + file + "'"}) {
    const finished r = saddle_program(command);
    EXPECT_EQ(r.code, 0) << r.err;
    EXPECT_TRUE(nlohmann::json::accept(r.out)) << r.out;
  }
}

TEST(program, refuses_bad_arguments) {
  for (const char* arguments :
       {"", "compare", "compare /no/such/file", "comprae x", "compare --type long '" SADDLE_GAMES "'",
        "compare --tolerance 0 '" SADDLE_GAMES "'", "compare --tolerance x '" SADDLE_GAMES "'",
        "compare --tolerance 1e-16 '" SADDLE_GAMES "'", "compare --type float --tolerance 1e-8 '" SADDLE_GAMES "'",
        "list", "list everything"}) {
    const finished r = saddle_program(arguments);
    EXPECT_EQ(r.code, 2) << arguments;
    EXPECT_EQ(r.out, "") << arguments;
    EXPECT_NE(r.err, "") << arguments;
  }
}

TEST(program, lists_the_registry) {
  const finished rules = saddle_program("list dynamics");
  EXPECT_EQ(rules.code, 0);
  for (const auto& name : registered()) EXPECT_NE(rules.out.find("  " + name + " "), std::string::npos) << name;
  const finished games = saddle_program("list games");
  EXPECT_EQ(games.code, 0);
  EXPECT_NE(games.out.find("bilinear"), std::string::npos);
  EXPECT_NE(games.out.find("quadratic"), std::string::npos);
  const finished models = saddle_program("list models");
  EXPECT_EQ(models.code, 0);
  EXPECT_NE(models.out.find("dirac_gan"), std::string::npos);
  const finished sizes = saddle_program("list dimensions");
  EXPECT_EQ(sizes.code, 0);
  EXPECT_NE(sizes.out.find("  8   8\n"), std::string::npos);
}

TEST(program, helps) {
  for (const char* arguments : {"--help", "--version", "compare --help", "list --help"}) {
    const finished r = saddle_program(arguments);
    EXPECT_EQ(r.code, 0) << arguments;
    EXPECT_NE(r.out, "") << arguments;
    EXPECT_EQ(r.err, "") << arguments;
  }
}

} // namespace
