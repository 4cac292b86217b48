/// Playing, checking and timing a row, whatever its rule, type and size: compiled once.
#pragma once

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "step/task.hpp"

namespace bench::step {

/// How many games, and how many steps of each before the next.
struct load {
  std::size_t games;
  int steps;
  std::string where; ///< the cache of the working set; empty for one game
  bool cached = true;
};

/// All that was entered: players in the order of `contestants` below, of the registry, and of type and size.
const std::vector<player>& players();
/// In the order of the registry.
const std::vector<rule_facts>& rules();
const rule_facts& facts_of(const std::string& rule);

/// Ours, peers, and ours in batches: the order of their rows.
std::vector<std::string> contestants();

/// Bytes of a state, and of a game with its state.
std::size_t state_bytes(const player&);
std::size_t game_bytes(const player&);

/// Whether the player's games are where the oracle has them after the steps of a load; `spoilt`, with a number changed.
bool agrees(const player&, const load&, bool spoilt);

/// Checks the row, times it and sets its counters.
void measure(benchmark::State&, const player&, const load&);

} // namespace bench::step
