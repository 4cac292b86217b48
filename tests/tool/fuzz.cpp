// Readers against damaged files: random changes to valid ones either leave something that is read, and then every promise
// about it holds, or are refused in one line. The sanitizers watch what the reader touches on the way.
#include <cmath>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "games_file.hpp"
#include "matrix_file.hpp"
#include "support/random.hpp"
#include "tool/npy.hpp"

namespace {

using saddle_test::random_source;

std::size_t below(random_source& random, std::size_t end) {
  return static_cast<std::size_t>(random.bits() % std::max<std::size_t>(end, 1));
}

// What readers look for: more is found out with them than with bytes alone.
const char* const pieces[] = {"\n",
                              "\n\n",
                              " ",
                              ",",
                              ";",
                              "nan",
                              "inf",
                              "-",
                              "+",
                              "e",
                              "1e308",
                              "1e999",
                              "0",
                              "33",
                              "99999999999999999999",
                              "#",
                              "%",
                              "%%MatrixMarket",
                              "\x93NUMPY",
                              "game ",
                              "C ",
                              "\xEF\xBB\xBF",
                              "\xC3",
                              "(",
                              ")",
                              "'shape': (",
                              "True",
                              "symmetric",
                              "coordinate"};

std::string damaged(std::string text, random_source& random) {
  const int changes = random.integer(1, 4);
  for (int k = 0; k < changes; ++k) {
    const std::size_t at = below(random, text.size() + 1), length = below(random, 12);
    switch (random.integer(0, 6)) {
    case 0: text.resize(at); break;
    case 1:
      if (at < text.size()) text[at] = static_cast<char>(random.bits() & 0xFF);
      break;
    case 2: text.erase(std::min(at, text.size()), length); break;
    case 3: text.insert(at, pieces[below(random, std::size(pieces))]); break;
    case 4: text.insert(at, text.substr(below(random, text.size()), length)); break;
    case 5: text.insert(at, 1, static_cast<char>(random.bits() & 0xFF)); break;
    default:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << random.integer(0, 7)));
    }
  }
  return text;
}

/// Calls `read` on 20000 damaged copies; returns how many were refused.
template <class Read> int refusals(const std::string& valid, std::uint64_t seed, Read read) {
  random_source random(seed);
  int refused = 0;
  for (int k = 0; k < 20000; ++k) {
    const std::string text = damaged(valid, random);
    try {
      read(text);
    } catch (const tool::file_error& e) {
      ++refused;
      const std::string line = to_string(e);
      EXPECT_TRUE(line.starts_with("file:")) << line;
      EXPECT_EQ(line.find('\n'), line.npos) << line;
      EXPECT_GT(e.message.size(), 8u) << line;
    }
  }
  return refused;
}

void check_matrices(const std::string& text) {
  const auto all = tool::parse_matrices(text, "file");
  EXPECT_FALSE(all.empty());
  for (const auto& m : all) {
    EXPECT_GE(m.rows, 1u);
    EXPECT_GE(m.columns, 1u);
    EXPECT_LE(m.rows, tool::largest_matrix);
    EXPECT_LE(m.columns, tool::largest_matrix);
    ASSERT_EQ(m.values.size(), m.rows * m.columns);
    for (const double x : m.values) EXPECT_TRUE(std::isfinite(x));
  }
}

struct valid_file {
  const char* what;
  std::string text;
};

class damaged_matrices : public testing::TestWithParam<valid_file> {};

TEST_P(damaged_matrices, are_read_or_refused) {
  const auto all = tool::parse_matrices(GetParam().text, "file");
  EXPECT_FALSE(all.empty());
  const int refused = refusals(GetParam().text, 7001, check_matrices);
  EXPECT_GT(refused, 1000);
  EXPECT_LT(refused, 20000);
}

const valid_file matrix_files[] = {
    {"plain", "# a comment\n1 2 -3.5\n4e-2 +5 6\n7 8 9\n\n1 0\n0 1\n"},
    {"comma", "1,2.5,3\n4, 5, 6\n-7,8,9e1\n"},
    {"market_array", "%%MatrixMarket matrix array real symmetric\n% comment\n3 3\n1\n2\n3\n4\n5\n6\n"},
    {"market_coordinate", "%%MatrixMarket matrix coordinate real general\n4 4 3\n1 1 2.5\n4 2 -1\n3 3 7\n"},
    {"npy", npy_test::array({1, 2, 3, 4, 5, 6, 7, 8, 9}, {3, 3}, 1, false, true)},
    {"npy_stack", npy_test::array({1, 2, 3, 4, 5, 6, 7, 8}, {2, 2, 2}, 2, true, false)},
};

INSTANTIATE_TEST_SUITE_P(files, damaged_matrices, testing::ValuesIn(matrix_files),
                         [](const auto& each) { return std::string(each.param.what); });

TEST(damaged_games, are_read_or_refused) {
  const std::string valid = "game first # comment\nquadratic 2 1\nA 1 0.5 0.5 2\nB 1\nC 1 -2\nstart 1 2 3\n"
                            "eta optimistic 0.1 0.2\n\ngame second\nbilinear 1 3\nC 1 2 3\ngamma 0.5\n";
  const auto check = [](const std::string& text) {
    std::istringstream in(text);
    const auto games = tool::read_games(in, "file");
    EXPECT_FALSE(games.empty());
    for (const auto& g : games) {
      EXPECT_FALSE(g.name.empty());
      EXPECT_EQ(g.A.size(), g.p * g.p);
      EXPECT_EQ(g.B.size(), g.q * g.q);
      EXPECT_EQ(g.C.size(), g.p * g.q);
      EXPECT_EQ(g.start.size(), g.p + g.q);
      for (const double x : g.C) EXPECT_TRUE(std::isfinite(x));
    }
  };
  check(valid);
  const int refused = refusals(valid, 7002, check);
  EXPECT_GT(refused, 1000);
  EXPECT_LT(refused, 20000);
}

} // namespace
