// saddle spectrum from outside.
#include <cmath>
#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tool/program.hpp"

namespace {

using namespace program_test;

TEST(program_spectrum, prints_eigenvalues_as_pairs) {
  const std::string file = written("txt", "0 2\n-2 0\n\n3 1\n0 1\n");
  const finished r = saddle_program("spectrum '" + file + "'");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.out, "# matrix 1: 2 x 2, radius 2, abscissa 0, largest |Im/Re| inf, status ok\n0 2\n0 -2\n\n"
                   "# matrix 2: 2 x 2, radius 3, abscissa 3, largest |Im/Re| 0, status ok\n3 0\n1 0\n");
}

TEST(program_spectrum, reads_the_standard_input) {
  const std::string file = written("txt", "2\n");
  const finished r = saddle_program("spectrum - --json", file);
  ASSERT_EQ(r.code, 0) << r.err;
  const auto json = nlohmann::json::parse(r.out);
  EXPECT_EQ(json[0]["eigenvalues"][0][0], 2.0);
  const finished bad = saddle_program("spectrum -", written("bad", "2 x\n"));
  EXPECT_EQ(bad.code, 2);
  EXPECT_EQ(bad.err, "standard input:1:3: 'x' is not a number\n");
}

TEST(program_spectrum, numbers_are_read_back_exactly) {
  const finished r = saddle_program("spectrum '" + written("txt", "0.1 0\n0 0.30000000000000004\n") + "'");
  EXPECT_NE(r.out.find("\n0.30000000000000004 0\n0.1 0\n"), std::string::npos) << r.out;
}

TEST(program_spectrum, recommends_a_rule_for_a_game) {
  const std::string file = written("txt", "0 1\n-1 0\n");
  const finished r = saddle_program("spectrum --game 1,1 --json '" + file + "'");
  ASSERT_EQ(r.code, 0) << r.err;
  const auto m = nlohmann::json::parse(r.out)[0];
  EXPECT_TRUE(m["recommended"].is_string());
  for (const auto& d : m["dynamics"]) {
    if (d["name"] == "simultaneous") { EXPECT_FALSE(d["converges"]); }
    if (d["name"] == "optimistic") { EXPECT_NEAR(d["stable_to"], 1 / std::sqrt(3.0), 1e-9); }
    if (d["name"] == "implicit") { EXPECT_TRUE(d["stable_to"].is_null()); }
  }
  const finished payoff = saddle_program("spectrum --payoff --json '" + written("c", "1\n") + "'");
  EXPECT_EQ(nlohmann::json::parse(payoff.out)[0]["dynamics"], m["dynamics"]);
  const finished table = saddle_program("spectrum --game 1,1 '" + file + "'");
  EXPECT_NE(table.out.find("#   recommended: "), std::string::npos);
}

TEST(program_spectrum, draws_the_plane) {
  const std::string file = written("txt", "0 1\n-1 0.2\n"), stem = scratch("plane");
  for (const char* kind : {".svg", ".png"}) {
    const finished r =
        saddle_program("spectrum '" + file + "' --plot '" + stem + kind + "' --dynamics optimistic --eta 0.3");
    EXPECT_EQ(r.code, 0) << r.err;
    EXPECT_NE(slurp(stem + ".gp").find("set output '" + stem + kind + "'"), std::string::npos);
    EXPECT_GT(lines(slurp(stem + ".csv")), 10000u);
    // A missing gnuplot costs the picture, and says so.
    EXPECT_EQ(std::filesystem::exists(stem + kind), r.err.empty()) << r.err;
  }
}

