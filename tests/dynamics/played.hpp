/// A rule on a game of one shape, on one kind of lane, behind functions over flat arrays. These functions are all that is
/// compiled anew for each rule: the laws of scalar_laws.hpp and laws.cpp, which call them, are compiled once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <saddle/engine/run.hpp>
#include <saddle/lane/walk.hpp>
#include <saddle/registry.hpp>

#include "support/tier.hpp"

namespace saddle_test {

/// What a game is computed with: alone on a number, or beside others.
enum class carrier { number, vector, two_vectors, three_numbers };

/// How a game ended.
template <class T> struct ending {
  saddle::status status;
  std::uint64_t steps;
  T residual;
};

/// The numbers of a recorded trajectory, and the counts that come with it.
template <class T> struct recording {
  T* points;
  std::size_t capacity;
  std::uint64_t stride;
  std::size_t size;
  std::uint64_t missed;
};

/// Number s of game i of any value lies at [s · width + i]. A state begins with its point. What no law asks of a shape is
/// null.
template <class T> struct played {
  const char* game;
  std::size_t p, q;
  carrier on;
  std::size_t width;
  bool keeps_subnormals;
  std::size_t game_numbers, parameter_numbers, state_numbers;

  void (*start)(const T* game, const T* point, T* state);
  void (*run)(const T* game, const T* parameters, T* state, std::uint64_t steps, ending<T>* ends);
  void (*step)(const T* game, const T* parameters, T* state);
  void (*run_until)(const T* game, const T* parameters, T* state, const saddle::limits<T>& stop, ending<T>* ends);
  void (*record)(const T* game, const T* parameters, T* state, std::uint64_t steps, recording<T>& into);

  std::size_t point_numbers() const { return p + q; }
  bool is(std::string_view name, std::size_t rows, std::size_t columns, carrier lanes) const {
    return p == rows && q == columns && on == lanes && game == name;
  }
};

/// The same run as a constant: on a 1 × 1 game whose numbers, like those of the parameters and the start, follow
/// `constant_sequence`.
template <class T> struct constant_end {
  const char* game;
  T z[2];
};

inline constexpr std::uint64_t constant_steps = 12;
inline constexpr double constant_first[] = {0.9, 0.11, 1.7}; // of the game, the parameters and the start

/// The numbers after the first one.
template <class T> constexpr T constant_sequence(T before) noexcept { return before * T(0.75) + T(0.0625); }

/// What the laws know of a rule on numbers T.
template <class T> struct rule_on {
  static constexpr std::size_t most_bodies = 80, most_constants = 8, most_parameters = 8;
  const char* name = nullptr;
  saddle::facts about{};
  bool is_eta[most_parameters] = {}; ///< which of its parameters are the step sizes that every rule has
  played<T> bodies[most_bodies] = {};
  std::size_t body_count = 0;
  constant_end<T> constants[most_constants] = {};
  std::size_t constant_count = 0;

  const played<T>* begin() const { return bodies; }
  const played<T>* end() const { return bodies + body_count; }
  const played<T>* find(std::string_view game, std::size_t p, std::size_t q, carrier on) const {
    for (const played<T>& b : *this)
      if (b.is(game, p, q, on)) return &b;
    return nullptr;
  }
};

namespace detail {

template <class X> X loaded(const saddle::scalar_t<typename X::lane_type>* from) {
  using L = typename X::lane_type;
  using saddle::load;
  X x;
  saddle::walk(
      [&](L& lane) {
        lane = load<L>(from);
        from += saddle::width<L>;
      },
      x);
  return x;
}
template <class X> void stored(const X& x, saddle::scalar_t<typename X::lane_type>* to) {
  using L = typename X::lane_type;
  using saddle::store;
  saddle::walk(
      [&](const L& lane) {
        store(to, lane);
        to += saddle::width<L>;
      },
      x);
}

/// The functions of `played`.
template <class Rule, class G> struct body {
  using L = typename G::lane_type;
  using T = saddle::scalar_t<L>;
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  using State = saddle::state_t<Rule, Z>;

  static void ended(const saddle::outcome<State>& r, T* state, ending<T>* ends) {
    stored(r.next, state);
    using saddle::extract; // those of vectors are found by their arguments
    for (std::size_t i = 0; i < saddle::width<L>; ++i) ends[i] = {r.status[i], r.steps[i], extract(r.residual, i)};
  }
  static void start(const T* game, const T* point, T* state) {
    stored(saddle::start(Rule{}, loaded<G>(game), loaded<Z>(point)), state);
  }
  static void run(const T* game, const T* parameters, T* state, std::uint64_t steps, ending<T>* ends) {
    ended(saddle::run(Rule{}, loaded<G>(game), loaded<P>(parameters), loaded<State>(state), steps), state, ends);
  }
  static void step(const T* game, const T* parameters, T* state) {
    stored(saddle::step(Rule{}, loaded<G>(game), loaded<P>(parameters), loaded<State>(state)), state);
  }
  static void run_until(const T* game, const T* parameters, T* state, const saddle::limits<T>& stop, ending<T>* ends) {
    ended(saddle::run_until(Rule{}, loaded<G>(game), loaded<P>(parameters), loaded<State>(state), stop), state, ends);
  }
  static void record(const T* game, const T* parameters, T* state, std::uint64_t steps, recording<T>& into) {
    constexpr std::size_t most = 8;
    Z memory[most];
    saddle::trajectory<Z> points{
        .data = memory, .capacity = into.capacity < most ? into.capacity : most, .stride = into.stride};
    stored(saddle::run(Rule{}, loaded<G>(game), loaded<P>(parameters), loaded<State>(state), steps, points).next,
           state);
    into.size = points.size;
    into.missed = points.missed;
    for (std::size_t k = 0; k < points.size; ++k) stored(memory[k], into.points + k * Z::size);
  }
};

/// A value whose numbers are those of the constant runs.
template <class X> constexpr X constant_numbers(double first) {
  using T = typename X::lane_type;
  X x;
  T next = static_cast<T>(first);
  saddle::walk(
      [&](T& number) {
        number = next;
        next = constant_sequence(next);
      },
      x);
  return x;
}

template <class Rule, class G> struct constant_run {
  using Z = typename G::point_type;
  static constexpr Z end = saddle::run(Rule{}, constant_numbers<G>(constant_first[0]),
                                       constant_numbers<saddle::parameters_t<Rule, Z>>(constant_first[1]),
                                       constant_numbers<Z>(constant_first[2]), constant_steps)
                               .z();
};

} // namespace detail

/// Puts the functions of one rule on numbers T into the list of what the laws know of it.
template <class Rule, class T> class adder {
public:
  explicit adder(rule_on<T>& list, const char* name) : to_(list) {
    using P = saddle::parameters_t<Rule, saddle::point<T, 1, 1>>;
    static_assert(saddle::lane_count<P>() <= rule_on<T>::most_parameters);
    to_.name = name;
    to_.about = Rule::about;
    P p;
    saddle::walk([](T& x) { x = T(0); }, p);
    p.eta = T(1);
    std::size_t i = 0;
    saddle::walk([&](const T& x) { to_.is_eta[i++] = x == T(1); }, p);
  }

  /// A game of P × Q on lanes L, which starts and runs. What else a law asks of it is set by the caller.
  template <class Family, class L, std::size_t P, std::size_t Q> played<T>& shape(carrier on) const {
    using body = body_of<Family, L, P, Q>;
    for (std::size_t i = 0; i < to_.body_count; ++i)
      if (to_.bodies[i].is(Family::name, P, Q, on)) return to_.bodies[i];
    if (to_.body_count == rule_on<T>::most_bodies) __builtin_trap(); // more shapes than there is room for
    played<T>& made = to_.bodies[to_.body_count++];
    made = {.game = Family::name,
            .p = P,
            .q = Q,
            .on = on,
            .width = saddle::width<L>,
            .keeps_subnormals = saddle::keeps_subnormals<L>,
            .game_numbers = saddle::lane_count<typename Family::template of<L, P, Q>>(),
            .parameter_numbers = saddle::lane_count<typename body::P>(),
            .state_numbers = saddle::lane_count<typename body::State>(),
            .start = body::start,
            .run = body::run,
            .step = nullptr,
            .run_until = nullptr,
            .record = nullptr};
    return made;
  }
  template <class Family, class L, std::size_t P, std::size_t Q> using body_of =
      detail::body<Rule, typename Family::template of<L, P, Q>>;

  template <class Family> void add_constant() const {
    using run = detail::constant_run<Rule, typename Family::template of<T, 1, 1>>;
    if (to_.constant_count == rule_on<T>::most_constants) __builtin_trap();
    to_.constants[to_.constant_count++] = {Family::name, {run::end[0], run::end[1]}};
  }

private:
  rule_on<T>& to_;
};

/// What the laws on numbers call: a game of every family at P = Q = 1, P < Q and P > Q (at the last alone where a build asks
/// for less), one that is recorded, one that is a constant; and a quadratic game and its mirror image.
template <class Rule, class T> void add_numbers(const adder<Rule, T>& all) {
  saddle::registry::all_games::each([&]<class Family>(Family) {
    const auto stepped = [&]<std::size_t P, std::size_t Q>(saddle::registry::dimensions<P, Q>) {
      using body = typename adder<Rule, T>::template body_of<Family, T, P, Q>;
      all.template shape<Family, T, P, Q>(carrier::number).step = body::step;
    };
    all.template shape<Family, T, 1, 1>(carrier::number);
    if constexpr (this_tier >= tier::host) {
      stepped(saddle::registry::dimensions<1, 1>{});
      stepped(saddle::registry::dimensions<1, 3>{});
    }
    stepped(saddle::registry::dimensions<3, 2>{});
    using recorded = typename adder<Rule, T>::template body_of<Family, T, 2, 1>;
    all.template shape<Family, T, 2, 1>(carrier::number).record = recorded::record;
    all.template add_constant<Family>();
  });
  all.template shape<saddle::registry::game<saddle::games::quadratic>, T, 2, 3>(carrier::number);
}

/// Everything that the laws call of a rule. Defined in bodies.hpp, which a rule's own source includes.
template <class Rule, class T> void add_bodies(rule_on<T>& to);

} // namespace saddle_test
