#include "step/measure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <tuple>

#include "support/machine.hpp"

namespace bench::step {
namespace {

struct entries {
  std::vector<player> players;
  std::vector<rule_facts> rules;
  std::vector<oracle> oracles;
};
entries& all() {
  static entries e;
  return e;
}

/// Nominal operations of one step on a bilinear game of n × n.
double nominal_flops(const rule_facts& about, std::size_t n) {
  const double nn = static_cast<double>(n * n), both = static_cast<double>(2 * n);
  const double solve = 4 * nn + 2 * both + 2 * nn; // two products with C, two triangular solves
  return (about.field_evaluations + about.products) * 4 * nn + about.updates * 2 * both + about.solves * solve;
}

std::size_t number_bytes(const player& p) { return p.single ? sizeof(float) : sizeof(double); }

/// Games, step sizes and start points of one row, the same for every contestant.
template <class T> struct problem {
  std::size_t n;
  std::vector<T> games, start, steps;

  problem(std::size_t size, std::size_t count)
      : n(size), games(n * n * count), start(2 * n * count), steps(most_steps, T(0.03)) {
    // 0.03 is small enough that no rule leaves the range of float in the steps of a load, and large enough to stay
    // clear of 0.
    std::mt19937 random(20190416);
    std::normal_distribution<double> normal;
    constexpr std::size_t different = 61; // drawing numbers for all games of a large batch would take seconds
    for (std::size_t g = 0; g < count; ++g) {
      if (g >= different) {
        std::copy_n(game(g - different), n * n, game(g));
        std::copy_n(point(g - different), 2 * n, point(g));
        continue;
      }
      for (std::size_t i = 0; i < n * n; ++i) game(g)[i] = static_cast<T>(normal(random) / static_cast<double>(n));
      for (std::size_t i = 0; i < 2 * n; ++i) point(g)[i] = static_cast<T>(normal(random));
    }
  }
  T* game(std::size_t g) { return games.data() + g * n * n; }
  T* point(std::size_t g) { return start.data() + g * 2 * n; }
};

/// Whether z is where `count` steps of long double arithmetic lead. Rounding grows at most like a sum over the steps.
template <class T> bool follows(problem<T>& p, const oracle& exact, std::size_t game, const T* z, int count) {
  const std::size_t n = p.n;
  const std::vector<long double> c(p.game(game), p.game(game) + n * n), steps(p.steps.begin(), p.steps.end());
  std::vector<long double> reached(p.point(game), p.point(game) + 2 * n);
  exact.follow(c.data(), steps.data(), reached.data(), count);
  long double apart = 0, size = 0;
  for (std::size_t i = 0; i < 2 * n; ++i) {
    apart += (z[i] - reached[i]) * (z[i] - reached[i]);
    size += reached[i] * reached[i];
  }
  const auto epsilon = static_cast<long double>(std::numeric_limits<T>::epsilon());
  return std::sqrt(apart) <= epsilon * count * static_cast<long double>(4 * n) * (std::sqrt(size) + 1);
}

/// Memory on a cache line.
class memory {
  struct alignas(64) line {
    std::byte at[64];
  };
  std::vector<line> lines;

public:
  explicit memory(std::size_t bytes) : lines((bytes + 63) / 64) {}
  void* data() { return lines.data(); }
  void copy_from(const memory& o) { std::copy(o.lines.begin(), o.lines.end(), lines.begin()); }
};

/// A contestant with its copy of the games: one by one, or in blocks.
template <class T> class match {
  const player& who;
  const load& shape;
  memory games, start, now;
  problem<T> p;
  static constexpr std::size_t block = 64 / sizeof(T);

  bool in_blocks() const { return who.run != nullptr; }
  std::size_t row() const { return in_blocks() ? who.state : 2 * who.n; }
  /// Where scalar s of a row of `scalars` of game g lies. The games of a load fill whole blocks.
  std::size_t place(std::size_t g, std::size_t scalars, std::size_t s) const {
    return in_blocks() ? g / block * scalars * block + s * block + g % block : g * scalars + s;
  }
  void pack(memory& to, std::size_t g, const T* from, std::size_t scalars) {
    auto* const numbers = static_cast<T*>(to.data());
    for (std::size_t s = 0; s < scalars; ++s) numbers[place(g, scalars, s)] = from[s];
  }

public:
  match(const player& contestant, const load& l)
      : who(contestant), shape(l), games(l.games * (in_blocks() ? who.n * who.n * sizeof(T) : who.form)),
        start(l.games * row() * sizeof(T)), now(l.games * row() * sizeof(T)), p(who.n, l.games) {
    std::vector<T> state(row());
    for (std::size_t g = 0; g < l.games; ++g) {
      std::copy_n(p.point(g), 2 * who.n, state.data());
      if (in_blocks()) {
        who.start(who.self, p.game(g), state.data());
        pack(games, g, p.game(g), who.n * who.n);
      } else {
        who.prepare(p.game(g), p.steps.data(), static_cast<std::byte*>(games.data()) + g * who.form);
      }
      pack(start, g, state.data(), row());
    }
  }

  void reset() { now.copy_from(start); }
  void play() {
    if (in_blocks()) who.run(who.self, games.data(), p.steps.data(), now.data(), shape.games, shape.steps);
    else who.advance(games.data(), now.data(), shape.games, shape.steps);
  }
  /// Looks at no more games than the oracle has time for.
  bool agrees(const oracle& exact, bool spoilt = false) {
    reset();
    play();
    std::vector<T> z(2 * who.n);
    for (std::size_t g = 0; g < shape.games; g += shape.games / 64 + 1) {
      for (std::size_t i = 0; i < z.size(); ++i) z[i] = static_cast<const T*>(now.data())[place(g, row(), i)];
      if (spoilt) z.back() += T(0.01);
      if (!follows(p, exact, g, z.data(), shape.steps)) return false;
    }
    return true;
  }
};

const oracle& oracle_of(const player& who) {
  for (const oracle& o : all().oracles)
    if (std::strcmp(o.rule, who.rule) == 0 && o.n == who.n) return o;
  std::abort(); // a unit of ours enters both
}

template <class T> void measure(benchmark::State& state, const player& who, const load& shape) {
  match<T> m(who, shape);
  if (!m.agrees(oracle_of(who))) {
    state.SkipWithError("the result differs from the oracle's");
    return;
  }
  // The states are put back outside the time: a rule that diverges would time infinities, one that converges denormal
  // numbers.
  int loads = 1; // in one stretch: long enough for the clock, short enough for the range of the numbers
  double best = 1e30;
  for (auto _ : state) {
    m.reset();
    const double begin = thread_seconds();
    for (int i = 0; i < loads; ++i) {
      m.play();
      benchmark::ClobberMemory();
    }
    const double seconds = thread_seconds() - begin;
    best = std::min(best, seconds / loads);
    if (seconds < 5e-5 && loads * shape.steps < 4000) {
      loads *= 2;
      best = 1e30;
    }
  }
  const double game_steps = static_cast<double>(shape.games) * shape.steps;
  const double flops = nominal_flops(facts_of(who.rule), who.n) * game_steps;
  const double bytes = static_cast<double>((game_bytes(who) + state_bytes(who)) * shape.games);
  double least = flops / peak_flops<T>();
  if (shape.games > 1) {
    const std::size_t set = game_bytes(who) * shape.games;
    // From DRAM reading alone binds: what is written goes the other way at the same time.
    least = std::max(least, shape.cached ? bytes / bandwidth(traffic::update, set)
                                         : static_cast<double>(set) / bandwidth(traffic::read, set));
  }
  state.counters["ns_per_game_step"] = best / game_steps * 1e9;
  state.counters["gflops"] = flops / best * 1e-9;
  state.counters["gbytes"] = bytes / best * 1e-9;
  state.counters["percent_of_limit"] = 100 * least / best;
  state.SetLabel(shape.where);
}

} // namespace

bool enter(const player& p) {
  all().players.push_back(p);
  return true;
}

// The units of both types enter the same facts and oracles.
bool enter(const rule_facts& r) {
  for (const rule_facts& known : all().rules)
    if (known.place == r.place) return true;
  all().rules.push_back(r);
  return true;
}
bool enter(const oracle& o) {
  for (const oracle& known : all().oracles)
    if (std::strcmp(known.rule, o.rule) == 0 && known.n == o.n) return true;
  all().oracles.push_back(o);
  return true;
}

std::vector<std::string> contestants() {
  std::vector<std::string> names{"saddle_scalar", "saddle_wide", "plain_loop", "plain_loop_fast_math",
                                 "eigen",         "eigen_lazy",  "openblas",   "saddle_batch"};
  for (const player& p : all().players)
    if (std::find(names.begin(), names.end(), p.contestant) == names.end()) names.emplace_back(p.contestant);
  return names;
}

const std::vector<rule_facts>& rules() {
  auto& r = all().rules;
  std::sort(r.begin(), r.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
  return r;
}

const rule_facts& facts_of(const std::string& rule) {
  for (const rule_facts& r : all().rules)
    if (rule == r.name) return r;
  std::abort(); // every rule has a unit of ours
}

const std::vector<player>& players() {
  auto& p = all().players;
  const auto order = contestants();
  const auto key = [&](const player& x) {
    return std::tuple(std::find(order.begin(), order.end(), x.contestant), facts_of(x.rule).place, x.single, x.n);
  };
  std::stable_sort(p.begin(), p.end(), [&](const player& a, const player& b) { return key(a) < key(b); });
  return p;
}

std::size_t state_bytes(const player& p) { return (1 + facts_of(p.rule).memory) * 2 * p.n * number_bytes(p); }
std::size_t game_bytes(const player& p) { return p.n * p.n * number_bytes(p) + state_bytes(p); }

bool agrees(const player& who, const load& shape, bool spoilt) {
  return who.single ? match<float>(who, shape).agrees(oracle_of(who), spoilt)
                    : match<double>(who, shape).agrees(oracle_of(who), spoilt);
}

void measure(benchmark::State& state, const player& who, const load& shape) {
  who.single ? measure<float>(state, who, shape) : measure<double>(state, who, shape);
}

} // namespace bench::step
