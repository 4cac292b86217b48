// What `compare` times.
#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "native.hpp"

namespace tool {
// Named: lambdas of the templates below hold what is in it.
namespace timing {

/// Nanoseconds of f, the fastest of several rounds: what remains is the least disturbed by the rest of the machine.
template <class F> double fastest(F&& f) {
  using clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::infinity();
  const auto end = clock::now() + std::chrono::milliseconds(8);
  int rounds = 0;
  while (rounds++ < 3 || clock::now() < end) {
    const auto before = clock::now();
    f();
    best = std::min(best, std::chrono::duration<double, std::nano>(clock::now() - before).count());
  }
  return best;
}

template <class T> auto bits_of(T x) {
  return std::bit_cast<std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>(x);
}

/// Values of so many scalars each for a number of games, in blocks, on cache lines.
template <class T> class block_storage {
  static constexpr std::size_t block = 64 / sizeof(T);
  struct alignas(64) line {
    T numbers[block];
  };
  std::size_t scalars_;
  std::vector<line> lines_;

public:
  block_storage(std::size_t scalars, std::size_t games) : scalars_(scalars), lines_(games / block * scalars) {}
  T* data() { return lines_.data()->numbers; }
  T& operator()(std::size_t scalar, std::size_t game) {
    return lines_[game / block * scalars_ + scalar].numbers[game % block];
  }
  void copy_from(const block_storage& o) { std::copy(o.lines_.begin(), o.lines_.end(), lines_.begin()); }
};

} // namespace timing

template <class T> std::optional<step_times> native_times(std::string_view rule, const native_game& from, double eta) {
  constexpr std::size_t games = 256;
  constexpr std::uint64_t steps = 1000;
  const auto kernels = native_kernels_of<T>(rule, from.kind, from.p, from.q);
  if (kernels == nullptr) return {};

  std::vector<T> game;
  for (const along_row& x : from.numbers) game.push_back(static_cast<T>(x.common));
  const std::vector<T> p(kernels->step_scalars, static_cast<T>(eta));
  timing::block_storage<T> each_game(game.size(), games), each_step(p.size(), games), points(from.start.size(), games),
      first(kernels->state_scalars, games);
  for (std::size_t g = 0; g < games; ++g) {
    for (std::size_t k = 0; k < game.size(); ++k) each_game(k, g) = game[k];
    for (std::size_t k = 0; k < p.size(); ++k) each_step(k, g) = p[k];
    for (std::size_t k = 0; k < from.start.size(); ++k)
      points(k, g) = static_cast<T>(from.start[k]) * (T(1) + static_cast<T>(g) / T(games));
  }
  kernels->start({games, each_game.data(), each_step.data(), points.data(), first.data()});
  timing::block_storage<T> last(first);
  const tile_of<T> all{games, each_game.data(), each_step.data(), points.data(), last.data()};
  const auto state_of = [&](std::size_t g) {
    std::vector<T> r;
    for (std::size_t k = 0; k < kernels->state_scalars; ++k) r.push_back(first(k, g));
    return r;
  };

  const double batch = timing::fastest([&] {
    last.copy_from(first);
    kernels->run(all, steps);
  });
  const std::vector<T> start = state_of(0);
  std::vector<T> end = start;
  const double alone = timing::fastest([&] {
    std::copy(start.begin(), start.end(), end.begin());
    kernels->alone(game.data(), p.data(), end.data(), steps);
  });

  step_times r{alone / static_cast<double>(steps), batch / static_cast<double>(steps * games)};
  for (std::size_t g = 0; g < games; ++g) {
    std::vector<T> by_itself = state_of(g);
    kernels->alone(game.data(), p.data(), by_itself.data(), steps);
    for (std::size_t k = 0; k < by_itself.size(); ++k)
      r.verified = r.verified && timing::bits_of(by_itself[k]) == timing::bits_of(last(k, g));
  }
  return r;
}
template std::optional<step_times> native_times<float>(std::string_view, const native_game&, double);
template std::optional<step_times> native_times<double>(std::string_view, const native_game&, double);

} // namespace tool
