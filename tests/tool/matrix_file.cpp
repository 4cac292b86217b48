// The readers of matrices: what they accept in each format, and where and how they refuse.
#include "matrix_file.hpp"

#include <bit>
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "tool/npy.hpp"

namespace {

using npy_test::array;
using tool::matrix;
using std::string_literals::operator""s;

std::vector<matrix> read(const std::string& text) { return tool::parse_matrices(text, "file"); }

std::string error_of(const std::string& text) {
  try {
    tool::require_square(read(text), "file");
  } catch (const tool::file_error& e) { return to_string(e); }
  return "no error";
}

TEST(matrix_file, plain_text) {
  const auto all = read("\xEF\xBB\xBF# two of them\r\n1 2\r\n\t-3 +4e0 # the end\r\n\r\n\r\n  5\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].rows, 2u);
  EXPECT_EQ(all[0].values, (std::vector<double>{1, 2, -3, 4}));
  EXPECT_EQ(all[0].where->line, 2u);
  EXPECT_EQ(all[1].values, (std::vector<double>{5}));
}

TEST(matrix_file, a_comment_line_does_not_end_a_matrix) {
  EXPECT_EQ(read("1 2\n# middle\n3 4\n").size(), 1u);
  EXPECT_EQ(read("1\n# middle\n\n2\n").size(), 2u);
}

TEST(matrix_file, comma_and_semicolon) {
  EXPECT_EQ(read("1, 2\n3,4\n")[0].values, (std::vector<double>{1, 2, 3, 4}));
  EXPECT_EQ(read("1;2;3\n")[0].columns, 3u);
}

TEST(matrix_file, matrix_market_array) {
  const auto all = read("%%MatrixMarket matrix array real general\n% by columns\n2 3\n1\n2\n3\n4\n5\n6\n");
  EXPECT_EQ(all[0].rows, 2u);
  EXPECT_EQ(all[0].columns, 3u);
  EXPECT_EQ(all[0].values, (std::vector<double>{1, 3, 5, 2, 4, 6}));
  EXPECT_EQ(read("%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n3\n")[0].values,
            (std::vector<double>{1, 2, 2, 3}));
  EXPECT_EQ(read("%%MatrixMarket matrix array real skew-symmetric\n2 2\n7\n")[0].values,
            (std::vector<double>{0, -7, 7, 0}));
}

TEST(matrix_file, matrix_market_coordinate) {
  EXPECT_EQ(read("%%MatrixMarket matrix coordinate real general\n2 2 2\n1 2 5\n2 1 -1\n")[0].values,
            (std::vector<double>{0, 5, -1, 0}));
  EXPECT_EQ(read("%%MatrixMarket Matrix Coordinate Integer Symmetric\n2 2 2\n1 1 4\n2 1 -1\n")[0].values,
            (std::vector<double>{4, -1, -1, 0}));
  EXPECT_EQ(read("%%MatrixMarket matrix coordinate real skew-symmetric\n3 3 1\n3 1 2\n")[0].values,
            (std::vector<double>{0, 0, -2, 0, 0, 0, 2, 0, 0}));
}

TEST(matrix_file, several_banners) {
  const std::string one = "%%MatrixMarket matrix array real general\n1 1\n1\n";
  EXPECT_EQ(read(one + one + one).size(), 3u);
}

TEST(matrix_file, npy_in_every_version_type_and_order) {
  const std::vector<double> numbers{1, 2, 3, 4.5, -5, 6};
  for (const int version : {1, 2, 3})
    for (const bool single : {false, true})
      for (const bool columns_first : {false, true}) {
        const auto all = read(array(numbers, {2, 3}, version, single, columns_first));
        ASSERT_EQ(all.size(), 1u);
        EXPECT_EQ(all[0].rows, 2u);
        EXPECT_EQ(all[0].columns, 3u);
        if (columns_first) {
          EXPECT_EQ(all[0].values, (std::vector<double>{1, 3, -5, 2, 4.5, 6}));
        } else {
          EXPECT_EQ(all[0].values, numbers);
        }
      }
}

TEST(matrix_file, npy_stacks_and_streams) {
  const std::vector<double> numbers{1, 2, 3, 4, 5, 6, 7, 8};
  const auto stack = read(array(numbers, {2, 2, 2}, 1, false, false));
  ASSERT_EQ(stack.size(), 2u);
  EXPECT_EQ(stack[1].values, (std::vector<double>{5, 6, 7, 8}));
  const auto by_columns = read(array(numbers, {2, 2, 2}, 1, false, true));
  EXPECT_EQ(by_columns[0].values, (std::vector<double>{1, 5, 3, 7}));
  EXPECT_EQ(read(array({1}, {1, 1}, 1, false, false) + array(numbers, {2, 2, 2}, 2, true, false)).size(), 3u);
}

struct refused {
  const char* what;
  std::string text;
  const char* message; ///< the whole of it, or its beginning
};

class matrix_file_refuses : public testing::TestWithParam<refused> {};

TEST_P(matrix_file_refuses, with_place_and_reason) {
  const std::string error = error_of(GetParam().text);
  EXPECT_EQ(error.substr(0, std::string(GetParam().message).size()), GetParam().message) << "in full: " << error;
}

const std::string market = "%%MatrixMarket matrix ";

std::string repeated(const std::string& text, int times) {
  std::string r;
  for (int k = 0; k < times; ++k) r += text;
  return r;
}

const refused cases[] = {
    {"empty", "", "file:1:1: there is no matrix in this file"},
    {"only_comments", "# nothing\n\n% here\n", "file:1:1: there is no matrix"},
    {"not_square", "1 2\n3 4\n\n1 2 3\n4 5 6\n", "file:4:1: matrix 2 has 2 rows of 3: it is not square"},
    {"one_row", "1 2\n", "file:1:1: matrix 1 has 1 row of 2: it is not square"},
    {"short_row", "1 2 3\n4 5\n", "file:2:4: row 2 of matrix 1 has 2 numbers, the first has 3"},
    {"long_row", "1 2\n4 5 6\n", "file:2:5: row 2 of matrix 1 has 3 numbers, the first has 2"},
    {"not_a_number", "1 2\n3 x\n", "file:2:3: 'x' is not a number"},
    {"nan", "1 nan\n3 4\n", "file:1:3: 'nan' is not a finite number"},
    {"infinity", "-inf\n", "file:1:1: '-inf' is not a finite number"},
    {"too_large_a_number", "1e999\n", "file:1:1: '1e999' is too large or too small for a double"},
    {"hexadecimal", "0x1\n", "file:1:1: '0x1' is not a number"},
    {"too_wide", repeated("1 ", 33) + "\n", "file:1:65: a row of 33 numbers: matrices have at most 32 columns"},
    {"too_high", repeated("1\n", 33), "file:33:1: one row more than 32: an empty line separates matrices"},
    {"missing_field", "1,,3\n", "file:1:3: a number is missing here"},
    {"missing_last_field", "1,2\n3,\n", "file:2:3: a number is missing here"},
    {"csv_header", "a,b\n1,2\n", "file:1:1: 'a' is not a number"},
    {"binary", "1 2\n3 \x01\n", "file:2:3: byte 0x01: this is not a text file"},
    {"zero_byte", "\0\0"s, "file:1:1: byte 0x00: this is not a text file"},
    {"columns_count_characters", "1 θ\n", "file:1:3: 'θ' is not a number"},
    {"market_banner_cut", "%%MatrixMarket matrix array\n", "file:1:28: a banner is"},
    {"market_misspelt", market + "aray real general\n1 1\n1\n",
     "file:1:23: the banner does not know 'aray'; did you mean 'array'?"},
    {"market_complex", market + "array complex general\n1 1\n1 1\n", "file:1:29: complex matrices are not read"},
    {"market_pattern", market + "coordinate pattern general\n1 1 1\n1 1\n", "file:1:34: pattern matrices are not read"},
    {"market_no_sizes", market + "array real general\n% nothing\n", "file:2:10: the line with the sizes is missing"},
    {"market_sizes", market + "array real general\n2\n1\n", "file:2:1: sizes are 'ROWS COLUMNS'"},
    {"market_size_zero", market + "array real general\n0 1\n", "file:2:1: '0' is no number of rows"},
    {"market_size_fraction", market + "array real general\n1.5 1\n", "file:2:1: '1.5' is no number of rows"},
    {"market_too_large", market + "array real general\n33 1\n", "file:2:1: 33 rows: there are at most 32"},
    {"market_cut", market + "array real general\n2 2\n1\n2\n", "file:4:2: the matrix ends here with 2 of 4 numbers"},
    {"market_more", market + "array real general\n1 1\n1\n2\n", "file:4:1: one number more than 1"},
    {"market_entry", market + "coordinate real general\n2 2 1\n1 2\n", "file:3:1: an entry is 'ROW COLUMN VALUE'"},
    {"market_entry_outside", market + "coordinate real general\n2 2 1\n1 3 1\n",
     "file:3:3: 3 columns: there are at most 2"},
    {"market_entry_twice", market + "coordinate real general\n2 2 2\n1 2 1\n1 2 1\n",
     "file:4:1: entry (1, 2) is given twice"},
    {"market_above", market + "coordinate real symmetric\n2 2 1\n1 2 1\n", "file:3:1: a symmetric matrix has entries"},
    {"market_skew_diagonal", market + "coordinate real skew-symmetric\n2 2 1\n1 1 1\n",
     "file:3:1: a skew-symmetric matrix has no diagonal"},
    {"market_symmetric_rectangle", market + "array real symmetric\n2 3\n", "file:2:3: a symmetric matrix is square"},
    {"npy_cut_in_the_magic", "\x93NUMPY", "file: at byte 6: the file is cut off: 0 of 2 bytes, of the version"},
    {"npy_cut_in_the_header", array({1}, {1, 1}, 1, false, false).substr(0, 40),
     "file: at byte 10: the file is cut off"},
    {"npy_cut_in_the_numbers", array({1, 2, 3, 4}, {2, 2}, 1, false, false).substr(0, 128 + 31),
     "file: at byte 128: the file is cut off: 31 of 32 bytes, of numbers"},
    {"npy_junk_behind", array({1}, {1, 1}, 1, false, false) + "x", "file: at byte 136: this is no .npy array"},
    {"npy_version", "\x93NUMPY\x09\0"s, "file: at byte 8: version 9 of the format is not known"},
    {"npy_vector", array({1, 2}, {2}, 1, false, false), "file: at byte 128: an array of 1 dimensions"},
    {"npy_too_large", array(std::vector<double>(33), {33, 1}, 1, false, false),
     "file: at byte 128: a matrix of 33 x 1: there are at most 32"},
    {"npy_nan", array({1, 0.0 / 0.0}, {1, 2}, 1, false, false),
     "file: at byte 144: matrix 1: row 1, column 2 is not a finite number"},
    {"npy_empty", array({}, {0, 2}, 1, false, false), "file: at byte 128: an empty matrix"},
    {"npy_no_matrices", array({}, {0, 2, 2}, 1, false, false), "file: at byte 128: an array without matrices"},
    {"npy_forged_count", array({1}, {std::size_t{1} << 61, 1, 1}, 1, false, false),
     "file: at byte 128: the file is cut off: it cannot hold 2305843009213693952 matrices"},
};

INSTANTIATE_TEST_SUITE_P(cases, matrix_file_refuses, testing::ValuesIn(cases),
                         [](const auto& each) { return std::string(each.param.what); });

} // namespace