TEST(program_spectrum, works_without_gnuplot) {
  const std::string file = written("txt", "1\n"), stem = scratch("plane");
  const finished r =
      shell("PATH=/nonexistent '" SADDLE_PROGRAM "' spectrum '" + file + "' --plot '" + stem + ".png' </dev/null");
  EXPECT_EQ(r.code, 0);
  EXPECT_NE(r.err.find("gnuplot is not installed"), std::string::npos) << r.err;
  EXPECT_TRUE(std::filesystem::exists(stem + ".csv"));
  EXPECT_TRUE(std::filesystem::exists(stem + ".gp"));
  EXPECT_FALSE(std::filesystem::exists(stem + ".png"));
}

TEST(program_spectrum, says_when_nobody_takes_what_it_prints) {
  const std::string file = written("txt", "1\n");
  const finished full = shell("sh -c \"'" SADDLE_PROGRAM "' spectrum '" + file + "' >/dev/full\"");
  EXPECT_EQ(full.code, 2);
  EXPECT_EQ(full.err, "standard output: cannot be written: No space left on device\n");
}

TEST(program_spectrum, refuses_in_one_line) {
  const std::string square = written("txt", "1 0\n0 1\n"), wide = written("wide", "1 2\n"),
                    junk = written("junk", "\x01\x02\x03"), small = written("small", "1 0\n1e-50 1\n"),
                    large = written("large", "1 1e200\n0 1\n");
  const struct {
    std::string arguments, message;
  } cases[] = {
      {"'" + wide + "'", wide + ":1:1: matrix 1 has 1 row of 2: it is not square"},
      {"'" + junk + "'", junk + ":1:1: byte 0x01: this is not a text file"},
      {"/no/such/file", "/no/such/file: cannot be opened: No such file or directory"},
      {"/", "/: cannot be read: Is a directory"},
      {"'" + square + "' --game 2,1", square + ":1:1: a matrix of 2 x 2 is no Jacobian of a game of 2 + 1 coordinates"},
      {"'" + square + "' --game 0,2", "saddle spectrum: --game: players have 1 to 16 coordinates"},
      {"'" + square + "' --game 1,1 --payoff", "saddle spectrum: --game and --payoff exclude each other"},
      {"'" + square + "' --plot x.jpg", "x.jpg: a picture is a file that ends in .png or .svg"},
      {"'" + square + "' --plot 'x\n.png'",
       "x\\x0A.png: a picture's name stands in a script of one command a line: it has no control bytes"},
      {"'" + square + "' --plot /no/such/x.png", "/no/such/x.csv: cannot be written: No such file or directory"},
      {"'" + square + "' --plot x.png --dynamics optimistc --eta 1",
       "saddle spectrum: unknown dynamics 'optimistc'; did you mean 'optimistic'?"},
      {"'" + square + "' --plot x.png --dynamics optimistic",
       "saddle spectrum: --dynamics needs --eta, a positive step size"},
      {"'" + square + "' --plot x.png --dynamics alternating --eta 1",
       "saddle spectrum: alternating has no stable region: what it does depends on more than the eigenvalues"},
      {"'" + square + "' --plot x.png --dynamics optimistic --eta 1 --gamma 1",
       "saddle spectrum: optimistic has no gamma"},
      {"'" + small + "' --float", small + ":1:1: row 2, column 1: 1e-50 is too small for float"},
      {"'" + small + "' --float --payoff", small + ":1:1: row 2, column 1: 1e-50 is too small for float"},
      {"'" + large + "' --float", large + ":1:1: row 1, column 2: 1e+200 is too large for float"},
      {"'" + square + "' --eta 1", "saddle spectrum: --eta and --gamma need --dynamics"},
  };
  for (const auto& c : cases) {
    const finished r = saddle_program("spectrum " + c.arguments);
    EXPECT_EQ(r.code, 2) << c.arguments;
    EXPECT_EQ(r.out, "") << c.arguments;
    EXPECT_EQ(r.err, c.message + "\n") << c.arguments;
  }
  for (const char* left : {"x.png", "x.csv", "x.gp", "x.jpg"}) EXPECT_FALSE(std::filesystem::exists(left)) << left;
}

} // namespace
