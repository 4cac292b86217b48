#include "row_player.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "block_kernels.hpp"

namespace tool {
namespace {

constexpr std::size_t width = saddle::width<wide>, block = 64 / sizeof(double);

// As many games as stay in the first cache with all that is seen of them.
constexpr std::size_t games_a_tile = 64;

using cache_line = std::array<double, block>;

// Blocks of rows of scalars for the games of a tile, on cache lines.
class tile_memory {
public:
  explicit tile_memory(std::size_t scalars) : scalars_(scalars), lines_(games_a_tile / block * scalars) {}
  double* data() { return lines_.data()->numbers.data(); }

  void fill(std::size_t scalar, double x) {
    for (std::size_t b = 0; b < games_a_tile / block; ++b) lines_[b * scalars_ + scalar].numbers.fill(x);
  }
  // Numbers of cells from `first` on; those behind the last repeat it.
  void copy(std::size_t scalar, const double* cells, std::size_t first, std::size_t count) {
    for (std::size_t b = 0; b < games_a_tile / block && first < count; ++b, first += block) {
      cache_line& to = lines_[b * scalars_ + scalar].numbers;
      const std::size_t there = std::min(block, count - first);
      std::copy_n(cells + first, there, to.begin());
      std::fill(to.begin() + static_cast<std::ptrdiff_t>(there), to.end(), cells[count - 1]);
    }
  }

private:
  struct alignas(64) line {
    cache_line numbers;
  };
  std::size_t scalars_;
  std::vector<line> lines_;
};

// Numbers of which each cell of a row may have its own.
class varied {
public:
  explicit varied(std::size_t count) : numbers_(count), memory_(count) {}

  void set(std::size_t k, const along_row& x) {
    numbers_[k] = x;
    if (x.each == nullptr) memory_.fill(k, x.common);
  }
  double* of(std::size_t first, std::size_t count) {
    for (std::size_t k = 0; k < numbers_.size(); ++k)
      if (numbers_[k].each != nullptr) memory_.copy(k, numbers_[k].each, first, count);
    return memory_.data();
  }

private:
  std::vector<along_row> numbers_;
  tile_memory memory_;
};

// A row on its way: one tile of it at a time.
class batch {
public:
  batch(const block_kernels& kernels, look_function see, const native_game& like)
      : kernels_(kernels), see_(see), game_(like.numbers.size()), steps_(kernels.step_scalars),
        points_(like.start.size()), states_(kernels.state_scalars) {}

  void begin_row(const native_game& game, const rule_steps<along_row>& steps) {
    for (std::size_t k = 0; k < game.numbers.size(); ++k) game_.set(k, game.numbers[k]);
    for (std::size_t k = 0; k < kernels_.step_scalars; ++k) steps_.set(k, k < 2 ? steps.eta[k] : steps.gamma[k - 2]);
    for (std::size_t k = 0; k < game.start.size(); ++k) points_.fill(k, game.start[k]);
  }

  void place(std::size_t first, std::size_t count) {
    const std::size_t games = (std::min(games_a_tile, count - first) + block - 1) / block * block;
    tile_ = {games, game_.of(first, count), steps_.of(first, count), points_.data(), states_.data(), nullptr};
    if (kernels_.can_fail) tile_.status = status_.data();
    for (solved_lanes& lanes : solved) lanes.fill(true);
    kernels_.start(tile_);
  }
  void advance(std::uint64_t steps) {
    kernels_.run(tile_, steps);
    for (std::size_t g = 0; kernels_.can_fail && g < tile_.games; ++g)
      if (status_[g] == saddle::status::unsolved) solved[g / width][g % width] = false;
  }
  void look() { see_(tile_, kernels_.state_scalars, squared.data(), nullptr); }
  void look_closely() { see_(tile_, kernels_.state_scalars, squared.data(), places.data()); }
  std::size_t vectors() const { return tile_.games / width; }

  std::array<wide, games_a_tile / width> squared, places;
  std::array<solved_lanes, games_a_tile / width> solved;

private:
  const block_kernels& kernels_;
  look_function see_;
  varied game_, steps_;
  tile_memory points_, states_;
  std::array<saddle::status, games_a_tile> status_;
  tile tile_;
};

void see_end(batch& b, std::size_t first, std::uint64_t count, const outcomes& out) {
  b.place(first, out.size());
  b.look();
  const auto before = b.squared;
  b.advance(count);
  b.look();
  const std::size_t vectors = b.vectors();
  judge_end(std::span(before).first(vectors), std::span(b.squared).first(vectors), count,
            std::span(b.solved).first(vectors), out.part(first, games_a_tile));
}

void see_way(batch& b, std::size_t first, const std::vector<std::uint64_t>& times, std::span<onlooker> watch,
             const outcomes& out) {
  b.place(first, out.size());
  for (std::size_t v = 0; v < b.vectors(); ++v) watch[v].begin();
  for (std::size_t k = 0; k < times.size(); ++k) {
    if (k > 0) b.advance(times[k] - times[k - 1]);
    b.look_closely();
    bool running = false;
    for (std::size_t v = 0; v < b.vectors(); ++v) {
      watch[v].look(times[k], b.squared[v], b.places[v]);
      running = running || watch[v].running(b.solved[v]);
    }
    if (!running) break;
  }
  for (std::size_t v = 0; v < b.vectors() && first < out.size(); ++v, first += width)
    watch[v].judge(b.solved[v], out.part(first, width));
}

class batch_player final : public row_player {
public:
  batch_player(std::unique_ptr<block_kernels> kernels, look_function see, const native_game& like, std::uint64_t count,
               look how)
      : kernels_(std::move(kernels)), batch_(*kernels_, see, like), count_(count), how_(how), times_(look_times(count)),
        watch_(games_a_tile / width) {}

  void play(const native_game& game, const rule_steps<along_row>& steps, const outcomes& out) override {
    batch_.begin_row(game, steps);
    for (std::size_t first = 0; first < out.size(); first += games_a_tile)
      if (how_ == look::at_end) see_end(batch_, first, count_, out);
      else see_way(batch_, first, times_, watch_, out);
  }

private:
  std::unique_ptr<block_kernels> kernels_;
  batch batch_;
  std::uint64_t count_;
  look how_;
  std::vector<std::uint64_t> times_;
  std::vector<onlooker> watch_;
};

} // namespace

std::unique_ptr<row_player> choose_player(std::string_view rule, const native_game& like, std::uint64_t count,
                                          look how) {
  auto kernels = forced_isa().empty() ? own_kernels(rule, like.kind, like.p, like.q)
                                      : compiled_kernels(rule, like.kind, like.p, like.q);
  const look_function see = look_of(like.kind, like.p, like.q);
  if (kernels == nullptr || see == nullptr) return nullptr;
  return std::make_unique<batch_player>(std::move(kernels), see, like, count, how);
}

} // namespace tool
