/// What a text says as a number: the one reader for options and files alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tool {

/// A text in quotes for a message, on one line: long ones are cut between characters, and what would move a cursor or is no
/// UTF-8 is written as \xNN.
std::string quoted_text(std::string_view text);

/// The same without quotes, uncut: a whole message.
std::string printable(std::string_view text);

/// Reads a finite decimal number; a D may stand for the E of its exponent, as Fortran writes it. Returns what is wrong,
/// a sentence with the text in it, or nothing.
std::string read_number(std::string_view text, double& to);

/// Reads a whole number of decimal digits from `least` to `most` in the same way.
std::string read_whole_number(std::string_view text, std::int64_t least, std::int64_t most, std::int64_t& to);

} // namespace tool
