// The reader of game files: what it accepts, and where and how it refuses.
#include "games_file.hpp"

#include <chrono>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace {

using tool::game_description;
using tool::game_kind;

std::vector<game_description> read(const std::string& text) {
  std::istringstream in(text);
  return tool::read_games(in, "games");
}

std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const tool::file_error& e) { return to_string(e); }
  return "no error";
}

TEST(games_file, reads_every_field) {
  const auto games = read("game first  # a comment\n"
                          "quadratic 3 2\n"
                          "A 1 2 3  2 4 5  3 5 6\n"
                          "B 1 .5\n  .5 +2\n"
                          "C 1 2\n3 4\n5 6e-1\n"
                          "a 1 2 3 b 4 5\n"
                          "start 1 2 3 4 5\n"
                          "eta 0.1 0.2 gamma 0.3\n"
                          "eta optimistic 0.05\n");
  ASSERT_EQ(games.size(), 1u);
  const auto& g = games[0];
  EXPECT_EQ(g.name, "first");
  EXPECT_EQ(g.kind, game_kind::quadratic);
  EXPECT_EQ(g.p, 3u);
  EXPECT_EQ(g.q, 2u);
  EXPECT_EQ(g.A, (std::vector<double>{1, 2, 3, 2, 4, 5, 3, 5, 6}));
  EXPECT_EQ(g.B, (std::vector<double>{1, 0.5, 0.5, 2}));
  EXPECT_EQ(g.C, (std::vector<double>{1, 2, 3, 4, 5, 0.6}));
  EXPECT_EQ(g.a, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(g.b, (std::vector<double>{4, 5}));
  EXPECT_EQ(g.start, (std::vector<double>{1, 2, 3, 4, 5}));
  EXPECT_EQ(g.steps.eta, (std::array<double, 2>{0.1, 0.2}));
  EXPECT_EQ(g.steps.gamma, (std::array<double, 2>{0.3, 0.3}));
  EXPECT_EQ(g.rule_steps.at("optimistic").eta, (std::array<double, 2>{0.05, 0.05}));
  EXPECT_FALSE(g.rule_steps.at("optimistic").gamma);
}

TEST(games_file, fills_in_what_is_left_out) {
  const auto games = read("game g bilinear 2 1 C 1 2");
  ASSERT_EQ(games.size(), 1u);
  EXPECT_EQ(games[0].kind, game_kind::bilinear);
  EXPECT_EQ(games[0].A, std::vector<double>(4, 0.0));
  EXPECT_EQ(games[0].B, std::vector<double>(1, 0.0));
  EXPECT_EQ(games[0].a, std::vector<double>(2, 0.0));
  EXPECT_EQ(games[0].b, std::vector<double>(1, 0.0));
  EXPECT_EQ(games[0].start, (std::vector<double>{1, 1.0 / 2, 1.0 / 3}));
  EXPECT_FALSE(games[0].steps.eta);
}

TEST(games_file, several_games_windows_line_ends_and_a_byte_order_mark) {
  const auto games = read("\xEF\xBB\xBFgame one\r\nbilinear 1 1\r\nC 2\r\n\tgame two\r\nbilinear 1 1\r\nC 3");
  ASSERT_EQ(games.size(), 2u);
  EXPECT_EQ(games[0].C, std::vector<double>{2});
  EXPECT_EQ(games[1].name, "two");
  EXPECT_EQ(games[1].C, std::vector<double>{3});
  EXPECT_EQ(games[1].where.line, 4u);
  EXPECT_EQ(games[1].where.column, 7u);
}

// Any word on the line of its 'game' is a name.
TEST(games_file, words_of_the_format_are_names_too) {
  for (const char* name :
       {"A", "B", "C", "a", "b", "start", "eta", "gamma", "bilinear", "quadratic", "game", "1", "θω"}) {
    const auto games = read(std::string("game first bilinear 1 1 C 1\ngame ") + name + " # which\nbilinear 1 1\nC 3\n");
    ASSERT_EQ(games.size(), 2u) << name;
    EXPECT_EQ(games[1].name, name);
    EXPECT_EQ(games[1].C, std::vector<double>{3}) << name;
  }
}

TEST(games_file, carriage_returns_end_lines_and_comments) {
  const auto games = read("game one # first\rbilinear 1 1\rC 1D1 # here\rstart 5 6\r");
  EXPECT_EQ(games[0].C, std::vector<double>{10});
  EXPECT_EQ(games[0].start, (std::vector<double>{5, 6}));
}

TEST(games_file, many_games_take_no_longer_than_their_bytes) {
  std::string text;
  for (int k = 0; k < 300'000; ++k) text += "game g" + std::to_string(k) + " bilinear 1 1 C 1\n";
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(read(text).size(), 300'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(20));
}

struct refused {
  const char* what;
  std::string text;
  const char* message; ///< the whole of it, or its beginning
};

class games_file_refuses : public testing::TestWithParam<refused> {};

TEST_P(games_file_refuses, with_place_and_reason) {
  const std::string error = error_of(GetParam().text);
  EXPECT_EQ(error.substr(0, std::string(GetParam().message).size()), GetParam().message) << "in full: " << error;
}

using std::string_literals::operator""s;

const refused cases[] = {
    {"empty", "", "games:1:1: there is no game in this file; a game begins with 'game NAME'"},
    {"only_comments", "# nothing\n\n  # here\n", "games:1:1: there is no game"},
    {"no_game_first", "bilinear 1 1\nC 1\n", "games:1:1: 'bilinear' does not belong here; a game begins with"},
    {"number_first", "1 2 3", "games:1:1: a number, '1', where none belongs; a game begins with"},
    {"unknown_keyword", "game g\nbilinear 1 1\nC 1\n strat 1 1\n",
     "games:4:2: unknown keyword 'strat'; did you mean 'start'?"},
    {"unknown_word_far_from_all", "game g\nbilinear 1 1\nC 1\nhorizontal 1\n",
     "games:4:1: unknown keyword 'horizontal'"},
    {"wrong_case", "game g\nbilinear 1 1\nc 1\n", "games:3:1: unknown keyword 'c'; did you mean 'C'?"},
    {"unknown_kind", "game g\nbilinaer 1 1\nC 1\n", "games:2:1: unknown keyword 'bilinaer'; did you mean 'bilinear'?"},
    {"no_kind", "game g\nC 1\n", "games:2:1: 'C' does not belong here; the first line of a game is"},
    {"no_name", "game\nbilinear 1 1\nC 1\n", "games:2:1: 'game' needs a name"},
    {"ends_after_name", "game g", "games:1:7: the file ends here; the first line of a game is"},
    {"same_name_twice", "game g\nbilinear 1 1\nC 1\ngame g\nbilinear 1 1\nC 1\n",
     "games:4:6: the game 'g' is already on line 1"},
    {"too_few_numbers", "game g\nbilinear 2 2\nC 1 2\n  3\nstart 1 2 3 4\n",
     "games:5:1: C needs 4 numbers (2 rows of 2), found 3"},
    {"too_few_numbers_at_the_end", "game g\nbilinear 2 2\nC 1 2",
     "games:3:6: C needs 4 numbers (2 rows of 2), found 2"},
    {"too_many_numbers", "game g\nbilinear 2 2\nC 1 2\n  3 4 5\n",
     "games:4:7: C has 4 numbers (2 rows of 2), here is one more: '5'"},
    {"not_a_number", "game g\nbilinear 2 1\nC 1 2x\n", "games:3:5: C: '2x' is not a number"},
    {"a_word_for_a_number", "game g\nbilinear 2 1\nC one 2\n", "games:3:3: C: 'one' is not a number"},
    {"two_signs", "game g\nbilinear 1 1\nC +-1\n", "games:3:3: C: '+-1' is not a number"},
    {"hexadecimal", "game g\nbilinear 1 1\nC 0x10\n", "games:3:3: C: '0x10' is not a number"},
    {"comma", "game g\nbilinear 2 1\nC 1, 2\n", "games:3:3: C: '1,' is not a number"},
    {"nan", "game g\nbilinear 2 1\nC 1 nan\n", "games:3:5: C: 'nan' is not a finite number"},
    {"infinity", "game g\nbilinear 2 1\nC 1 -inf\n", "games:3:5: C: '-inf' is not a finite number"},
    {"too_large", "game g\nbilinear 1 1\nC 1e999\n", "games:3:3: C: '1e999' is too large or too small for a double"},
    {"dimension_zero", "game g\nbilinear 0 2\nC 1\n", "games:2:10: a dimension is at least 1; shipped are 1x1, 2x2,"},
    {"dimension_not_shipped", "game g\nbilinear 2 7\nC 1\n",
     "games:2:10: dimensions 2x7 are not shipped, only 1x1, 2x2,"},
    {"dimension_huge", "game g\nbilinear 99999999999999999999999 1\nC 1\n",
     "games:2:10: '99999999999999999999999' is not a dimension; shipped are"},
    {"dimension_fraction", "game g\nbilinear 2.5 2\nC 1\n", "games:2:10: '2.5' is not a dimension; shipped are"},
    {"dimension_negative", "game g\nbilinear -2 2\nC 1\n", "games:2:10: '-2' is not a dimension; shipped are"},
    {"dimension_missing", "game g\nbilinear 2\nC 1\n", "games:3:1: 'bilinear P Q' needs the dimensions of"},
    {"asymmetric_A", "game g\nquadratic 2 1\nC 1 1\nA 1 2\n  3 1\n",
     "games:5:3: A is not symmetric: A(2,1) = 3 but A(1,2) = 2"},
    {"asymmetric_B", "game g\nquadratic 1 3\nC 1 1 1\nB 1 2 3\n 2 1 4\n 3 5 1\n",
     "games:6:4: B is not symmetric: B(3,2) = 5 but B(2,3) = 4"},
    {"curvature_of_a_bilinear_game", "game g\nbilinear 1 1\nC 1\nA 1\n",
     "games:4:1: a bilinear game has no A, only C; write 'quadratic 1 1'"},
    {"no_C", "game g\nbilinear 1 1\nstart 1 1\n", "games:4:1: the game 'g' ends here and has no C"},
    {"no_C_before_the_next_game", "game g\nbilinear 1 1\ngame h\nbilinear 1 1\nC 1\n",
     "games:3:1: the game 'g' ends here and has no C"},
    {"C_twice", "game g\nbilinear 1 1\nC 1\nC 2\n", "games:4:1: C is given twice"},
    {"start_too_short", "game g\nbilinear 2 1\nC 1 1\nstart 1 1\n",
     "games:5:1: start needs 3 numbers (2 of θ and 1 of ω), found 2"},
    {"zero_step", "game g\nbilinear 1 1\nC 1\neta 0\n", "games:4:5: eta must be positive, not 0"},
    {"negative_step", "game g\nbilinear 1 1\nC 1\neta 0.1 -0.1\n", "games:4:9: eta must be positive, not -0.1"},
    {"no_step", "game g\nbilinear 1 1\nC 1\ngamma\n", "games:5:1: gamma needs a step size"},
    {"three_steps", "game g\nbilinear 1 1\nC 1\neta 1 2 3\n",
     "games:4:9: eta takes one number or two, here is one more: '3'"},
    {"eta_twice", "game g\nbilinear 1 1\nC 1\neta 1\neta 2\n", "games:5:1: eta is given twice"},
    {"unknown_rule", "game g\nbilinear 1 1\nC 1\neta optimistc 1\n",
     "games:4:5: unknown dynamics 'optimistc'; did you mean 'optimistic'?"},
    {"gamma_of_a_rule_without", "game g\nbilinear 1 1\nC 1\ngamma optimistic 1\n",
     "games:4:7: optimistic has no gamma"},
    {"empty_name_before_a_kind", "game # forgotten\nbilinear 1 1\nC 1\n", "games:2:1: 'game' needs a name"},
    {"control_bytes_of_two", "game g\nbilinear 1 1\nC 1\n\xC2\x9B[2J 1\n",
     "games:4:1: unknown keyword '\\xC2\\x9B[2J'"},
    {"a_long_word", "game g\nbilinear 1 1\nC 1\nxθθθθθθθθθθθθθθθθθθθθθθθθθθ 1\n",
     "games:4:1: unknown keyword 'xθθθθθθθθθθθθθθθθθθθ…'"},
    {"step_is_no_number", "game g\nbilinear 1 1\nC 1\neta nan\n", "games:4:5: eta: 'nan' is not a finite number"},
    {"trailing_garbage", "game g\nbilinear 1 1\nC 1\n}\n", "games:4:1: unknown keyword '}'"},
    {"trailing_number", "game g\nbilinear 1 1\nstart 1 1\nC 1\n2\n", "games:5:1: C has 1 numbers"},
    {"binary", "game g\nbilinear 1 1\nC \x01\x02\n"s, "games:3:3: byte 0x01: this is not a text file"},
    {"zero_byte", "game g\n\0"s, "games:2:1: byte 0x00: this is not a text file"},
    {"columns_count_characters", "game θω C\n", "games:1:9: 'C' does not belong here"},
};

INSTANTIATE_TEST_SUITE_P(cases, games_file_refuses, testing::ValuesIn(cases),
                         [](const auto& each) { return std::string(each.param.what); });

TEST(games_file, a_missing_file_and_a_folder_are_named) {
  const auto error = [](const std::string& file) {
    try {
      tool::read_games(file);
    } catch (const tool::file_error& e) { return to_string(e); }
    return std::string("no error");
  };
  EXPECT_EQ(error("no/such/file.txt"), "no/such/file.txt: cannot be opened: No such file or directory");
  EXPECT_EQ(error("."), ".: cannot be read: Is a directory");
}

TEST(games_file, a_huge_file_is_refused) {
  EXPECT_EQ(error_of(std::string((std::size_t{16} << 20) + 1, ' ')),
            "games: larger than 16 MiB: this is not a file of games");
}

} // namespace
