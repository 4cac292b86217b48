/// The templates behind native.hpp. Every loop is compiled once for one game and once for a batch, in either number type.
#pragma once

#include <algorithm>
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
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if (rule != entry.name) return;
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

/// The batch engine on the games of a tile.
template <class Rule, class G> class engine_kernels final : public block_kernels {
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  using S = saddle::state_t<Rule, Z>;

public:
  engine_kernels() {
    step_scalars = saddle::scalars<P>;
    state_scalars = saddle::scalars<S>;
    can_fail = Rule::about.solves > 0;
  }
  void start(const tile& t) const override {
    saddle::start(Rule{}, saddle::blocks<G>{t.game, t.games}, saddle::blocks<Z>{t.points, t.games},
                  saddle::blocks<S>{t.states, t.games});
  }
  void run(const tile& t, std::uint64_t steps) const override {
    saddle::report<double> report;
    if (t.status != nullptr) report.status = {t.status, t.games};
    saddle::run(Rule{}, saddle::blocks<G>{t.game, t.games}, saddle::blocks<P>{t.steps, t.games},
                saddle::blocks<S>{t.states, t.games}, steps, report);
  }
};

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

/// Values in blocks, on cache lines.
template <class X> class block_storage {
  using T = typename X::lane_type;
  struct alignas(64) line {
    T numbers[saddle::block_games<T>];
  };
  std::vector<line> lines_;
  std::size_t games_;

public:
  explicit block_storage(const std::vector<X>& values)
      : lines_(saddle::block_memory<X>(values.size()) / saddle::block_games<T>), games_(values.size()) {
    saddle::pack(std::span<const X>(values), view());
  }
  saddle::blocks<X> view() { return {lines_.data()->numbers, games_}; }
  void copy_from(const block_storage& o) { std::copy(o.lines_.begin(), o.lines_.end(), lines_.begin()); }
};

template <class Rule, class G> step_times times_of(const native_game& from, double eta) {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  using S = saddle::state_t<Rule, Z>;
  constexpr std::size_t games = 256;
  constexpr std::uint64_t steps = 1000;

  const auto starting = [&](std::size_t k, std::size_t g) {
    return static_cast<T>(from.start[k]) * (T(1) + static_cast<T>(g) / T(games));
  };
  const G game = filled<G, T>([&](std::size_t k) { return static_cast<T>(from.numbers[k].common); });
  const P p = filled<P, T>([&](std::size_t) { return static_cast<T>(eta); });
  std::vector<S> starts;
  for (std::size_t g = 0; g < games; ++g)
    starts.push_back(saddle::start(Rule{}, game, filled<Z, T>([&](std::size_t k) { return starting(k, g); })));
  block_storage<G> each_game(std::vector<G>(games, game));
  block_storage<P> each_step(std::vector<P>(games, p));
  const block_storage<S> first(starts);
  block_storage<S> last(first);
  const auto all = [&] { saddle::run(Rule{}, each_game.view(), each_step.view(), last.view(), steps); };

  const double batch = fastest([&] {
    last.copy_from(first);
    all();
  });
  S end = starts[0];
  const double alone = fastest([&] { end = advanced<Rule>(game, p, starts[0], steps).next; });

  step_times r{alone / static_cast<double>(steps), batch / static_cast<double>(steps * games)};
  for (std::size_t g = 0; g < games; ++g) {
    const S by_itself = advanced<Rule>(game, p, starts[g], steps).next, among = last.view().get(g);
    saddle::walk(
        [&](const T& x, const T& in_batch) { r.verified = r.verified && std::memcmp(&x, &in_batch, sizeof x) == 0; },
        by_itself, among);
  }
  return r;
}

} // namespace tool::native

namespace tool {

template <std::size_t P, std::size_t Q>
std::unique_ptr<block_kernels> native_size<P, Q>::kernels(std::string_view rule, game_kind kind) {
  std::unique_ptr<block_kernels> r;
  native::with_types<P, Q>(rule, kind,
                           [&]<class Rule, class G>() { r = std::make_unique<native::engine_kernels<Rule, G>>(); });
  return r;
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
