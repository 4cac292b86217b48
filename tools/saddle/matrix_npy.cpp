// NumPy's .npy, versions 1 to 3: floating-point numbers, integers and truth values in either order of bytes and of
// indices. Two dimensions are a matrix, three a stack of them; arrays may follow one another in a file, as repeated calls
// of numpy.save write them.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "matrix_file.hpp"
#include "number.hpp"

namespace tool {
namespace {

constexpr std::string_view magic = "\x93NUMPY";

// A type as NumPy writes it: the order of bytes, a letter, and their number.
struct number_type {
  bool big_endian = false;
  char letter = 'f';
  std::size_t bytes = 8;
};

struct array_header {
  number_type type;
  bool columns_first = false;
  std::vector<std::size_t> shape;
};

// NumPy's halves: a sign, five bits of exponent, ten of the number.
double half(std::uint64_t bits) {
  const auto fraction = static_cast<double>(bits & 0x3FF);
  const int exponent = static_cast<int>(bits >> 10 & 0x1F);
  const double size = exponent == 0    ? std::ldexp(fraction, -24)
                      : exponent == 31 ? std::numeric_limits<double>::quiet_NaN()
                                       : std::ldexp(fraction + 1024, exponent - 25);
  return bits >> 15 != 0 ? -size : size;
}

class npy_reader {
public:
  npy_reader(std::string_view contents, const std::string& name) : bytes_(contents), name_(name) {}

  std::vector<matrix> all() {
    std::vector<matrix> r;
    while (at_ < bytes_.size()) one(r);
    if (r.empty()) fail("an array without matrices");
    return r;
  }

private:
  [[noreturn]] void fail(const std::string& what) const {
    throw file_error{name_, {}, fmt::format("at byte {}: {}", at_, what)};
  }

  std::string_view take(std::size_t count, std::string_view what) {
    if (bytes_.size() - at_ < count)
      fail(fmt::format("the file is cut off: {} of {} bytes, of {}", bytes_.size() - at_, count, what));
    const std::string_view r = bytes_.substr(at_, count);
    at_ += count;
    return r;
  }

  // Little-endian by the format's definition, whatever the machine is.
  template <class U> static U integer(std::string_view bytes) {
    U r = 0;
    for (std::size_t i = 0; i < sizeof(U); ++i)
      r = static_cast<U>(r | static_cast<U>(static_cast<U>(static_cast<unsigned char>(bytes[i])) << (8 * i)));
    return r;
  }

