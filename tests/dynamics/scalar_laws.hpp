/// The laws of an update rule that one game on numbers can show. dynamics/laws.hpp holds every rule to them with
/// GoogleTest, and firmware/ with nothing but an exit code: each says what it finds to a `check`, which has
///
///     check.holds(good)   check.at_most(value, bound)   check.more_than(value, bound)   check.same_bits(a, b)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <saddle/engine/run.hpp>

#include "support/each_game.hpp"

namespace saddle_test {

/// A random situation: a game, the parameters of a rule for it, and a start.
template <class Rule, class G> struct situation {
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  G game;
  P parameters;
  Z start;

  explicit situation(random_source& random)
      : game(random_game<G>(random)), parameters(random_parameters<P>(random)), start(random_point<Z>(random)) {}
};

namespace scalar_laws {

template <class Rule, class G, class Check> void zero_steps_change_nothing(random_source& random, Check check) {
  using T = typename G::lane_type;
  situation<Rule, G> s(random);
  s.parameters.eta = T(0);
  const auto r = saddle::run(Rule{}, s.game, s.parameters, s.start, 3);
  check.same_bits(r.z(), s.start);
  check.holds(r.status == saddle::status::ok);
}

/// An equilibrium is a fixed point: exactly for an explicit rule, to the rounding of the solve for an implicit one.
template <class Rule, class G, class Check> void an_equilibrium_stays_where_it_is(random_source& random, Check check) {
  using T = typename G::lane_type;
  const situation<Rule, G> s(random);
  const auto [game, z] = with_exact_equilibrium(s.game, random);
  check.at_most(saddle::max_norm(game.field(z)), T(0));
  const int steps = 10;
  const auto r = saddle::run(Rule{}, game, s.parameters, z, steps);
  if (Rule::about.solves == 0) check.at_most(saddle::max_norm(r.z() - z), T(0));
  else
    check.at_most(saddle::norm(r.z() - z), T(steps * 4 * G::point_type::size) * saddle::epsilon<T> * saddle::norm(z));
}

/// A run is its parts.
template <class Rule, class G, class Check> void a_run_can_be_continued(random_source& random, Check check) {
  const situation<Rule, G> s(random);
  const auto whole = saddle::run(Rule{}, s.game, s.parameters, s.start, 12);
  const auto first = saddle::run(Rule{}, s.game, s.parameters, s.start, 5);
  const auto second = saddle::run(Rule{}, s.game, s.parameters, first.next, 7);
  check.same_bits(second.next, whole.next);
  auto by_hand = saddle::start(Rule{}, s.game, s.start);
  for (int k = 0; k < 12; ++k) by_hand = saddle::step(Rule{}, s.game, s.parameters, by_hand);
  check.same_bits(by_hand, whole.next);
}

template <class Rule, class G, class Check>
void a_trajectory_holds_every_stride_th_iterate(random_source& random, Check check) {
  using Z = typename G::point_type;
  const situation<Rule, G> s(random);
  for (const std::uint64_t stride : {0u, 1u, 3u}) {
    std::array<Z, 5> memory;
    saddle::trajectory<Z> record{.data = memory.data(), .capacity = memory.size(), .stride = stride};
    const auto r = saddle::run(Rule{}, s.game, s.parameters, s.start, 9, record);
    const std::uint64_t apart = stride == 0 ? 1 : stride, points = 1 + 9 / apart;
    check.holds(record.size + record.missed == points);
    check.holds(record.size == (points < memory.size() ? points : memory.size()));
    for (std::size_t k = 0; k < record.size; ++k)
      check.same_bits(memory[k], saddle::run(Rule{}, s.game, s.parameters, s.start, k * apart).z());
    check.same_bits(r.z(), saddle::run(Rule{}, s.game, s.parameters, s.start, 9).z());
  }
}

/// Exchanges the two numbers of every step size: a rule's parameters are pairs, the step of θ before that of ω.
template <class P> void swap_players(P& parameters) {
  auto* first = static_cast<typename P::lane_type*>(nullptr);
  saddle::walk(
      [&](auto& number) {
        if (first == nullptr) {
          first = &number;
        } else {
          std::swap(*first, number);
          first = nullptr;
        }
      },
      parameters);
}

/// The two players change places: θ ↔ ω, steps exchanged, C → −Cᵀ. A rule whose players move in turn knows who is first.
template <class Rule, class T, class Check> void players_are_interchangeable(random_source& random, Check check) {
  constexpr std::size_t p = 3, q = 2;
  using G = saddle::games::quadratic<T, p, q>;
  const situation<Rule, G> s(random);
  const saddle::games::quadratic<T, q, p> mirrored{s.game.B, s.game.A, -transpose(s.game.C), s.game.b, s.game.a};
  const saddle::point<T, q, p> start{s.start.omega, s.start.theta};
  typename situation<Rule, saddle::games::quadratic<T, q, p>>::P parameters;
  saddle::walk([](auto& to, const auto& from) { to = from; }, parameters, s.parameters);
  swap_players(parameters);
  const auto r = saddle::run(Rule{}, s.game, s.parameters, s.start, 6).z();
  const auto m = saddle::run(Rule{}, mirrored, parameters, start, 6).z();
  const saddle::point<T, p, q> back{m.omega, m.theta};
  const T scale = saddle::norm(r) + saddle::norm(s.start);
  const T difference = saddle::norm(r - back);
  if (Rule::about.sequential) check.more_than(difference, T(1e-3) * scale);
  else check.at_most(difference, T(6 * 4 * (p + q)) * saddle::epsilon<T> * scale);
}

/// The same run as a constant and at run time.
template <class Rule, class T, template <class, std::size_t, std::size_t> class Game> struct constant_run {
  using G = Game<T, 1, 1>;
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  static constexpr std::uint64_t steps = 12;

  template <class X> static constexpr X numbers(T first) {
    X x;
    saddle::walk(
        [&](auto& number) {
          number = first;
          first = first * T(0.75) + T(0.0625);
        },
        x);
    return x;
  }
  static constexpr Z end(const G& game, const P& p, const Z& z) { return saddle::run(Rule{}, game, p, z, steps).z(); }
  static constexpr Z at_compile_time = end(numbers<G>(T(0.9)), numbers<P>(T(0.11)), numbers<Z>(T(1.7)));

  /// Not inlined, so that the compiler knows nothing of the arguments.
  [[gnu::noinline]] static Z at_run_time(const volatile T& scale) {
    return end(numbers<G>(scale * T(0.9)), numbers<P>(scale * T(0.11)), numbers<Z>(scale * T(1.7)));
  }
};

template <class Rule, class T, class Check> void a_constant_has_the_bits_of_run_time(Check check) {
  each_game([&]<class Family>(const char*) {
    using constant = constant_run<Rule, T, Family::template of>;
    volatile T one = 1;
    check.same_bits(constant::at_run_time(one), constant::at_compile_time);
  });
}

} // namespace scalar_laws
} // namespace saddle_test
