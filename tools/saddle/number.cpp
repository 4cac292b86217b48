#include "number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include <fmt/format.h>

namespace tool {
namespace {

// Bytes of the UTF-8 character that `text` begins with, which moves no cursor; 0 where there is none.
std::size_t printable_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(0);
  if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  unsigned code = first & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3F);
  }
  constexpr unsigned smallest[] = {0, 0, 0xA0, 0x800, 0x10000}; // of so many bytes; U+0080 to U+009F are controls
  const bool control = code == 0x2028 || code == 0x2029 || (code >= 0x202A && code <= 0x202E);
  const bool character = code >= smallest[size] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return first >= 0xC0 && first < 0xF8 && character && !control ? size : 0;
}

// Until `most` bytes of the text are used up.
std::string printable(std::string_view text, std::size_t most) {
  std::string r;
  while (!text.empty()) {
    const std::size_t size = printable_character(text), used = std::max<std::size_t>(size, 1);
    if (used > most) return r + "…";
    if (size > 0) r += text.substr(0, size);
    else r += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[0]));
    text.remove_prefix(used);
    most -= used;
  }
  return r;
}

} // namespace

std::string printable(std::string_view text) { return printable(text, text.size()); }

std::string quoted_text(std::string_view text) {
  constexpr std::size_t longest = 40;
  return fmt::format("'{}'", printable(text, longest));
}

std::string read_number(std::string_view text, double& to) {
  if (text.empty()) return "a number is missing here";
  std::string digits(text);
  // std::from_chars takes no plus sign.
  if (digits.size() > 1 && digits[0] == '+' && digits[1] != '-') digits.erase(0, 1);
  const std::size_t exponent = digits.find_first_not_of("+-.0123456789");
  if (exponent != digits.npos && exponent > 0 && (digits[exponent] == 'd' || digits[exponent] == 'D'))
    digits[exponent] = 'e';
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, to);
  if (error == std::errc::result_out_of_range && end == last)
    return quoted_text(text) + " is too large or too small for a double";
  if (error != std::errc{} || end != last) return quoted_text(text) + " is not a number";
  return std::isfinite(to) ? "" : quoted_text(text) + " is not a finite number";
}

std::string read_whole_number(std::string_view text, std::int64_t least, std::int64_t most, std::int64_t& to) {
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, to);
  if (error == std::errc{} && end == last && to >= least && to <= most) return "";
  return most == std::numeric_limits<std::int64_t>::max()
             ? fmt::format("{} is no whole number from {} on", quoted_text(text), least)
             : fmt::format("{} is no whole number from {} to {}", quoted_text(text), least, most);
}

} // namespace tool
