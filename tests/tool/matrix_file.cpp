// The readers of matrices: what they accept in each format, and where and how they refuse.
#include "matrix_file.hpp"

#include <bit>
#include <chrono>
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

std::string repeated(const std::string& text, int times) {
  std::string r;
  for (int k = 0; k < times; ++k) r += text;
  return r;
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

// A banner as files have it: in any case, of one % or two, behind blanks, empty lines, comments and a byte order mark.
TEST(matrix_file, matrix_market_as_readers_know_it) {
  const std::string rest = "matrix coordinate real general\n2 2 2\n1 1 3\n2 2 4\n";
  for (const char* banner :
       {"%%MatrixMarket ", "%%matrixmarket ", "%%MATRIXMARKET\t", "%MatrixMarket ", " %%MatrixMarket ",
        "\t%MatrixMARKET ", "\n\r\n%%MatrixMarket ", "% of mine\n# here\n%%MatrixMarket ",
        "\xEF\xBB\xBF%%MatrixMarket ", "\xEF\xBB\xBF\n %matrixmarket ", "%% MatrixMarket ",
        "% A Matrix Market file\n% Matrix Market files are text\n%%MatrixMarket "}) {
    const auto all = read(banner + rest + "% the end\n");
    ASSERT_EQ(all.size(), 1u) << banner;
    EXPECT_EQ(all[0].values, (std::vector<double>{3, 0, 0, 4})) << banner;
    std::string lines = banner + rest;
    for (const char* end : {"\r\n", "\r\r\n", "\r"}) {
      std::string other;
      for (const char c : lines) other += c == '\n' ? end : std::string(1, c);
      EXPECT_EQ(read(other)[0].values, (std::vector<double>{3, 0, 0, 4})) << banner;
    }
  }
  const std::string two = "%%MatrixMarket " + rest + "\n  %matrixmarket " + rest + "\xEF\xBB\xBF%%MatrixMarket " + rest;
  EXPECT_EQ(read(two).size(), 3u);
}

// What looks like a banner and is none that can be read says so: it is no comment.
TEST(matrix_file, what_looks_like_a_banner_is_no_comment) {
  const std::string rest = "matrix coordinate real general\n2 2 2\n1 1 3\n2 2 4\n";
  for (const char* banner :
       {"%%%MatrixMarket ", "#%MatrixMarket ", "# MatrixMarket ", "%%Matrix Market ", "%%Matrix-Market ",
        "%%MatrixMarkte ", "%%MatrixMarkets ", "% Matrix market ", "%%MatrixMarket, "})
    EXPECT_NE(error_of(banner + rest).find(": a banner is '%%MatrixMarket matrix'"), std::string::npos) << banner;
  EXPECT_EQ(error_of("1 2\n3 4\n%%matrixmarket " + rest).substr(0, 43), "file:3:1: a Matrix Market banner behind mat");
  EXPECT_EQ(error_of("5\n\n % MatrixMarket " + rest).substr(0, 43), "file:3:1: a Matrix Market banner behind mat");
  EXPECT_EQ(read("% matrices of the market\n# matrix\n1\n")[0].values, std::vector<double>{1});
}

// Line ends of old: each line is a row, and a comment ends with its line.
TEST(matrix_file, carriage_returns_end_lines) {
  EXPECT_EQ(read("# c\r1 2\r3 4\r\r5\r").size(), 2u);
  EXPECT_EQ(read("1 2\r\r\n3 4\r\r\n")[0].rows, 2u);
}

TEST(matrix_file, exponents_of_fortran) {
  EXPECT_EQ(read("1.5D+01 -2d0\n+.5D-1 4.D2\n")[0].values, (std::vector<double>{15, -2, 0.05, 400}));
  EXPECT_EQ(read("%%MatrixMarket matrix array real general\n1 1\n1.25D-03\n")[0].values, std::vector<double>{1.25e-3});
  for (const char* wrong : {"1D", "D1", "1e2D3", "1DD2", "0x1D2", "1d2e3"})
    EXPECT_EQ(error_of(wrong + "\n"s), "file:1:1: '"s + wrong + "' is not a number");
  EXPECT_EQ(error_of("1D999\n"), "file:1:1: '1D999' is too large or too small for a double");
}

TEST(matrix_file, matrix_market_of_other_writers) {
  EXPECT_EQ(read("%%MatrixMarket matrix array unsigned-integer general\n1 2\n7\n8\n")[0].values,
            (std::vector<double>{7, 8}));
  EXPECT_EQ(read("%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 3\n1 1 0\n2 1 5\n2 2 0.0\n")[0].values,
            (std::vector<double>{0, -5, 5, 0}));
  EXPECT_EQ(read("%%MatrixMarket matrix array real skew-symmetric\n2 2\n0\n5\n0\n")[0].values,
            (std::vector<double>{0, -5, 5, 0}));
  EXPECT_EQ(error_of("%%MatrixMarket matrix array real skew-symmetric\n2 2\n0\n5\n1\n").substr(0, 25),
            "file:5:1: 1 on the diagon");
  EXPECT_EQ(error_of("%%MatrixMarket matrix array real skew-symmetric\n2 2\n0\n5\n").substr(0, 60),
            "file:4:2: the matrix ends here with 2 of 3 numbers");
}

// An array of one row from bytes and a header written out.
std::string raw_npy(const std::string& header, const std::string& bytes) {
  return "\x93NUMPY\x01\0"s + static_cast<char>(header.size()) + '\0' + header + bytes;
}

TEST(matrix_file, npy_of_every_type) {
  const struct {
    const char* type;
    std::string bytes;
    std::vector<double> values;
  } cases[] = {
      {"|b1", "\1\0"s, {1, 0}},
      {"|i1", "\x7F\x80"s, {127, -128}},
      {"|u1", "\x7F\x80"s, {127, 128}},
      {"<i1", "\xFF\1"s, {-1, 1}},
      {"<i2", "\xFE\xFF\1\2"s, {-2, 513}},
      {">i2", "\xFF\xFE\2\1"s, {-2, 513}},
      {"<u2", "\xFE\xFF\1\2"s, {65534, 513}},
      {"<i4", "\0\0\0\x80\1\0\0\0"s, {-2147483648.0, 1}},
      {">u4", "\x80\0\0\0\0\0\0\1"s, {2147483648.0, 1}},
      {"<i8", "\0\0\0\0\0\0\0\x80\xFD\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s, {-0x1p63, -3}},
      {">i8", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFD\0\0\0\0\0\0\1\0"s, {-3, 256}},
      {"<u8", "\0\0\0\0\0\0\0\x80\1\0\0\0\0\0\0\0"s, {0x1p63, 1}},
      {"<f2", "\0\x3C\1\x80"s, {1, -0x1p-24}},
      {">f4", "\x3F\xC0\0\0\xC0\0\0\0"s, {1.5, -2}},
      {">f8", "\x3F\xF8\0\0\0\0\0\0\xC0\0\0\0\0\0\0\0"s, {1.5, -2}},
  };
  for (const auto& c : cases)
    EXPECT_EQ(
        read(raw_npy("{'descr': '"s + c.type + "', 'fortran_order': False, 'shape': (1, 2), }\n", c.bytes))[0].values,
        c.values)
        << c.type;
  EXPECT_EQ(error_of(raw_npy("{'descr': '<i8', 'fortran_order': False, 'shape': (1, 1), }\n", "\1\0\0\0\0\0\x20\0"s)),
            "file: at byte 78: matrix 1: row 1, column 1 is an integer that no double holds");
  for (const char* type : {"<f16", "<c8", "|S1", "|O", "<i3", "|f8", "<i"})
    EXPECT_NE(error_of(raw_npy("{'descr': '"s + type + "', 'fortran_order': False, 'shape': (1, 1), }", ""))
                  .find("numbers of type '"s + type + "': only"),
              std::string::npos)
        << type;
}

TEST(matrix_file, npy_headers_of_other_writers) {
  const std::string bytes = "\1\2\3\4"s;
  for (const char* header : {"{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 2L), }\n",
                             "{\"descr\": \"|u1\", \"fortran_order\": False, \"shape\": (2, 2)}",
                             "{ 'shape' : ( 2 , 2 ) , 'fortran_order' : False , 'descr' : '|u1' }",
                             "{'descr':'|u1','fortran_order':False,'shape':(2,2)}"})
    EXPECT_EQ(read(raw_npy(header, bytes))[0].values, (std::vector<double>{1, 2, 3, 4})) << header;
}

TEST(matrix_file, a_long_line_takes_no_longer_than_many) {
  std::string line;
  for (int k = 0; k < 2'000'000; ++k) line += k % 2 == 0 ? "1 " : "2,";
  const auto before = std::chrono::steady_clock::now();
  for (const char separator : {' ', ','})
    EXPECT_NE(error_of(std::string(1, '1') + separator + line).find(": a row of "), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

// What is quoted ends with a whole letter, and moves no cursor.
TEST(matrix_file, quotes_are_cut_between_letters_and_printable) {
  const std::string cut = error_of(repeated("θ", 30) + "\n");
  EXPECT_EQ(cut, "file:1:1: '" + repeated("θ", 20) + "…' is not a number");
  EXPECT_EQ(error_of("x" + repeated("θ", 30) + "\n"), "file:1:1: 'x" + repeated("θ", 19) + "…' is not a number");
  EXPECT_EQ(error_of("a\xC3\n"), "file:1:1: 'a\\xC3' is not a number");
  EXPECT_EQ(error_of("\xBF\x80\n"), "file:1:1: '\\xBF\\x80' is not a number");
  EXPECT_EQ(error_of("a\xC2\x9B[2J\n"), "file:1:1: 'a\\xC2\\x9B[2J' is not a number");
  EXPECT_EQ(error_of("%%MatrixMarket matrix a\xE2\x80\xAE real general\n").find('\x80'), std::string::npos);
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
     "file:3:5: 1 on the diagonal of a skew-symmetric matrix, which is zero"},
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
