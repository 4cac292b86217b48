#include "spectral/operations.hpp"

#include <bit>
#include <cstdint>

namespace spectral {

std::vector<answer> compute(const operation& o, const std::vector<matrix>& all) {
  std::vector<answer> r(all.size());
  std::vector<matrix> in(o.width);
  std::vector<answer> out(o.width);
  for (std::size_t begin = 0; begin < all.size(); begin += o.width) {
    for (std::size_t i = 0; i < o.width; ++i) in[i] = all[begin + i < all.size() ? begin + i : 0];
    o.compute(in.data(), out.data());
    for (std::size_t i = 0; i < o.width && begin + i < all.size(); ++i) r[begin + i] = out[i];
  }
  return r;
}

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

bool same(const answer& a, const answer& b) {
  if (a.status != b.status || a.words != b.words || a.numbers.size() != b.numbers.size()) return false;
  for (std::size_t i = 0; i < a.numbers.size(); ++i)
    if (!same(a.numbers[i], b.numbers[i])) return false;
  return true;
}

} // namespace spectral
