/// Text that somebody wrote or some program saved: where it comes from, its lines, words and numbers.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "games_file.hpp"

namespace tool {

/// How large an input may be, and what is said beside that where it is larger.
struct size_limit {
  std::size_t mebibytes = 256;
  std::string_view remark{};
};

/// Everything in a file, or on the standard input for "-". Throws file_error where it cannot be read or is too large.
std::string read_all(const std::string& file, const size_limit& limit = {});

/// The same of a stream. `name` is what errors call it.
std::string read_all(std::istream& in, const std::string& name, const size_limit& limit = {});

/// "standard input" for "-", else the name itself: how messages call it.
std::string display_name(const std::string& file);

/// A word and where it stands.
struct word {
  std::string_view text;
  place at;
};

/// A text, line by line.
class line_reader {
public:
  line_reader(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  /// Goes to the next line. false at the end of the text. Throws file_error at a byte that no text file has.
  bool next();
  std::string_view line() const { return line_; } ///< without the line end
  std::size_t number() const { return number_; }
  place end() const; ///< behind the last character of the line

  /// The words of the line up to a character of `comment`, separated by blanks.
  std::vector<word> words(std::string_view comment) const;
  /// The fields of the line up to a character of `comment`, separated by `separator`, without blanks around them.
  std::vector<word> fields(char separator, std::string_view comment) const;

  [[noreturn]] void fail(place at, std::string message) const { throw file_error{file_, at, std::move(message)}; }

  /// A finite decimal number; throws file_error with the word's place for everything else.
  double number(const word& w) const;

private:
  std::string_view body(std::string_view comment) const;

  std::string_view text_;
  std::string file_;
  std::string_view line_;
  std::size_t begin_ = 0, number_ = 0;
};

} // namespace tool
