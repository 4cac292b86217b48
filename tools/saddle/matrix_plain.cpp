// Rows of numbers, separated by blanks or by commas or semicolons; an empty line ends a matrix.
#include <fmt/format.h>

#include "input_text.hpp"
#include "matrix_file.hpp"

namespace tool {
namespace {

constexpr std::string_view comment = "#%";

// The separator of a file is that of its first row: a blank, unless there is a comma or a semicolon.
char separator_of(std::string_view line) {
  const std::size_t at = line.find_first_of(",;");
  return at == line.npos ? ' ' : line[at];
}

} // namespace

std::vector<matrix> parse_plain_matrices(std::string_view contents, const std::string& name) {
  line_reader in(contents, name);
  std::vector<matrix> all;
  char separator = 0;
  bool open = false;
  while (in.next()) {
    if (looks_like_banner(in.line()))
      in.fail({in.number(), 1}, "a Matrix Market banner behind matrices of text: a file has one format");
    const std::string_view text = in.line().substr(0, in.line().find_first_of(comment));
    if (text.find_first_not_of(" \t\r") == text.npos) {
      // A comment on a line of its own does not end a matrix.
      if (text.size() == in.line().size()) open = false;
      continue;
    }
    if (separator == 0) separator = separator_of(text);
    const std::vector<word> row = separator == ' ' ? in.words(comment) : in.fields(separator, comment);
    if (row.size() > largest_matrix)
      in.fail(row[largest_matrix].at,
              fmt::format("a row of {} numbers: matrices have at most {} columns", row.size(), largest_matrix));
    if (!open) all.push_back({0, row.size(), {}, row.front().at});
    open = true;
    matrix& m = all.back();
    std::vector<double> numbers;
    numbers.reserve(row.size());
    for (const word& w : row) numbers.push_back(in.number(w));
    if (row.size() != m.columns)
      in.fail(row.size() > m.columns ? row[m.columns].at : in.end(),
              fmt::format("row {} of matrix {} has {} numbers, the first has {}", m.rows + 1, all.size(), row.size(),
                          m.columns));
    if (m.rows == largest_matrix)
      in.fail(row.front().at, fmt::format("one row more than {}: an empty line separates matrices", largest_matrix));
    m.values.insert(m.values.end(), numbers.begin(), numbers.end());
    ++m.rows;
  }
  if (all.empty()) in.fail({1, 1}, "there is no matrix in this file");
  return all;
}

} // namespace tool
