// NumPy's .npy, versions 1 to 3: little-endian float32 and float64 in either order. Two dimensions are a matrix, three a
// stack of them; arrays may follow one another in a file, as repeated calls of numpy.save write them.
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "matrix_file.hpp"

namespace tool {
namespace {

constexpr std::string_view magic = "\x93NUMPY";

// What a message quotes from a header that may hold anything.
std::string printable(std::string_view text) {
  std::string r(text.substr(0, 24));
  for (char& c : r)
    if (c < 0x20 || c == 0x7F) c = '?';
  return r;
}

struct array_header {
  bool single = false, columns_first = false;
  std::vector<std::size_t> shape;
};

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

  // What follows `'key':` in the header, a Python dictionary.
  std::string_view value_of(std::string_view header, std::string_view key) const {
    const std::size_t at = header.find(fmt::format("'{}':", key));
    if (at == header.npos) fail(fmt::format("the header has no '{}'", key));
    const std::string_view rest = header.substr(at + key.size() + 3);
    return rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
  }

  array_header parse(std::string_view header) const {
    array_header r;
    const std::string_view type = value_of(header, "descr");
    if (!type.starts_with("'<f4'") && !type.starts_with("'<f8'"))
      fail(fmt::format("numbers of type {}: only '<f4' and '<f8' are read", printable(type.substr(0, type.find(',')))));
    r.single = type.starts_with("'<f4'");
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
    const std::size_t number_size = header.single ? 4 : 8, number_count = rows * columns;
    // Before the product: a forged count must not wrap around.
    if (count > bytes_.size()) fail(fmt::format("the file is cut off: it cannot hold {} matrices", count));
    const std::string_view data = take(count * number_count * number_size, "numbers");
    for (std::size_t m = 0; m < count; ++m) {
      matrix next{rows, columns, std::vector<double>(number_count), {}};
      for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t k = 0; k < columns; ++k) {
          const std::size_t place = header.columns_first ? m + count * (i + rows * k) : columns * (rows * m + i) + k;
          const std::string_view from = data.substr(place * number_size, number_size);
          const double x = header.single ? double{std::bit_cast<float>(integer<std::uint32_t>(from))}
                                         : std::bit_cast<double>(integer<std::uint64_t>(from));
          if (!std::isfinite(x))
            fail(fmt::format("matrix {}: row {}, column {} is not a finite number", all.size() + 1, i + 1, k + 1));
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
