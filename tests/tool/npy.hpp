/// .npy files for tests, written from the format's description.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace npy_test {

inline void append_little_endian(std::string& to, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// An array of the numbers in the order given; the header is padded to 128 bytes.
inline std::string array(const std::vector<double>& numbers, const std::vector<std::size_t>& shape, int version,
                         bool single, bool columns_first) {
  std::string sizes;
  for (const std::size_t n : shape) sizes += std::to_string(n) + ", ";
  std::string header = "{'descr': '" + std::string(single ? "<f4" : "<f8") +
                       "', 'fortran_order': " + (columns_first ? "True" : "False") + ", 'shape': (" + sizes + "), }";
  const std::size_t length_size = version == 1 ? 2 : 4;
  header.resize(128 - 8 - length_size - 1, ' ');
  header += '\n';
  std::string r = "\x93NUMPY";
  r += static_cast<char>(version);
  r += '\0';
  append_little_endian(r, header.size(), length_size);
  r += header;
  for (const double x : numbers)
    if (single) append_little_endian(r, std::bit_cast<std::uint32_t>(static_cast<float>(x)), 4);
    else append_little_endian(r, std::bit_cast<std::uint64_t>(x), 8);
  return r;
}

} // namespace npy_test
