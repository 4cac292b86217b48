#include "input_text.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <system_error>

#include <fmt/format.h>

namespace tool {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Bytes 10xxxxxx continue a UTF-8 character: columns count characters.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// What is quoted in a message stays short and on one line.
std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  return text.size() <= longest ? fmt::format("'{}'", text) : fmt::format("'{}…'", text.substr(0, longest));
}

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
  const std::size_t end = std::min(text_.find('\n', begin_), text_.size());
  line_ = text_.substr(begin_, end - begin_);
  begin_ = end + 1;
  // A byte order mark is how some editors begin a text file.
  if (++number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) line_.remove_prefix(3);
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

word line_reader::trimmed(std::size_t begin, std::size_t end) const {
  while (begin < end && is_blank(line_[begin])) ++begin;
  while (begin < end && is_blank(line_[end - 1])) --end;
  return {line_.substr(begin, end - begin), {number_, characters(line_.substr(0, begin)) + 1}};
}

std::vector<word> line_reader::words(std::string_view comment) const {
  const std::string_view text = body(comment);
  std::vector<word> r;
  for (std::size_t i = 0; i < text.size();) {
    if (is_blank(text[i])) {
      ++i;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(" \t\r", i), text.size());
    r.push_back(trimmed(i, end));
    i = end;
  }
  return r;
}

std::vector<word> line_reader::fields(char separator, std::string_view comment) const {
  const std::string_view text = body(comment);
  std::vector<word> r;
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    r.push_back(trimmed(begin, end));
    if (end == text.size()) break;
    begin = end + 1;
  }
  if (r.size() == 1 && r[0].text.empty()) r.clear();
  return r;
}

double line_reader::number(const word& w) const {
  std::string_view digits = w.text;
  if (digits.empty()) fail(w.at, "a number is missing here");
  // std::from_chars takes no plus sign.
  if (digits.size() > 1 && digits.front() == '+' && digits[1] != '-') digits.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range)
    fail(w.at, fmt::format("{} is too large or too small for a double", quoted(w.text)));
  if (error != std::errc{} || end != digits.data() + digits.size())
    fail(w.at, fmt::format("{} is not a number", quoted(w.text)));
  if (!std::isfinite(value)) fail(w.at, fmt::format("{} is not a finite number", quoted(w.text)));
  return value;
}

} // namespace tool
