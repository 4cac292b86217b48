/// The loops: take steps, freeze the lanes that are done, count, stop, record. One game, or one game a lane.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <saddle/dynamics/detail/advance.hpp>
#include <saddle/engine/adapted.hpp>
#include <saddle/status.hpp>

namespace saddle::inline SADDLE_ISA {

/// Records nothing.
struct no_record {
  template <class Z> constexpr void operator()(std::uint64_t, const Z&) const noexcept {}
};

/// Records every `stride`-th iterate, the start included, into memory of the caller; stops writing when that is full.
template <class Z> struct trajectory {
  Z* data = nullptr;
  std::size_t capacity = 0;
  std::uint64_t stride = 1; ///< 0 counts as 1
  std::size_t size = 0;     ///< points written
  std::uint64_t missed = 0; ///< points that found no room

  constexpr void operator()(std::uint64_t step, const Z& z) noexcept {
    if (stride > 1 && step % stride != 0) return;
    if (size == capacity) ++missed;
    else data[size++] = z;
  }
};

/// When `run_until` ends.
template <class T> struct limits {
  T tolerance = T(16) * epsilon<T>; ///< residual at which a game has converged, ≥ 0
  std::uint64_t cap = 100000;       ///< steps at the most
  std::uint64_t check_every = 1;    ///< steps between two looks at the residual, ≥ 1
  T divergence = T(1) / epsilon<T>; ///< growth of the residual over its first value that counts as divergence, > 1

  constexpr bool valid() const noexcept { return tolerance >= T(0) && check_every > 0 && divergence > T(1); }
};

/// ‖F(z)‖₂: zero exactly at equilibria. The default residual of `run_until`.
struct field_norm {
  template <class G, class Z> constexpr typename Z::lane_type operator()(const G& game, const Z& z) const noexcept {
    return norm(game.field(z));
  }
};

/// ‖z − z*‖₂ for a known equilibrium.
template <class Z> struct distance_to {
  Z target;
  template <class G> constexpr typename Z::lane_type operator()(const G&, const Z& z) const noexcept {
    return norm(z - target);
  }
};

/// Where a run ended. `next` continues it: pass it instead of a start point.
template <class State> struct outcome {
  using point_type = typename State::point_type;
  using lane_type = typename point_type::lane_type;
  static constexpr std::size_t games = width<lane_type>;

  State next{};
  lane_type residual = broadcast<lane_type>(std::numeric_limits<scalar_t<lane_type>>::quiet_NaN());
  per_lane<saddle::status, games> status; ///< one a game; converts to `status` for a single game
  per_lane<std::uint64_t, games> steps;   ///< steps taken

  constexpr const point_type& z() const noexcept { return next.z; }
};

/// The state at z, with the memory of a rule that has not moved yet.
template <class Rule, class G, class Z>
  requires game_on<G, Z>
constexpr state_t<Rule, Z> start(Rule, const G& game, const Z& z) noexcept { return Rule::start(adapted<G>{game}, z); }

namespace detail {

// Reports are written by functions that are called, one for each mask type: a mask is taken apart game by game, which is
// long when unrolled and rarely done.

/// Writes how a run of a fixed number of steps ended. All good is what `of` says already, and almost always so: to look at
/// the games one by one took a sixth of 1000 steps of 64 games with n = 1.
template <class L, std::size_t Games> [[gnu::noinline]] constexpr void
report_run(const mask_t<L>& alive, const mask_t<L>& good, per_lane<saddle::status, Games>& of) noexcept {
  const mask_t<L> fine = alive & good;
  if (all(fine)) return;
  const L solved = select(good, broadcast<L>(0), broadcast<L>(1));
  scalar_t<L> how[Games]{};
  store(how, select(alive, solved, broadcast<L>(2)));
  for (std::size_t i = 0; i < Games; ++i)
    of[i] = how[i] == 0 ? status::ok : how[i] == 1 ? status::non_finite : status::unsolved;
}

/// Writes that the inner equation of the games in `which` was unsolved at step k.
template <class M, std::size_t Games> constexpr void report_unsolved(const M& which, std::uint64_t k,
                                                                     per_lane<saddle::status, Games>& reason,
                                                                     per_lane<std::uint64_t, Games>& steps) noexcept {
  for (std::size_t i = 0; i < Games; ++i)
    if (get(which, i)) {
      steps[i] = k;
      reason[i] = status::unsolved;
    }
}

/// What a look at the residuals ends at.
template <class L> struct bounds { L tolerance, limit; };

/// Writes why and after how many steps the games in `which` ended: what their residual says, or the cap.
template <class L, std::size_t Games>
[[gnu::noinline]] constexpr void report_end(const mask_t<L>& which, const L& residual, const bounds<L>& of,
                                            std::uint64_t k, per_lane<saddle::status, Games>& reason,
                                            per_lane<std::uint64_t, Games>& steps) noexcept {
  const mask_t<L> small = residual <= of.tolerance, bounded = finite(residual), large = residual > of.limit;
  for (std::size_t i = 0; i < Games; ++i)
    if (get(which, i)) {
      steps[i] = k;
      reason[i] = get(small, i)      ? status::converged
                  : !get(bounded, i) ? status::non_finite
                  : get(large, i)    ? status::diverged
                                     : status::not_converged;
    }
}

/// Zero of what a walk hands over: a lane, or the whole vec of one game across registers.
template <class X> SADDLE_INLINE constexpr X nothing() noexcept {
  if constexpr (requires { X::zero(); }) return X::zero();
  else return broadcast<X>(0);
}

/// Keeps the state of the games in `newly` and sends them to zero. What they do from there is thrown away: to hold them
/// where they ended took a blend for every scalar of the state at every step, a fifth of the time for optimistic 8 × 8.
/// Zero, because a game held among denormal numbers slows its neighbours down (SSE2: 1.8 times).
template <class M, class State> constexpr void retire(const M& newly, State& now, State& kept) noexcept {
  walk(
      [&]<class X>(X& of_now, X& of_kept) {
        of_kept = select(newly, of_now, of_kept);
        of_now = select(newly, nothing<X>(), of_now);
      },
      now, kept);
}

/// The ends of games, reported and retired. Called, and the same for every rule that remembers as much and for every game:
/// in each loop they were a third of it.
template <class L, class State> [[gnu::noinline]] constexpr void end_games(const mask_t<L>& newly, const L& residual,
                                                                           const bounds<L>& of, std::uint64_t k,
                                                                           State& now, outcome<State>& r) noexcept {
  report_end(newly, residual, of, k, r.status, r.steps);
  retire(newly, now, r.next);
}
template <class M, class State> [[gnu::noinline]] constexpr void end_unsolved(const M& unsolved, std::uint64_t k,
                                                                              State& now, outcome<State>& r) noexcept {
  report_unsolved(unsolved, k, r.status, r.steps);
  retire(unsolved, now, r.next);
}

} // namespace detail

/// One step from state s. Where the rule's inner equation is unsolved the state comes back unchanged: use `run` to be
/// told.
template <class Rule, class G, class State, class Z = typename State::point_type>
  requires game_on<G, Z>
constexpr State step(Rule, const G& game, const parameters_t<Rule, std::type_identity_t<Z>>& p,
                     const State& s) noexcept {
  const adapted<G> complete{game};
  mask_t<typename Z::lane_type> alive(true);
  return detail::advance<Rule>(complete, detail::prepare<Rule, adapted<G>, Z>(complete, p), s, alive);
}

namespace detail {

/// x, which is in memory, and is to be read there whenever it is needed: where all of it does not fit the registers. Left to
/// itself g++ reads such a game before the loop of steps, into registers that it does not have, and writes it back to
/// memory number by number (optimistic, quadratic 8 × 8 on AVX-512: 4 KB of code that copy 208 vectors). In `run` that is
/// worth it, by a fifth of the time, unless code had better be short or the rule solves: of its factors, of several vectors,
/// few fit anyway (implicit, AVX2: an eighth of the code less, a step in 0.9 to 1.1 times the time, a run of one in 0.7 to 1).
template <class L, class X> SADDLE_INLINE constexpr const X& where_it_lies(const X& x) noexcept {
  constexpr std::size_t registers = std::size_t{32} * 64;
  if constexpr (width<L> != 1 && sizeof(X) >= registers) {
    if (!std::is_constant_evaluated()) {
      const X* at = &x;
      asm volatile("" : "+r"(at));
      return *at;
    }
  }
  return x;
}

/// Whether a run reads game and factors where they lie.
template <class Rule> inline constexpr bool steps_from_memory = small_code || Rule::about.solves > 0;

/// The state `steps` steps after s; lanes whose inner equation was unsolved on the way leave `alive`.
///
/// Flattened: in a large translation unit g++ stops inlining, and a call in this loop sends the state through memory.
template <class Rule, class G, class State, class Record, class Z = typename State::point_type>
[[gnu::flatten]] constexpr State moved(Rule, const G& game, const parameters_t<Rule, Z>& p, const State& s,
                                       std::uint64_t steps, mask_t<typename Z::lane_type>& alive,
                                       Record& record) noexcept {
  const adapted<G> complete{game};
  const auto plan = detail::prepare<Rule, adapted<G>, Z>(complete, p);
  mask_t<typename Z::lane_type> still(true);
  State now = copied(s);
  record(std::uint64_t{0}, now.z);
  for (std::uint64_t k = 0; k < steps; ++k) {
    if constexpr (steps_from_memory<Rule>) {
      const adapted<G> here{where_it_lies<typename Z::lane_type>(game)};
      now = advance<Rule>(here, where_it_lies<typename Z::lane_type>(plan), now, still);
    } else {
      now = advance<Rule>(complete, plan, now, still);
    }
    record(k + 1, now.z);
  }
  alive = still;
  // A copy: `now` itself would lie where the caller wants it, and for all g++ knows the game does too. Where it calls this
  // function it then writes the state at every step (alternating, n = 1: 57 % of the FMA peak).
  return copied(now);
}

/// The same for one game across registers, and never part of the function that calls it. A step of it fills the
/// registers: with what is around the loop in sight, g++ 12 keeps other things there (n = 8: 1.3x slower), and where it
/// sees a rule with memory start with the field that the first step computes again, it has each round begin with products
/// of the next one (n = 4: 1.3x slower).
template <class Rule, class G, class State, class Record, class Z = typename State::point_type>
[[gnu::noinline, gnu::flatten]] constexpr State
moved_across(Rule rule, const G& game, const parameters_t<Rule, Z>& p, const State& s, std::uint64_t steps,
             mask_t<typename Z::lane_type>& alive, Record& record) noexcept {
  return moved(rule, game, p, s, steps, alive, record);
}

/// Where every number of a point is finite.
template <class Z> SADDLE_INLINE constexpr mask_t<typename Z::lane_type> bounded_lanes(const Z& z) noexcept {
  mask_t<typename Z::lane_type> all_finite(true);
  walk(
      [&](const auto& x) {
        const mask_t<typename Z::lane_type> bounded = finite(x);
        all_finite = all_finite & bounded;
      },
      z);
  return all_finite;
}

} // namespace detail

/// Takes `steps` steps from state s, without looking at the iterates on the way.
///
/// status: ok; non_finite where the last iterate is NaN or infinite; unsolved where an inner equation failed (that game
/// stays at its last good state). `residual` is not computed. `record(k, z)` is called with every iterate, z₀ included.
template <class Rule, class G, class State, class Record = no_record, class Z = typename State::point_type>
  requires game_on<G, Z>
[[gnu::flatten]] constexpr outcome<State> run(Rule rule, const G& game,
                                              const parameters_t<Rule, std::type_identity_t<Z>>& p, const State& s,
                                              std::uint64_t steps, Record&& record = {}) noexcept {
  mask_t<typename Z::lane_type> alive(true);
  outcome<State> r;
  if constexpr (lies_across<typename Z::lane_type>)
    r.next = detail::moved_across(rule, game, p, s, steps, alive, record);
  else r.next = detail::moved(rule, game, p, s, steps, alive, record);
  for (std::uint64_t& count : r.steps.of) count = steps;
  detail::report_run<typename Z::lane_type>(alive, detail::bounded_lanes(r.next.z), r.status);
  return r;
}

/// Takes `steps` steps from the point z.
template <class Rule, class G, joint_point Z, class Record = no_record>
  requires game_on<G, Z>
constexpr outcome<state_t<Rule, Z>> run(Rule rule, const G& game, const parameters_t<Rule, std::type_identity_t<Z>>& p,
                                        const Z& z, std::uint64_t steps, Record&& record = {}) noexcept {
  return run(rule, game, p, start(rule, game, z), steps, record);
}

namespace detail {

/// What `run_until` does once the limits are known to make sense.
template <class Rule, class G, class State, class Residual, class Record, class Z = typename State::point_type>
constexpr outcome<State> watched(Rule, const G& game, const parameters_t<Rule, Z>& p, const State& s,
                                 const limits<scalar_t<typename Z::lane_type>>& stop, const Residual& residual_of,
                                 Record& record) noexcept {
  using L = typename Z::lane_type;
  using M = mask_t<L>;
  using T = scalar_t<L>;
  const adapted<G> complete{game};
  outcome<State> r;
  r.next = s;
  const auto plan = prepare<Rule, adapted<G>, Z>(complete, p);
  State now = s;
  M alive(true), ended(false);
  bounds<L> of{broadcast<L>(stop.tolerance), broadcast<L>(std::numeric_limits<T>::infinity())};

  record(std::uint64_t{0}, now.z);
  for (std::uint64_t k = 0;;) {
    const L residual = residual_of(complete, now.z);
    r.residual = select(ended, r.residual, residual);
    if (k == 0) of.limit = broadcast<L>(stop.divergence) * max(residual, of.tolerance);
    // One look at the games for all reasons: which it was is found out only where there is one.
    const M small = residual <= of.tolerance, large = residual > of.limit;
    const M unbounded = !finite(residual), running = !ended;
    const M newly = k >= stop.cap ? running : (small | large | unbounded) & running;
    if (any(newly)) {
      State there = now; // in memory; the other is not to leave its registers
      end_games(newly, residual, of, k, there, r);
      now = there;
      ended = ended | newly;
    }
    if (all(ended)) break;
    // A loop of nothing but steps: the state stays in registers from look to look.
    const std::uint64_t look = stop.cap - k < stop.check_every ? stop.cap : k + stop.check_every;
    for (; k < look; ++k) {
      const adapted<G> here{where_it_lies<L>(game)};
      now = advance<Rule>(here, where_it_lies<L>(plan), now, alive);
      if constexpr (can_fail<Rule, adapted<G>, decltype(plan), State>) {
        const M moving = !ended, failed = !alive;
        const M unsolved = failed & moving;
        if (any(unsolved)) {
          State there = now;
          end_unsolved(unsolved, k, there, r);
          now = there;
          ended = ended | unsolved;
        }
      }
      if constexpr (!std::same_as<std::remove_cvref_t<Record>, no_record>)
        record(k + 1, select(ended, r.next.z, now.z));
    }
  }
  return r;
}

} // namespace detail

/// Steps from state s until the residual is at most `limits.tolerance`, game by game.
///
/// status: converged; not_converged at the cap; diverged when the residual has grown by `limits.divergence`; non_finite;
/// unsolved; bad_argument for limits that make no sense (no step is taken). A game that has ended is frozen: it keeps its
/// state, residual and step count whatever its neighbours do. Cost: one residual more every `limits.check_every` steps.
///
/// A residual below the root of the smallest number is zero, so a game that converges ends there at the latest, whatever
/// the tolerance, long before its iterates are denormal.
template <class Rule, class G, class State, class Residual = field_norm, class Record = no_record,
          class Z = typename State::point_type>
  requires game_on<G, Z>
constexpr outcome<State> run_until(Rule rule, const G& game, const parameters_t<Rule, std::type_identity_t<Z>>& p,
                                   const State& s,
                                   const limits<scalar_t<typename std::type_identity_t<Z>::lane_type>>& stop,
                                   const Residual& residual_of = {}, Record&& record = {}) noexcept {
  if (stop.valid()) return detail::watched(rule, game, p, s, stop, residual_of, record);
  outcome<State> r;
  r.next = s;
  for (auto& x : r.status.of) x = status::bad_argument;
  return r;
}

/// Steps from the point z until its residual is at most `limits.tolerance`.
template <class Rule, class G, joint_point Z, class Residual = field_norm, class Record = no_record>
  requires game_on<G, Z>
constexpr outcome<state_t<Rule, Z>>
run_until(Rule rule, const G& game, const parameters_t<Rule, std::type_identity_t<Z>>& p, const Z& z,
          const limits<scalar_t<typename std::type_identity_t<Z>::lane_type>>& stop = {},
          const Residual& residual_of = {}, Record&& record = {}) noexcept {
  return run_until(rule, game, p, start(rule, game, z), stop, residual_of, record);
}

} // namespace saddle::inline SADDLE_ISA
