#include "input_text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "number.hpp"

namespace tool {
namespace {

constexpr std::string_view blanks = " \t";
constexpr bool is_blank(char c) { return blanks.find(c) != blanks.npos; }

// Bytes 10xxxxxx continue a UTF-8 character: columns count characters.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Columns of places that come in order: each character of a line is counted once.
class column_counter {
public:
  explicit column_counter(std::string_view line) : line_(line) {}
  std::size_t of(std::size_t place) {
    column_ += characters(line_.substr(counted_, place - counted_));
    counted_ = place;
    return column_;
  }

private:
  std::string_view line_;
  std::size_t counted_ = 0, column_ = 1;
};

} // namespace

std::string display_name(const std::string& file) { return file == "-" ? "standard input" : file; }

std::string read_all(std::istream& in, const std::string& name, const size_limit& limit) {
  std::string text;
  char part[1 << 16];
  while (in.read(part, sizeof part), in.gcount() > 0) {
    text.append(part, static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit.mebibytes << 20)
      throw file_error{name, {}, fmt::format("larger than {} MiB{}", limit.mebibytes, limit.remark)};
  }
  if (in.bad()) throw file_error{name, {}, "cannot be read"};
  return text;
}

std::string read_all(const std::string& file, const size_limit& limit) {
  if (file == "-") return read_all(std::cin, display_name(file), limit);
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw file_error{file, {}, fmt::format("cannot be opened: {}", std::strerror(errno))};
  // A folder opens like a file and fails at the first read.
  if (in.peek() == std::ifstream::traits_type::eof() && errno != 0)
    throw file_error{file, {}, fmt::format("cannot be read: {}", std::strerror(errno))};
  in.clear();
  return read_all(in, file, limit);
}

bool line_reader::next() {
  if (begin_ >= text_.size()) return false;
  // Lines end in \n, \r\n or, of old, \r; files that were converted twice have \r\r\n.
  const std::size_t end = std::min(text_.find_first_of("\r\n", begin_), text_.size());
  line_ = text_.substr(begin_, end - begin_);
  const std::string_view rest = text_.substr(end);
  begin_ = end + (rest.starts_with("\r\r\n") ? 3 : rest.starts_with("\r\n") ? 2 : 1);
  ++number_;
  // A byte order mark is how some editors begin a text file, which others then join.
  if (line_.starts_with("\xEF\xBB\xBF")) line_.remove_prefix(3);
  const auto bad = std::find_if(line_.begin(), line_.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && !is_blank(c)) || byte == 0x7F;
  });
  if (bad != line_.end())
    fail({number_, characters(line_.substr(0, static_cast<std::size_t>(bad - line_.begin()))) + 1},
         fmt::format("byte 0x{:02X}: this is not a text file", static_cast<unsigned char>(*bad)));
  return true;
}

place line_reader::end() const { return {number_, characters(line_) + 1}; }

std::string_view line_reader::body(std::string_view comment) const {
  return line_.substr(0, std::min(line_.find_first_of(comment), line_.size()));
}

std::vector<word> line_reader::words(std::string_view comment) const {
  const std::string_view text = body(comment);
  std::vector<word> r;
  column_counter column(text);
  for (std::size_t i = 0; (i = text.find_first_not_of(blanks, i)) != text.npos;) {
    const std::size_t end = std::min(text.find_first_of(blanks, i), text.size());
    r.push_back({text.substr(i, end - i), {number_, column.of(i)}});
    i = end;
  }
  return r;
}

std::vector<word> line_reader::fields(char separator, std::string_view comment) const {
  const std::string_view text = body(comment);
  std::vector<word> r;
  column_counter column(text);
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    std::size_t first = begin, last = end;
    while (first < last && is_blank(text[first])) ++first;
    while (first < last && is_blank(text[last - 1])) --last;
    r.push_back({text.substr(first, last - first), {number_, column.of(first)}});
    if (end == text.size()) break;
    begin = end + 1;
  }
  if (r.size() == 1 && r[0].text.empty()) r.clear();
  return r;
}

double line_reader::number(const word& w) const {
  double value = 0;
  if (const std::string wrong = read_number(w.text, value); !wrong.empty()) fail(w.at, wrong);
  return value;
}

} // namespace tool
