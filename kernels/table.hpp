/// The kernels of one rule on one instruction set, instantiated for its games. Included by one object only.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <saddle/engine/batch.hpp>
#include <saddle/registry.hpp>

#include "abi.hpp"

/// A function that stays one. Not `cold`, which would make what always calls it cold as well: small and slow.
#if defined(__clang__)
#define SADDLE_CALLED [[gnu::noinline]]
#else
#define SADDLE_CALLED [[gnu::noinline, gnu::noclone]]
#endif

namespace saddle::inline SADDLE_ISA::kernel {

/// Blocks of X with the stride of the call: zero for a shared value.
template <class X> struct strided {
  using value_type = X;
  using T = typename X::lane_type;
  static constexpr std::size_t block_scalars = scalars<X>;
  const T* data;
  std::size_t stride, games;

  template <class L> SADDLE_INLINE typename X::template rebind<L> load(std::size_t first) const noexcept {
    return saddle::detail::load_block<X, L>(data, stride, first, games);
  }
};

/// The report that the caller wants. A status is one byte on both sides. Called, because every kernel needs it.
template <class T> SADDLE_CALLED report<T> wanted(const saddle_kernel_call& c) noexcept {
  report<T> r;
  if (c.report == nullptr) return r;
  if (c.report->status) r.status = {reinterpret_cast<status*>(c.report->status), c.games};
  if (c.report->steps) r.steps = {c.report->steps, c.games};
  if (c.report->residual) r.residual = {static_cast<T*>(c.report->residual), c.games};
  return r;
}

/// Where a call of run_until is to end. Called for the same reason.
template <class T> SADDLE_CALLED limits<T> wanted_end(const saddle_kernel_call& c) noexcept {
  return {static_cast<T>(c.stop->tolerance), c.stop->cap, c.stop->check_every, static_cast<T>(c.stop->divergence)};
}

/// Fills one block's share of `scalars` scalars with a plain row. Called, or it is unrolled for every size.
template <class T> SADDLE_CALLED void spread_row(const void* row, std::size_t scalars, T* block) noexcept {
  const T* from = static_cast<const T*>(row);
  for (std::size_t s = 0; s < scalars; ++s)
    for (std::size_t g = 0; g < block_games<T>; ++g) block[s * block_games<T> + g] = from[s];
}

template <class Rule, class G> struct of {
  using Z = typename G::point_type;
  using T = typename G::lane_type;
  using P = parameters_t<Rule, Z>;
  using S = state_t<Rule, Z>;

  static strided<G> game(const saddle_kernel_call& c) noexcept {
    return {static_cast<const T*>(c.game), c.game_stride, c.games};
  }
  static strided<P> parameters(const saddle_kernel_call& c) noexcept {
    return {static_cast<const T*>(c.parameters), c.parameter_stride, c.games};
  }
  static blocks<S> states(const saddle_kernel_call& c) noexcept { return {static_cast<T*>(c.states), c.games}; }

  // Called by `sweep` as well: inlined there, they were a sixth of the archive.
  [[gnu::noinline]] static saddle_status start(const saddle_kernel_call* c) noexcept {
    const auto g = game(*c);
    const auto s = states(*c);
    saddle::detail::each_chunk<T, 1>(c->games, [&]<class L>(std::size_t first) {
      s.template store<L>(first,
                          saddle::start(Rule{}, saddle::detail::loaded<L>(g, first), s.template load<L>(first).z));
    });
    return SADDLE_OK;
  }
  [[gnu::noinline]] static saddle_status run(const saddle_kernel_call* c) noexcept {
    return static_cast<saddle_status>(
        saddle::run(Rule{}, game(*c), parameters(*c), states(*c), c->steps, wanted<T>(*c)));
  }
  static saddle_status run_until(const saddle_kernel_call* c) noexcept {
    return static_cast<saddle_status>(
        saddle::run_until(Rule{}, game(*c), parameters(*c), states(*c), wanted_end<T>(*c), wanted<T>(*c)));
  }
  /// A run of one game for all, by the code of `run`: measured, a copy of its own that knew the game is shared was no
  /// faster.
  static saddle_status sweep(const saddle_kernel_call* c) noexcept {
    alignas(64) T one_game[scalars<G> * block_games<T>];
    spread_row(c->game, scalars<G>, one_game);
    T* const states = static_cast<T*>(c->states);
    for (std::size_t first = 0; first < c->games; first += block_games<T>)
      spread_row(c->start, Z::size, states + first * scalars<S>);
    saddle_kernel_call shared_game = *c;
    shared_game.game = one_game;
    shared_game.game_stride = 0;
    start(&shared_game);
    return run(&shared_game);
  }
};

/// A game of a user at a size, or at its own where it is a template over the scalar alone.
template <template <class, std::size_t, std::size_t> class Game, class T, std::size_t P, std::size_t Q>
Game<T, P, Q> sized();
template <template <class> class Game, class T, std::size_t P, std::size_t Q> Game<T> sized();

struct visitor {
  template <class... L> void operator()(L&...) noexcept;
};

/// What a kernel asks of a game and a rule beside what their calls do.
template <class G>
concept game_of_two = requires(G game, visitor f) {
  typename G::lane_type;
  typename G::template rebind<typename G::lane_type>;
  G::point_type::p + G::point_type::q;
  G::each(f, game);
};
template <class Rule, class Z>
concept rule_on = requires {
  Rule::about.memory;
  parameters_t<Rule, Z>::count;
};

/// The kernels of a rule and game. Empty where the game has a shape of its own and it is not P x Q.
template <class Rule, class G, std::size_t P, std::size_t Q>
constexpr saddle_kernel entry(int dynamics_id, int game_id, saddle_scalar scalar) noexcept {
  static_assert(game_of_two<G>,
                "saddle: a compiled game has lane_type, point_type (of two players), rebind and each, as "
                "games/bilinear.hpp has them");
  static_assert(
      rule_on<Rule, typename G::point_type>,
      "saddle: a compiled rule has `about` and `parameters` with a `count`, as dynamics/optimistic.hpp has them");
  using K = of<Rule, G>;
  if constexpr (K::Z::p != P || K::Z::q != Q) return {};
  else
    return {static_cast<std::uint16_t>(dynamics_id),
            static_cast<std::uint16_t>(game_id),
            static_cast<std::uint8_t>(P),
            static_cast<std::uint8_t>(Q),
            static_cast<std::uint8_t>(scalar),
            static_cast<std::uint8_t>(K::P::count),
            scalars<G>,
            scalars<typename K::P>,
            scalars<typename K::S>,
            &K::start,
            &K::run,
            &K::run_until,
            &K::sweep};
}

/// Whether a game has a kernel here.
template <std::size_t N> constexpr bool has_game(const saddle_kernel (&all)[N], int id) noexcept {
  bool has = false;
  for (const saddle_kernel& kernel : all) has = has || (kernel.p > 0 && kernel.game == id);
  return has;
}

/// `all` without the entries that are empty.
template <const auto& all> constexpr auto those_of_its_shape() noexcept {
  constexpr auto there = [](const saddle_kernel& kernel) { return kernel.p > 0; };
  std::array<saddle_kernel, std::ranges::count_if(all, there)> r{};
  std::ranges::copy_if(all, r.begin(), there);
  return r;
}

} // namespace saddle::inline SADDLE_ISA::kernel
