/// The task: take steps of a rule on bilinear games, one game alone or a batch. Contestants are files of this folder:
/// ours play every rule of the registry, a peer those it has a file for, peer/rule.hpp.
///
/// A row is named step/contestant/dynamics/type/n=…/games=…/steps=…, with the steps a load of a game and its state, and
/// counts
///   ns_per_game_step   processor time a game and step, the best of many short stretches
///   gflops             nominal floating-point operations a second: those of the rule's equation, folded or not
///   gbytes             bytes a second of games read and states read and written, once a load
///   percent_of_limit   of the limit that binds, measured beside the row: the FMA peak, or for a batch the memory (in
///                      caches reading, changing and writing back; from DRAM what is read, at the speed of reading)
/// The label says in which cache a batch lies. A contestant's result is compared with the oracle before it is timed; a
/// wrong one gets an error in place of a time.
///
/// This header is what a contestant sees. It includes next to nothing, and what measures sees pointers in place of
/// types: a rule, type and size more costs the compiler the contestant's own loop. Numbers are T in plain arrays: the
/// matrix C by rows, θ before ω, the step sizes of a rule in the order of its parameters.
#pragma once

#include <cstddef>

namespace bench::step {

/// The largest number of step sizes that a rule may have.
inline constexpr std::size_t most_steps = 16;

/// A contestant at one rule, type and size.
struct player {
  const char* contestant;
  const char* rule;
  bool single; ///< float, else double
  std::size_t n;
  bool alone = false;   ///< whether it has rows of one game
  bool batches = false; ///< and rows of many

  // One game at a time. `prepare` brings it into a form of the contestant's, of so many bytes, outside the time.
  std::size_t form = 0;
  void (*prepare)(const void* c, const void* steps, void* form) = nullptr;
  void (*advance)(const void* forms, void* points, std::size_t games, int count) = nullptr;

  // Or a batch in the library's blocks, a state of so many scalars each, the point first. `self` is the player's own.
  std::size_t state = 0;
  void (*start)(const void* self, const void* c, void* state) = nullptr;
  void (*run)(const void* self, void* games, const void* steps, void* states, std::size_t count, int times) = nullptr;
  const void* self = nullptr;
};

/// What the equation of a rule counts, from its facts. The place is that in the registry: rows are in its order.
struct rule_facts {
  const char* name;
  int place, id;
  bool stands; ///< for the rules that are like it: it plays large games, and alone by default
  int field_evaluations, products, updates, solves;
  std::size_t memory;
};

/// A rule in long double on a game of n × n: moves z.
struct oracle {
  const char* rule;
  std::size_t n;
  void (*follow)(const long double* c, const long double* steps, long double* z, int count);
};

/// Enters something into the competition. Returns true, so that a file can do so before main begins.
bool enter(const player&);
bool enter(const rule_facts&);
bool enter(const oracle&);

} // namespace bench::step
