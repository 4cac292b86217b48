/// saddle, a batch through the C interface: the compiled kernels, one contestant an instruction set.
#include "step/saddle_kernels.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include <saddle/saddle.h>

#include "step/measure.hpp"

namespace bench::step {
namespace {

/// What a player needs to know of itself.
struct kernel {
  std::string isa, contestant;
  saddle_problem problem;
  saddle_sizes row{};

  struct alignas(64) line {
    std::byte at[64];
  };
  /// The step sizes of each game of a batch, packed before the batch is timed.
  mutable std::vector<line> steps{};
  mutable std::size_t games = 0;

  std::size_t bytes() const { return problem.scalar == SADDLE_FLOAT ? sizeof(float) : sizeof(double); }

  template <class T> void pack(const T* of_one, std::size_t count) const {
    std::vector<T> rows(count * row.parameters);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = of_one[i % row.parameters];
    steps.resize(saddle_block_memory(problem.scalar, row.parameters, count) * sizeof(T) / sizeof(line));
    saddle_pack(problem.scalar, row.parameters, rows.data(), count, steps.data());
    games = count;
  }
};

void start(const void* self, const void* c, void* state) {
  const auto& k = *static_cast<const kernel*>(self);
  saddle_select_isa(k.isa.c_str()); // for the run that follows
  // As a batch of one game.
  std::vector<kernel::line> game(saddle_block_memory(k.problem.scalar, k.row.game, 1) * k.bytes() / 64),
      of_state(saddle_block_memory(k.problem.scalar, k.row.state, 1) * k.bytes() / 64);
  saddle_pack(k.problem.scalar, k.row.game, c, 1, game.data());
  saddle_pack(k.problem.scalar, k.row.state, state, 1, of_state.data());
  saddle_start(&k.problem, {game.data(), 0}, of_state.data(), 1);
  saddle_unpack(k.problem.scalar, k.row.state, of_state.data(), 1, state);
}

void run(const void* self, void* games, const void* steps, void* states, std::size_t count, int times) {
  const auto& k = *static_cast<const kernel*>(self);
  if (k.games != count) { // the run that is checked, before those that are timed
    if (k.problem.scalar == SADDLE_FLOAT) k.pack(static_cast<const float*>(steps), count);
    else k.pack(static_cast<const double*>(steps), count);
  }
  saddle_run(&k.problem, {games, 0}, {k.steps.data(), 0}, states, count, static_cast<std::uint64_t>(times), nullptr);
}

} // namespace

void enter_kernels() {
  static std::deque<kernel> kernels;
  std::vector<const char*> isas(saddle_available_isas(nullptr, 0));
  saddle_available_isas(isas.data(), isas.size());
  const std::vector<player> known = players();
  for (const char* isa : isas)
    for (const player& like : known) {
      if (like.run == nullptr) continue; // at the rules, types and sizes of saddle_batch
      const auto n = static_cast<unsigned>(like.n);
      kernel k{isa,
               "kernels_" + std::string(isa),
               {static_cast<saddle_dynamics>(facts_of(like.rule).id), SADDLE_GAME_BILINEAR,
                like.single ? SADDLE_FLOAT : SADDLE_DOUBLE, n, n}};
      if (saddle_problem_sizes(&k.problem, &k.row) != SADDLE_OK) continue; // not compiled: the program says so
      kernels.push_back(k);
      player p = like;
      p.contestant = kernels.back().contestant.c_str();
      p.state = k.row.state;
      p.start = start;
      p.run = run;
      p.self = &kernels.back();
      enter(p);
    }
}

} // namespace bench::step
