/// The templates behind native.hpp. Every loop is compiled once for one game and once for a batch, in either number type.
#pragma once

#include <array>
#include <chrono>
#include <cstring>
#include <limits>

#include <saddle/engine/batch.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/games/quadratic.hpp>
#include <saddle/registry.hpp>

#include "native.hpp"

namespace tool::native {

template <class Rule, class G, class State = saddle::state_t<Rule, typename G::point_type>>
[[gnu::noinline]] auto advanced(const G& game, const saddle::parameters_t<Rule, typename G::point_type>& p,
                                const State& s, std::uint64_t steps) {
  return saddle::run(Rule{}, game, p, s, steps);
}

/// Calls f with rule and game as types: f.template operator()<Rule, Game>().
template <std::size_t P, std::size_t Q, class F> void with_types(std::string_view rule, game_kind kind, F f) {
  saddle::registry::each_dynamics([&]<class Rule>(int, const char* name) {
    if (rule != name) return;
    if (kind == game_kind::bilinear) f.template operator()<Rule, saddle::games::bilinear<double, P, Q>>();
    else f.template operator()<Rule, saddle::games::quadratic<double, P, Q>>();
  });
}

template <class X, class L> X filled(auto number_of) {
  X x;
  std::size_t k = 0;
  saddle::walk([&](L& lane) { lane = number_of(k++); }, x);
  return x;
}

/// One after the other where a lane is a group of vectors.
template <class F> void each_vector(const wide& x, F f) { f(0, x); }
template <std::size_t K, class F> void each_vector(const saddle::group<wide, K>& x, F f) {
  for (std::size_t k = 0; k < K; ++k) f(k, x.part[k]);
}

template <class Rule, class Scalar> void outcomes_of(const native_game& from, const rule_steps<along_row>& steps,
                                                     std::uint64_t count, std::span<outcome> out) {
  using L = saddle::batch_lane<Rule, typename Scalar::point_type>;
  using G = typename Scalar::template rebind<L>;
  using Z = typename G::point_type;
  constexpr std::size_t width = saddle::width<wide>;
  for (std::size_t first = 0; first < out.size(); first += saddle::width<L>) {
    const auto lanes = [&](const along_row& x) { return lanes_of<L>(x, first, out.size()); };
    const G game = filled<G, L>([&](std::size_t k) { return lanes(from.numbers[k]); });
    const Z z0 = filled<Z, L>([&](std::size_t k) { return saddle::broadcast<L>(from.start[k]); });
    const auto p = filled<saddle::parameters_t<Rule, Z>, L>(
        [&](std::size_t k) { return lanes(k < 2 ? steps.eta[k] : steps.gamma[k - 2]); });
    const auto r = advanced<Rule>(game, p, saddle::start(Rule{}, game, z0), count);
    std::array<wide, saddle::width<L> / width> before;
    each_vector(saddle::norm(game.field(z0)), [&](std::size_t k, const wide& x) { before[k] = x; });
    each_vector(saddle::norm(game.field(r.z())), [&](std::size_t k, const wide& last) {
      const std::size_t at = first + k * width;
      if (at >= out.size()) return;
      solved_lanes solved;
      for (std::size_t i = 0; i < width; ++i) solved[i] = r.status[k * width + i] != saddle::status::unsolved;
      judge_end(before[k], last, count, solved, out.subspan(at, std::min(width, out.size() - at)));
    });
  }
}

/// Nanoseconds of f, the fastest of several rounds: what remains is the least disturbed by the rest of the machine.
template <class F> double fastest(F&& f) {
  using clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::infinity();
  const auto end = clock::now() + std::chrono::milliseconds(8);
  int rounds = 0;
  while (rounds++ < 3 || clock::now() < end) {
    const auto before = clock::now();
    f();
    best = std::min(best, std::chrono::duration<double, std::nano>(clock::now() - before).count());
  }
  return best;
}

template <class Rule, class G> step_times times_of(const native_game& from, double eta) {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  using L = saddle::batch_lane<Rule, Z>;
  using wide_game = typename G::template rebind<L>;
  using wide_state = saddle::state_t<Rule, typename wide_game::point_type>;
  constexpr std::size_t width = saddle::width<L>, chunks = 256 / width, games = chunks * width; // 256 or a few less
  constexpr std::uint64_t steps = 1000;

  const auto number = [&](std::size_t k) { return static_cast<T>(from.numbers[k].common); };
  const auto starting = [&](std::size_t k, std::size_t g) {
    return static_cast<T>(from.start[k]) * (T(1) + static_cast<T>(g) / T(games));
  };
  const G game = filled<G, T>(number);
  const wide_game same = filled<wide_game, L>([&](std::size_t k) { return saddle::broadcast<L>(number(k)); });
  const auto p = filled<saddle::parameters_t<Rule, Z>, T>([&](std::size_t) { return static_cast<T>(eta); });
  const auto wide_p = saddle::spread<saddle::parameters_t<Rule, typename wide_game::point_type>>(p);
  const auto start_of = [&](std::size_t g) {
    return saddle::start(Rule{}, game, filled<Z, T>([&](std::size_t k) { return starting(k, g); }));
  };
  std::vector<wide_state> first, last(chunks);
  for (std::size_t c = 0; c < chunks; ++c)
    first.push_back(saddle::start(Rule{}, same, filled<typename wide_game::point_type, L>([&](std::size_t k) {
                                    using saddle::insert;
                                    L r = saddle::broadcast<L>(0);
                                    for (std::size_t i = 0; i < width; ++i) insert(r, i, starting(k, c * width + i));
                                    return r;
                                  })));

  const double batch = fastest([&] {
    for (std::size_t c = 0; c < chunks; ++c) last[c] = advanced<Rule>(same, wide_p, first[c], steps).next;
  });
  const auto alone_start = start_of(0);
  auto end = alone_start;
  const double alone = fastest([&] { end = advanced<Rule>(game, p, alone_start, steps).next; });

  step_times r{alone / static_cast<double>(steps), batch / static_cast<double>(steps * games)};
  for (std::size_t g = 0; g < games; ++g) {
    const auto by_itself = advanced<Rule>(game, p, start_of(g), steps).next;
    saddle::walk(
        [&](const T& x, const L& all) {
          using saddle::extract;
          const T in_batch = extract(all, g % width);
          r.verified = r.verified && std::memcmp(&x, &in_batch, sizeof x) == 0;
        },
        by_itself, last[g / width]);
  }
  return r;
}

} // namespace tool::native

namespace tool {

template <std::size_t P, std::size_t Q> void native_size<P, Q>::outcomes(std::string_view rule, const native_game& game,
                                                                         const rule_steps<along_row>& steps,
                                                                         std::uint64_t count, std::span<outcome> out) {
  native::with_types<P, Q>(rule, game.kind,
                           [&]<class Rule, class G>() { native::outcomes_of<Rule, G>(game, steps, count, out); });
}

template <std::size_t P, std::size_t Q> template <class T>
step_times native_size<P, Q>::times(std::string_view rule, const native_game& game, double eta) {
  step_times r;
  native::with_types<P, Q>(rule, game.kind, [&]<class Rule, class G>() {
    r = native::times_of<Rule, typename G::template rebind<T>>(game, eta);
  });
  return r;
}

} // namespace tool
