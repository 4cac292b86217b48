/// The laws of an update rule that one game on numbers can show. dynamics/laws.cpp holds every rule to them with
/// GoogleTest, and firmware/ with nothing but an exit code: each says what it finds to a `check`, which has
///
///     check.holds(good)   check.at_most(value, bound)   check.more_than(value, bound)   check.same_bits(a, b)
///
/// They are compiled once for each format, not for each rule: rule and game are functions over flat arrays (played.hpp).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "dynamics/played.hpp"
#include "support/each_game.hpp"

namespace saddle_test {

/// Room for the numbers of any value that a law has on numbers.
inline constexpr std::size_t most_numbers = 256;
template <class T> struct numbers {
  T of[most_numbers];
  std::size_t count = 0;

  numbers() = default;
  explicit numbers(std::size_t n) : count(n) {}
  template <class X>
    requires requires { typename X::lane_type; }
  explicit numbers(const X& x) : count(saddle::lane_count<X>()) {
    std::size_t i = 0;
    saddle::walk([&](const T& number) { of[i++] = number; }, x);
  }
  template <class X> X as() const {
    X x;
    std::size_t i = 0;
    saddle::walk([&](T& number) { number = of[i++]; }, x);
    return x;
  }
  T* begin() { return of; }
  T* end() { return of + count; }
  const T* begin() const { return of; }
  const T* end() const { return of + count; }
  /// For `walk`, which compares bits of two of one count.
  template <class F, class... X> static constexpr void each(F& f, const numbers& first, const X&... others) {
    for (std::size_t i = 0; i < first.count; ++i) f(first.of[i], others.of[i]...);
  }
};

/// The first numbers of a value: the point of a state.
template <class T> numbers<T> first_of(const numbers<T>& x, std::size_t count) {
  numbers<T> r(count);
  std::copy_n(x.of, count, r.of);
  return r;
}

/// What the laws make games with, for each shape once and not for each rule.
template <class T> struct game_maker {
  const char* game;
  std::size_t p, q;
  void (*random)(random_source& from, T* game);
  void (*exact)(random_source& from, T* game, T* equilibrium);
  void (*field)(const T* game, const T* point, T* field);
};

template <class T> class game_makers {
public:
  template <class Family, std::size_t P, std::size_t Q> void add() {
    using G = typename Family::template of<T, P, Q>;
    using Z = typename G::point_type;
    if (find(Family::name, P, Q) != nullptr) return;
    of_[count_++] = {Family::name,
                     P,
                     Q,
                     [](random_source& from, T* game) { detail::stored(random_game<G>(from), game); },
                     [](random_source& from, T* game, T* equilibrium) {
                       const auto [made, z] = with_exact_equilibrium(random_game<G>(from), from);
                       detail::stored(made, game);
                       detail::stored(z, equilibrium);
                     },
                     [](const T* game, const T* point, T* field) {
                       detail::stored(detail::loaded<G>(game).field(detail::loaded<Z>(point)), field);
                     }};
  }
  const game_maker<T>* find(std::string_view game, std::size_t p, std::size_t q) const {
    for (std::size_t i = 0; i < count_; ++i)
      if (of_[i].p == p && of_[i].q == q && game == of_[i].game) return &of_[i];
    return nullptr;
  }
  /// The shapes that add_numbers has.
  void add_numbers() {
    saddle::registry::all_games::each([&]<class Family>(Family) {
      add<Family, 1, 1>();
      add<Family, 1, 3>();
      add<Family, 3, 2>();
      add<Family, 2, 1>();
    });
  }

private:
  game_maker<T> of_[64];
  std::size_t count_ = 0;
};

/// A random situation: a game, the parameters of a rule for it, and a start.
template <class T> struct situation {
  numbers<T> game, parameters, start;

  situation(const rule_on<T>& rule, const played<T>& on, const game_maker<T>& maker, random_source& random)
      : game(on.game_numbers), parameters(on.parameter_numbers), start(on.point_numbers()) {
    (void)rule;
    maker.random(random, game.of);
    for (T& x : parameters) x = random.uniform(T(0.0625), T(0.25));
    for (T& x : start) x = random.uniform(T(-2), T(2));
  }
};

/// Where a run ends: the state, and what the engine says.
template <class T> struct run_end {
  numbers<T> state;
  ending<T> how;

  numbers<T> z(const played<T>& on) const { return first_of(state, on.point_numbers()); }
};

template <class T>
run_end<T> continued(const played<T>& on, const situation<T>& s, const numbers<T>& state, std::uint64_t steps) {
  run_end<T> r{state, {}};
  on.run(s.game.of, s.parameters.of, r.state.of, steps, &r.how);
  return r;
}
template <class T> numbers<T> started(const played<T>& on, const situation<T>& s) {
  numbers<T> state(on.state_numbers);
  on.start(s.game.of, s.start.of, state.of);
  return state;
}
template <class T> run_end<T> run(const played<T>& on, const situation<T>& s, std::uint64_t steps) {
  return continued(on, s, started(on, s), steps);
}

template <class T> T norm(const numbers<T>& x) {
  T squares = T(0);
  for (const T number : x) squares += number * number;
  return saddle::sqrt(squares);
}
template <class T> numbers<T> operator-(numbers<T> a, const numbers<T>& b) {
  for (std::size_t i = 0; i < a.count; ++i) a.of[i] -= b.of[i];
  return a;
}
template <class T> T max_norm(const numbers<T>& x) {
  T r = T(0);
  for (const T number : x) r = saddle::max(saddle::abs(number), r);
  return r;
}

namespace scalar_laws {

template <class T, class Check> void zero_steps_change_nothing(const rule_on<T>& rule, const played<T>& on,
                                                               const game_maker<T>& maker, random_source& random,
                                                               Check check) {
  situation<T> s(rule, on, maker, random);
  for (std::size_t i = 0; i < s.parameters.count; ++i)
    if (rule.is_eta[i]) s.parameters.of[i] = T(0);
  const auto r = run(on, s, 3);
  check.same_bits(r.z(on), s.start);
  check.holds(r.how.status == saddle::status::ok);
}

/// An equilibrium is a fixed point: exactly for an explicit rule, to the rounding of the solve for an implicit one.
template <class T, class Check> void an_equilibrium_stays_where_it_is(const rule_on<T>& rule, const played<T>& on,
                                                                      const game_maker<T>& maker, random_source& random,
                                                                      Check check) {
  situation<T> s(rule, on, maker, random);
  maker.exact(random, s.game.of, s.start.of);
  numbers<T> field(on.point_numbers());
  maker.field(s.game.of, s.start.of, field.of);
  check.at_most(max_norm(field), T(0));
  const int steps = 10;
  const numbers<T> moved = run(on, s, steps).z(on) - s.start;
  if (rule.about.solves == 0) check.at_most(max_norm(moved), T(0));
  else
    check.at_most(norm(moved), T(steps * 4) * static_cast<T>(on.point_numbers()) * saddle::epsilon<T> * norm(s.start));
}

/// A run is its parts.
template <class T, class Check> void a_run_can_be_continued(const rule_on<T>& rule, const played<T>& on,
                                                            const game_maker<T>& maker, random_source& random,
                                                            Check check) {
  const situation<T> s(rule, on, maker, random);
  const auto whole = run(on, s, 12);
  const auto second = continued(on, s, run(on, s, 5).state, 7);
  check.same_bits(second.state, whole.state);
  numbers<T> by_hand = started(on, s);
  for (int k = 0; k < 12; ++k) on.step(s.game.of, s.parameters.of, by_hand.of);
  check.same_bits(by_hand, whole.state);
}

template <class T, class Check>
void a_trajectory_holds_every_stride_th_iterate(const rule_on<T>& rule, const played<T>& on, const game_maker<T>& maker,
                                                random_source& random, Check check) {
  const situation<T> s(rule, on, maker, random);
  for (const std::uint64_t stride : {0u, 1u, 3u}) {
    numbers<T> memory(most_numbers);
    recording<T> record{.points = memory.of, .capacity = 5, .stride = stride, .size = 0, .missed = 0};
    numbers<T> state = started(on, s);
    on.record(s.game.of, s.parameters.of, state.of, 9, record);
    const std::uint64_t apart = stride == 0 ? 1 : stride, points = 1 + 9 / apart;
    check.holds(record.size + record.missed == points);
    check.holds(record.size == (points < record.capacity ? points : record.capacity));
    for (std::size_t k = 0; k < record.size; ++k) {
      numbers<T> recorded(on.point_numbers());
      std::copy_n(memory.of + k * recorded.count, recorded.count, recorded.of);
      check.same_bits(recorded, run(on, s, k * apart).z(on));
    }
    check.same_bits(state, run(on, s, 9).state);
  }
}

/// The two players change places: θ ↔ ω, steps exchanged, C → −Cᵀ. A rule whose players move in turn knows who is first.
template <class T, class Check>
void players_are_interchangeable(const rule_on<T>& rule, random_source& random, Check check) {
  constexpr std::size_t p = 3, q = 2;
  constexpr const char* quadratic = saddle::registry::game<saddle::games::quadratic>::name;
  const played<T>* const on = rule.find(quadratic, p, q, carrier::number);
  const played<T>* const mirrored_on = rule.find(quadratic, q, p, carrier::number);
  check.holds(on != nullptr && mirrored_on != nullptr);
  if (on == nullptr || mirrored_on == nullptr) return;
  using G = saddle::games::quadratic<T, p, q>;
  const game_maker<T> maker{quadratic, p,
                            q,         [](random_source& from, T* game) { detail::stored(random_game<G>(from), game); },
                            nullptr,   nullptr};
  const situation<T> s(rule, *on, maker, random);
  situation<T> m = s;
  const G g = s.game.template as<G>();
  m.game = numbers<T>(saddle::games::quadratic<T, q, p>{g.B, g.A, -transpose(g.C), g.b, g.a});
  std::rotate_copy(s.start.of, s.start.of + p, s.start.of + p + q, m.start.of);
  // A rule's parameters are pairs, the step of θ before that of ω.
  for (std::size_t i = 0; i + 1 < m.parameters.count; i += 2) std::swap(m.parameters.of[i], m.parameters.of[i + 1]);
  const numbers<T> r = run(*on, s, 6).z(*on), there = run(*mirrored_on, m, 6).z(*mirrored_on);
  numbers<T> back(p + q);
  std::rotate_copy(there.of, there.of + q, there.of + p + q, back.of);
  const T scale = norm(r) + norm(s.start), difference = norm(r - back);
  if (rule.about.sequential) check.more_than(difference, T(1e-3) * scale);
  else check.at_most(difference, T(6 * 4 * (p + q)) * saddle::epsilon<T> * scale);
}

/// The same run as a constant and at run time.
template <class T, class Check> void a_constant_has_the_bits_of_run_time(const rule_on<T>& rule, Check check) {
  check.holds(rule.constant_count == saddle::registry::all_games::size);
  for (std::size_t k = 0; k < rule.constant_count; ++k) {
    const played<T>* const on = rule.find(rule.constants[k].game, 1, 1, carrier::number);
    check.holds(on != nullptr);
    if (on == nullptr) return;
    const auto filled = [](std::size_t count, double first) {
      numbers<T> r(count);
      T next = static_cast<T>(first);
      for (T& x : r) {
        x = next;
        next = constant_sequence(next);
      }
      return r;
    };
    const numbers<T> game = filled(on->game_numbers, constant_first[0]),
                     parameters = filled(on->parameter_numbers, constant_first[1]),
                     point = filled(2, constant_first[2]);
    numbers<T> state(on->state_numbers), compiled(2);
    ending<T> how;
    on->start(game.of, point.of, state.of);
    on->run(game.of, parameters.of, state.of, constant_steps, &how);
    std::copy_n(rule.constants[k].z, 2, compiled.of);
    check.same_bits(first_of(state, 2), compiled);
  }
}

} // namespace scalar_laws
} // namespace saddle_test
