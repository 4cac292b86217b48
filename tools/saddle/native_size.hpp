/// The templates behind native.hpp. Every loop is compiled once for one game and once for a batch, in either number type;
/// what times them is not compiled here but once for all.
#pragma once

#include <algorithm>
#include <memory>

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

template <class X, class T> X read(const T* numbers) {
  X x;
  saddle::walk([&](T& to) { to = *numbers++; }, x);
  return x;
}

template <class Rule, class G> class engine_kernels final : public native_kernels<typename G::lane_type> {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  using P = saddle::parameters_t<Rule, Z>;
  using S = saddle::state_t<Rule, Z>;

public:
  engine_kernels() {
    this->step_scalars = saddle::scalars<P>;
    this->state_scalars = saddle::scalars<S>;
    this->can_fail = Rule::about.solves > 0;
  }
  void start(const tile_of<T>& t) const override {
    if constexpr (Rule::about.memory == 0) // the state is the point
      std::copy_n(t.points, saddle::block_memory<Z>(t.games), t.states);
    else
      saddle::start(Rule{}, saddle::blocks<G>{t.game, t.games}, saddle::blocks<Z>{t.points, t.games},
                    saddle::blocks<S>{t.states, t.games});
  }
  void run(const tile_of<T>& t, std::uint64_t steps) const override {
    saddle::report<T> report;
    if (t.status != nullptr) report.status = {t.status, t.games};
    saddle::run(Rule{}, saddle::blocks<G>{t.game, t.games}, saddle::blocks<P>{t.steps, t.games},
                saddle::blocks<S>{t.states, t.games}, steps, report);
  }
  void alone(const T* game, const T* steps, T* state, std::uint64_t count) const override {
    const S end = advanced<Rule>(read<G>(game), read<P>(steps), read<S>(state), count).next;
    saddle::walk([&](const T& x) { *state++ = x; }, end);
  }
};

} // namespace tool::native

namespace tool {

/// Rules of the tier `headers` are not compiled here either: in a sweep they go behind virtual calls, and `compare` has no
/// times for them.
template <class Rule> inline constexpr bool has_kernels =
    saddle::registry::rule<Rule>::compiled != saddle::registry::tier::headers;

template <std::size_t P, std::size_t Q> template <class T>
std::unique_ptr<native_kernels<T>> native_size<P, Q>::kernels(std::string_view rule, game_kind kind) {
  std::unique_ptr<native_kernels<T>> r;
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if constexpr (has_kernels<Rule>) {
      if (rule != entry.name) return;
      if (kind == game_kind::bilinear)
        r = std::make_unique<native::engine_kernels<Rule, saddle::games::bilinear<T, P, Q>>>();
      else r = std::make_unique<native::engine_kernels<Rule, saddle::games::quadratic<T, P, Q>>>();
    }
  });
  return r;
}

} // namespace tool