  static std::string_view without_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(' '), text.size()));
  }

  // What follows `'key':` in the header, a Python dictionary, in quotes of either kind.
  std::string_view value_of(std::string_view header, std::string_view key) const {
    for (const char quote : {'\'', '"'}) {
      const std::string name = quote + std::string(key) + quote;
      if (const std::size_t at = header.find(name); at != header.npos) {
        const std::string_view rest = without_blanks(header.substr(at + name.size()));
        if (rest.starts_with(':')) return without_blanks(rest.substr(1));
      }
    }
    fail(fmt::format("the header has no '{}'", key));
  }

  // `'<f8'` and the like.
  number_type type_of(std::string_view text) const {
    const std::size_t end = text.empty() ? text.npos : text.find(text[0], 1);
    const bool is_quoted = end != text.npos && (text[0] == '\'' || text[0] == '"');
    const std::string_view name = is_quoted ? text.substr(1, end - 1) : std::string_view{};
    constexpr std::string_view known[] = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"};
    constexpr std::string_view orders = "<>=|";
    if (name.size() != 3 || orders.find(name[0]) == orders.npos ||
        std::find(std::begin(known), std::end(known), name.substr(1)) == std::end(known) ||
        (name[0] == '|' && name[2] != '1'))
      fail(fmt::format(
          "numbers of type {}: only floating-point numbers of 2, 4 and 8 bytes, integers and truth values are "
          "read",
          quoted_text(is_quoted ? name : text.substr(0, text.find(',')))));
    const bool native_big = std::endian::native == std::endian::big;
    return {name[0] == '>' || (name[0] == '=' && native_big), name[1], static_cast<std::size_t>(name[2] - '0')};
  }

  // NaN where a double does not hold the number.
  static double number(const number_type& type, std::string_view bytes) {
    std::uint64_t bits = 0, all = 0;
    for (std::size_t i = 0; i < type.bytes; ++i) {
      bits |= std::uint64_t{static_cast<unsigned char>(bytes[type.big_endian ? type.bytes - 1 - i : i])} << (8 * i);
      all |= std::uint64_t{0xFF} << (8 * i);
    }
    if (type.letter == 'f')
      return type.bytes == 8   ? std::bit_cast<double>(bits)
             : type.bytes == 4 ? double{std::bit_cast<float>(static_cast<std::uint32_t>(bits))}
                               : half(bits);
    if (type.letter == 'b') return bits != 0 ? 1 : 0;
    const std::uint64_t sign = all ^ (all >> 1);
    const bool negative = type.letter == 'i' && (bits & sign) != 0;
    const std::uint64_t size = negative ? (~bits & all) + 1 : bits; // two's complement
    const auto x = static_cast<double>(size);
    if (x >= 0x1p64 || static_cast<std::uint64_t>(x) != size) return std::numeric_limits<double>::quiet_NaN();
    return negative ? -x : x;
  }

  array_header parse(std::string_view header) const {
    array_header r;
    r.type = type_of(value_of(header, "descr"));
    const std::string_view order = value_of(header, "fortran_order");
    if (!order.starts_with("True") && !order.starts_with("False")) fail("fortran_order is neither True nor False");
    r.columns_first = order.starts_with("True");

    std::string_view shape = value_of(header, "shape");
    const std::size_t close = shape.find(')');
    if (!shape.starts_with('(') || close == shape.npos) fail("the shape is no list of sizes");
    shape = shape.substr(1, close - 1);
    while (true) {
      shape = shape.substr(std::min(shape.find_first_not_of(" ,"), shape.size()));
      if (shape.empty()) break;
      std::size_t size = 0;
      const auto [end, error] = std::from_chars(shape.data(), shape.data() + shape.size(), size);
      if (error != std::errc{}) fail("the shape is no list of sizes");
      r.shape.push_back(size);
      shape.remove_prefix(static_cast<std::size_t>(end - shape.data()));
      if (shape.starts_with('L')) shape.remove_prefix(1); // a long integer of Python 2
    }
    return r;
  }

  void one(std::vector<matrix>& all) {
    if (!bytes_.substr(at_).starts_with(magic)) fail("this is no .npy array");
    at_ += magic.size();
    const std::string_view version = take(2, "the version");
    const int major = static_cast<unsigned char>(version[0]);
    if (major < 1 || major > 3) fail(fmt::format("version {} of the format is not known", major));
    const std::size_t length = major == 1 ? integer<std::uint16_t>(take(2, "the header's length"))
                                          : integer<std::uint32_t>(take(4, "the header's length"));
    const array_header header = parse(take(length, "the header"));
    const auto& shape = header.shape;
    if (shape.size() != 2 && shape.size() != 3)
      fail(fmt::format("an array of {} dimensions: a matrix has two, a stack of matrices three", shape.size()));
    const std::size_t count = shape.size() == 3 ? shape[0] : 1, rows = shape[shape.size() - 2],
                      columns = shape[shape.size() - 1];
    if (rows == 0 || columns == 0) fail("an empty matrix");
    if (rows > largest_matrix || columns > largest_matrix)
      fail(fmt::format("a matrix of {} x {}: there are at most {} rows and columns", rows, columns, largest_matrix));
    const std::size_t number_size = header.type.bytes, number_count = rows * columns;
    // Before the product: a forged count must not wrap around.
    if (count > bytes_.size()) fail(fmt::format("the file is cut off: it cannot hold {} matrices", count));
    const std::string_view data = take(count * number_count * number_size, "numbers");
    for (std::size_t m = 0; m < count; ++m) {
      matrix next{rows, columns, std::vector<double>(number_count), {}};
      for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t k = 0; k < columns; ++k) {
          const std::size_t place = header.columns_first ? m + count * (i + rows * k) : columns * (rows * m + i) + k;
          const double x = number(header.type, data.substr(place * number_size, number_size));
          if (!std::isfinite(x))
            fail(fmt::format("matrix {}: row {}, column {} is {}", all.size() + 1, i + 1, k + 1,
                             header.type.letter == 'f' ? "not a finite number" : "an integer that no double holds"));
          next.values[i * columns + k] = x;
        }
      all.push_back(std::move(next));
    }
  }

  std::string_view bytes_;
  const std::string& name_;
  std::size_t at_ = 0;
};

} // namespace

std::vector<matrix> parse_npy(std::string_view contents, const std::string& name) {
  return npy_reader(contents, name).all();
}

} // namespace tool
