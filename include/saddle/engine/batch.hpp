/// A batch of games, one a lane, at the instruction set this translation unit is compiled for.
///
/// Every game moves exactly as it would alone, bit for bit, whatever its place, its neighbours and the size of the batch.
/// The caller owns all memory; calls on disjoint blocks may run on as many threads as the caller likes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>

#include <saddle/engine/blocks.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/lane/native.hpp>

namespace saddle::inline SADDLE_ISA {

/// What a batch run may report, a value a game, each span as long as the batch or empty when not wanted.
template <class T> struct report {
  std::span<saddle::status> status{};
  std::span<std::uint64_t> steps{};
  std::span<T> residual{};
};

namespace detail {

/// Vectors of games in flight. The chain of dependent instructions of one vector leaves the units idle in small games:
/// four vectors fill them for two scalars a point, two for four and six, and from eight on one does. Where there are 16
/// registers more of them spill: three for two scalars are 1.6 times as fast as four (simultaneous, AVX2), two where the
/// rule remembers a point or multiplies by Jᵀ (optimistic and consensus, 1.5 times), and one for six. Six scalars are a
/// matter of the processor: one vector fills the one full multiply-add unit of Zen 4, and the two of Zen 5 to 57–82 %; two
/// vectors 85–97 %, with some of C in memory.
/// A rule whose players move in turn has a chain of twice the length (measured at six: 75 % of the FMA peak with one or
/// two vectors, 95 % with three). On AVX2, four vectors for two scalars are 1.5 times as fast as three, and two for eight
/// 1.4 times as fast as one on a bilinear game, 0.87 times on a quadratic one.
/// One that solves has a longer one, of two triangular solves: on Zen 5, n = 1 to 4, 47, 38, 24, 28 % of the peak with the
/// vectors that others take, 59, 57, 66, 66 % so, and nearly twice the speed on AVX2 (with Cholesky's factors; with LDLᵀ
/// 78, 93, 86, 74 % on Zen 4).
/// Four and not six for four scalars (64 %): g++ 12 at -O1 then overwrites three lanes of quadratic 2 × 1 in float.
template <class Rule, class Z> constexpr std::size_t vectors_in_flight() noexcept {
  constexpr auto& about = Rule::about;
  if (small_code) return 1;
  if (about.solves > 0) return Z::size <= 2 ? 8 : Z::size <= 8 ? 4 : 2;
  if (vector_registers >= 32) {
    if (Z::size <= 2) return 4;
    if (Z::size <= 4) return 2;
    return Z::size <= 6 ? about.sequential ? 3 : 2 : 1;
  }
  if (Z::size <= 2) return about.sequential ? 4 : about.memory > 0 || about.products > 0 ? 2 : 3;
  if (Z::size <= 4) return 2;
  if (Z::size <= 6) return about.sequential ? 3 : 1;
  return Z::size <= 8 && about.sequential ? 2 : 1;
}

/// Calls f.template operator()<L>(first) for lanes L that together cover `games` games, padding included: groups of K
/// vectors, of which the last may reach over the end, see block_lanes. What is no more than half of a group of many is
/// taken vector by vector; for two it would be a second loop, as long as the first, for the sake of one vector.
template <class T, std::size_t K, class F> constexpr void each_chunk(std::size_t games, F&& f) noexcept {
  using V = native_lane<T>;
  using L = std::conditional_t<(K > 1), group<V, K>, V>;
  constexpr std::size_t b = block_games<T>, few = K > 2 ? width<L> / 2 : 0;
  const std::size_t end = (games + b - 1) / b * b;
  std::size_t first = 0;
  for (; first + few < end; first += width<L>) f.template operator()<L>(first);
  if constexpr (K > 2)
    for (; first < end; first += width<V>) f.template operator()<V>(first);
}

/// ‖F(z)‖₂ as a function of its own. Above eight scalars a point the field is long and its vectors do not fit the
/// registers anyway; a second copy of it inside the loop of `run_until` would only make the code larger (consensus on
/// quadratic 8 × 8 and AVX-512: 29 KB instead of 14).
struct called_field_norm {
  template <class G, class Z>
  [[gnu::noinline]] constexpr typename Z::lane_type operator()(const G& game, const Z& z) const noexcept {
    return norm(game.field(z));
  }
};

/// Which of the games from `first` on are padding. Called: a mask is built bit by bit, which takes more code than the
/// steps of the smallest games.
template <class L> [[gnu::noinline]] constexpr mask_t<L> padding_from(std::size_t first, std::size_t games) noexcept {
  mask_t<L> padding(false);
  for (std::size_t i = games - first; i < width<L>; ++i) set(padding, i, true);
  return padding;
}

/// The residual of a vector of games, zero for those that are padding: they end at once. Left alone they might never,
/// where a shared game meets the step of zero that pack gives them.
template <class Z> struct batch_residual {
  mask_t<typename Z::lane_type> padding;

  template <class G> constexpr typename Z::lane_type operator()(const G& game, const Z& z) const noexcept {
    using norm_type = std::conditional_t<(Z::size > 8), called_field_norm, field_norm>;
    return select(padding, broadcast<typename Z::lane_type>(0), norm_type{}(game, z));
  }
};

/// Bytes of games and states from which a pass over them is fetched ahead: more than a core's own caches hold.
inline constexpr std::size_t fetch_from = std::size_t{1} << 21;

/// Bytes between the block that is computed and the one that is fetched, and the largest block worth it. A core's own
/// prefetcher loses its way where two streams, games and states, take turns every few lines. Measured on Zen 4, one step
/// a pass, n = 4: from DRAM 19 ns a game without, 12 with; from the third cache 18 and 7. Blocks of 6 KB (n = 8) it
/// follows by itself, and asking for so many lines at once made it 20 % slower.
inline constexpr std::size_t fetch_distance = std::size_t{12} << 10, fetch_largest = std::size_t{2} << 10;

/// Called: memory is what the caller waits for, and unrolled into every kernel this was longer than some of their steps.
template <class T> [[gnu::noinline]] constexpr void fetch_lines(const T* data, std::size_t lines) noexcept {
  for (std::size_t line = 0; line < lines; ++line) __builtin_prefetch(data + line * block_games<T>, 0, 2);
}

/// Asks for the values of the block some way behind that of game `first`, into the second cache: the first is busy. What
/// all games share is there already.
template <std::size_t Ahead, class Values>
SADDLE_INLINE constexpr void fetch(const Values& of, std::size_t first, std::size_t games) noexcept {
  if constexpr (Values::block_scalars > 0) {
    constexpr std::size_t b = block_games<typename Values::value_type::lane_type>;
    const std::size_t block = first / b + Ahead;
    if (block * b >= games || of.stride == 0) return;
    fetch_lines(of.data + block * of.stride, Values::block_scalars);
  }
}

/// For the games of a vector from `first` on: fetches the blocks that come later.
template <std::size_t Count, class Games, class State>
SADDLE_INLINE constexpr void fetch_ahead(const Games& game, const blocks<State>& states, std::size_t first) noexcept {
  constexpr std::size_t b = block_games<typename State::lane_type>;
  constexpr std::size_t bytes = 64 * (scalars<State> + Games::block_scalars);
  if constexpr (bytes <= fetch_largest) {
    for (std::size_t next = first; next < first + Count; next += b)
      if (next % b == 0) {
        fetch<fetch_distance / bytes>(game, next, states.games);
        fetch<fetch_distance / bytes>(states, next, states.games);
      }
  }
}

/// The vectors that are a line of a block.
template <class T> using line_lane =
    std::conditional_t<(width<native_lane<T>> < block_games<T>),
                       group<native_lane<T>, block_games<T> / width<native_lane<T>>>, native_lane<T>>;

/// Whether a game of these, one a lane of `line_lane`, may have in memory the form of a block: `in_place` knows. Where a
/// line is two vectors it is worth it up to four scalars a point (AVX2, n = 2: 1.5 times as fast, n = 4 and 8 no faster);
/// more of them spill.
template <class Games> inline constexpr bool may_lie_in_place = false;
template <class Games>
  requires requires(const Games& games) { games.data, games.stride; }
inline constexpr bool may_lie_in_place<Games> =
    sizeof(native_lane<typename Games::value_type::lane_type>) >=
        (Games::value_type::point_type::size <= 4 ? 32 : 64) &&
    sizeof(typename Games::value_type::template rebind<line_lane<typename Games::value_type::lane_type>>) ==
        scalars<typename Games::value_type> * 64;

/// The games of the block of game `first` where they lie. Vectors may read what was written as numbers: compilers exempt
/// them from the rules of aliasing.
template <class Games> SADDLE_INLINE const auto& in_place(const Games& games, std::size_t first) noexcept {
  using L = line_lane<typename Games::value_type::lane_type>;
  using G = typename Games::value_type::template rebind<L>;
  return *reinterpret_cast<const G*>(games.data + first / width<L> * games.stride);
}

/// Whether the games begin on a cache line, as vectors have to, and name their numbers in the order they lie in: a game of
/// a user's may not. The compiler knows the second.
template <class Games> SADDLE_INLINE bool lies_in_place(const Games& games) noexcept {
  auto expected = reinterpret_cast<std::uintptr_t>(games.data);
  if (expected % 64 != 0) return false; // not even to be looked at there
  bool in_order = true;
  walk(
      [&](const auto& lane) {
        in_order = in_order && reinterpret_cast<std::uintptr_t>(&lane) == expected;
        expected += 64;
      },
      in_place(games, 0));
  return in_order;
}

/// One step of every game, read where it lies. What a loop of steps keeps in registers, and g++ 12 on the stack when those
/// are full, is here an operand from memory (bilinear 8 × 8, double, AVX-512: 3.8 ns a game, 10.7 through the stack; 2 × 2:
/// 0.46 and 0.95).
template <class Rule, class Games, class Parameters, class State> [[gnu::flatten]] void
pass_once(Rule, const Games& all_games, const Parameters& of_all, const blocks<State>& all_states, bool far) noexcept {
  using L = line_lane<typename State::lane_type>;
  using G = typename Games::value_type::template rebind<L>;
  using Z = typename State::point_type::template rebind<L>;
  // Copies: for all the compiler knows, a state may be written where these say what lies where, or how long a step is.
  const Games games = all_games;
  const Parameters p = of_all;
  const blocks<State> states = all_states;
  for (std::size_t first = 0; first < states.games; first += width<L>) {
    if (far) fetch_ahead<width<L>>(games, states, first);
    const adapted<G> complete{in_place(games, first)};
    const auto plan = prepare<Rule, adapted<G>, Z>(complete, p.template load<L>(first));
    mask_t<L> alive(true);
    states.template store<L>(first, advance<Rule>(complete, plan, states.template load<L>(first), alive));
  }
}

/// Whether the numbers of a value lie in memory in the order in which they are walked through. Those of a user's game may
/// not; the compiler knows the answer.
template <class L, class X> SADDLE_INLINE bool lies_in_order(const X& x) noexcept {
  const L* expected = reinterpret_cast<const L*>(&x);
  bool in_order = true;
  walk([&](const L& lane) { in_order = in_order && &lane == expected++; }, x);
  return in_order;
}

/// The value of a vector of games, read in a loop: in memory, where the caller wants it. A function of its own, because g++
/// 12 returns a variable in place only from the outermost block.
template <class L, class Games> SADDLE_INLINE constexpr typename Games::value_type::template rebind<L>
loaded_in_loop(const Games& games, std::size_t first) noexcept {
  using X = typename Games::value_type;
  typename X::template rebind<L> x;
  if (!std::is_constant_evaluated() && lies_in_order<L>(x)) {
    const block_lanes<L, const scalar_t<L>> lanes(games.data, games.stride, first, games.games);
    L* const to = reinterpret_cast<L*>(&x);
    SADDLE_NO_UNROLL
    for (std::size_t s = 0; s < scalars<X>; ++s) to[s] = lanes.load(s);
  } else {
    x = games.template load<L>(first);
  }
  return x;
}

/// The games of a vector, for code that is to be short: those that do not fit the registers go to memory in a loop.
template <class L, class Games> SADDLE_INLINE constexpr auto loaded(const Games& games, std::size_t first) noexcept {
  using X = typename Games::value_type;
  using on_lanes = typename X::template rebind<L>;
  if constexpr (requires { games.data, games.stride; } && sizeof(on_lanes) >= 32 * sizeof(native_lane<scalar_t<L>>) &&
                sizeof(on_lanes) == scalars<X> * sizeof(L))
    return loaded_in_loop<L>(games, first);
  else return games.template load<L>(first);
}

/// The games of a vector for a loop that holds what it can of them in registers: a game that went to memory on its way
/// there would take short runs longer (16 steps, quadratic 8 × 8: 1.2 times). A rule that solves has them in memory for
/// the function that factors them, and steps with the factors.
template <class Rule, class L, class Games>
SADDLE_INLINE constexpr auto loaded_to_stay(const Games& games, std::size_t first) noexcept {
  if constexpr (steps_from_memory<Rule>) return loaded<L>(games, first);
  else return games.template load<L>(first);
}

template <class T> constexpr bool fits(const report<T>& r, std::size_t games) noexcept {
  const auto good = [&](std::size_t size) { return size == 0 || size == games; };
  return good(r.status.size()) && good(r.steps.size()) && good(r.residual.size());
}

// Called, and for all rules and games of a lane type the same: unrolled into every kernel they were most of it. They take
// what they need and not a whole outcome, which a loop would then keep in memory.

/// What is said of the games from `first` on.
template <class T, class L, std::size_t Games>
[[gnu::noinline]] constexpr void write_report(const report<T>& r, std::size_t first, std::size_t games,
                                              const per_lane<status, Games>& how,
                                              const per_lane<std::uint64_t, Games>& steps, const L& residual) noexcept {
  const std::size_t count = std::min(Games, games - first);
  for (std::size_t i = 0; i < count; ++i) {
    if (!r.status.empty()) r.status[first + i] = how[i];
    if (!r.steps.empty()) r.steps[first + i] = steps[i];
    if (!r.residual.empty()) r.residual[first + i] = extract(residual, i);
  }
}

/// What is said of them after a run of `steps` steps, given which always had a next one and which are still numbers.
template <class L, class T> [[gnu::noinline]] constexpr void write_run_report(const report<T>& r, std::size_t first,
                                                                              std::size_t games, std::uint64_t steps,
                                                                              const mask_t<L>& alive,
                                                                              const mask_t<L>& good) noexcept {
  per_lane<status, width<L>> how;
  per_lane<std::uint64_t, width<L>> taken;
  for (std::uint64_t& count : taken.of) count = steps;
  report_run<L>(alive, good, how);
  write_report(r, first, games, how, taken, broadcast<L>(std::numeric_limits<T>::quiet_NaN()));
}

} // namespace detail

/// What a batch computes with: as many vectors side by side as hide the latency of this rule on points of type Z.
template <class Rule, class Z, std::size_t K = detail::vectors_in_flight<Rule, Z>()> using batch_lane =
    std::conditional_t<(K > 1), group<native_lane<typename Z::lane_type>, K>, native_lane<typename Z::lane_type>>;

/// Takes `steps` steps of every game. `game` and `p` are `blocks` (one a game) or `shared` (one for all); `states` is
/// read, advanced and written back, and continues where an earlier call ended. One step a call, without a report, is
/// fastest where the games begin on a cache line.
///
/// Returns ok, or bad_argument when the sizes do not agree (nothing is touched). What `run` says of each game goes to
/// `out`. A block's game and state stay in registers for all steps as far as they fit.
template <class Rule, class Games, class Parameters, class State>
constexpr status run(Rule rule, const Games& game, const Parameters& p, const blocks<State>& states,
                     std::uint64_t steps, const report<typename State::lane_type>& out = {}) noexcept {
  using T = typename State::lane_type;
  if (!detail::fits(out, states.games)) return status::bad_argument;
  if constexpr (requires { game.games; })
    if (game.games != states.games) return status::bad_argument;
  if constexpr (requires { p.games; })
    if (p.games != states.games) return status::bad_argument;
  const std::size_t bytes = (scalars<State> + Games::block_scalars) * sizeof(T) * states.games;
  const bool far = bytes >= detail::fetch_from && !std::is_constant_evaluated();
  const bool wanted = !out.status.empty() || !out.steps.empty() || !out.residual.empty();
  if constexpr (detail::may_lie_in_place<Games>) {
    if (steps == 1 && !wanted && !std::is_constant_evaluated() && detail::lies_in_place(game)) {
      detail::pass_once(rule, game, p, states, far);
      return status::ok;
    }
  }
  detail::each_chunk<T, detail::vectors_in_flight<Rule, typename State::point_type>()>(
      states.games, [&]<class L>(std::size_t first) {
        if (first >= states.games) return; // padding
        if (far) detail::fetch_ahead<width<L>>(game, states, first);
        mask_t<L> alive(true);
        no_record record;
        const auto next = detail::moved(rule, detail::loaded_to_stay<Rule, L>(game, first), p.template load<L>(first),
                                        states.template load<L>(first), steps, alive, record);
        states.template store<L>(first, next);
        if (wanted) detail::write_run_report<L>(out, first, states.games, steps, alive, detail::bounded_lanes(next.z));
      });
  return status::ok;
}

/// Steps every game until its residual ‖F(z)‖₂ is at most `stop.tolerance`, each frozen as soon as it has ended.
/// Returns and reports as `run`; a vector of games costs what its slowest one costs.
template <class Rule, class Games, class Parameters, class State>
constexpr status run_until(Rule rule, const Games& game, const Parameters& p, const blocks<State>& states,
                           const limits<typename State::lane_type>& stop,
                           const report<typename State::lane_type>& out = {}) noexcept {
  using T = typename State::lane_type;
  if (!detail::fits(out, states.games) || !stop.valid()) return status::bad_argument;
  if constexpr (requires { game.games; })
    if (game.games != states.games) return status::bad_argument;
  if constexpr (requires { p.games; })
    if (p.games != states.games) return status::bad_argument;
  detail::each_chunk<T, 1>(states.games, [&]<class L>(std::size_t first) {
    if (first >= states.games) return; // padding
    using residual = detail::batch_residual<typename State::point_type::template rebind<L>>;
    no_record record;
    const auto r =
        detail::watched(rule, detail::loaded<L>(game, first), p.template load<L>(first), states.template load<L>(first),
                        stop, residual{detail::padding_from<L>(first, states.games)}, record);
    states.template store<L>(first, r.next);
    detail::write_report(out, first, states.games, r.status, r.steps, r.residual);
  });
  return status::ok;
}

/// The states that a batch starts from, from its points: state z₀ and the memory of a rule that has not moved yet.
template <class Rule, class Games, class Z> constexpr status
start(Rule rule, const Games& game, const blocks<Z>& points, const blocks<state_t<Rule, Z>>& states) noexcept {
  if (points.games != states.games) return status::bad_argument;
  if constexpr (requires { game.games; })
    if (game.games != points.games) return status::bad_argument;
  detail::each_chunk<typename Z::lane_type, 1>(points.games, [&]<class L>(std::size_t first) {
    states.template store<L>(first, start(rule, detail::loaded<L>(game, first), points.template load<L>(first)));
  });
  return status::ok;
}

/// Plays one game from one start with many sets of step sizes: state g is where `steps` steps with set g lead, bit for bit
/// as alone. `states` is only written. Returns and reports as `run`.
///
/// The game is held once for all vectors in flight, in registers as far as it fits and as operands from memory beyond.
///
///     saddle::sweep(saddle::dynamics::optimistic{}, game, z0, steps_of_each, states, 1000);
template <class Rule, class G, joint_point Z, class Parameters, class State>
  requires game_on<G, Z>
constexpr status sweep(Rule rule, const G& game, const Z& z, const Parameters& p, const blocks<State>& states,
                       std::uint64_t steps, const report<typename State::lane_type>& out = {}) noexcept {
  if (!detail::fits(out, states.games)) return status::bad_argument;
  if constexpr (requires { p.games; })
    if (p.games != states.games) return status::bad_argument;
  const shared<State> first{start(rule, game, z)};
  detail::each_chunk<typename State::lane_type, 1>(
      states.games, [&]<class L>(std::size_t at) { states.template store<L>(at, first.template load<L>(at)); });
  return run(rule, shared<G>{game}, p, states, steps, out);
}

} // namespace saddle::inline SADDLE_ISA
