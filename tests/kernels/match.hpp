/// A batch of random games, seen through the C interface and through the header-only engine.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include <saddle/engine/blocks.hpp>
#include <saddle/saddle.h>
#include <saddle/saddle.hpp>

namespace kernels_test {

template <class T> inline constexpr saddle_scalar scalar_id = std::is_same_v<T, float> ? SADDLE_FLOAT : SADDLE_DOUBLE;

/// Names of the instruction sets that can be selected here, best first.
inline std::vector<std::string> isas() {
  std::vector<const char*> names(saddle_available_isas(nullptr, 0));
  saddle_available_isas(names.data(), names.size());
  return {names.begin(), names.end()};
}

/// Selects for the life of an object, then gives the choice back to the library.
struct selected {
  explicit selected(const std::string& name) {
    EXPECT_EQ(saddle_select_isa(name.c_str()), SADDLE_OK);
    EXPECT_EQ(saddle_isa_name(), name);
  }
  ~selected() { saddle_select_isa(nullptr); }
  selected(const selected&) = delete;
  selected& operator=(const selected&) = delete;
};

/// Whether the kernels of this name round a·b + c once; SSE2, NEON of armv7 and plain scalars lack the instruction.
inline bool rounds_once(const std::string& isa) { return isa != "sse2" && isa != "neon" && isa != "scalar"; }

/// Same bits, or NaN both: which NaN an operation returns is not promised.
template <class T> bool same(T a, T b) {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  return (std::isnan(a) && std::isnan(b)) || std::bit_cast<bits>(a) == std::bit_cast<bits>(b);
}
template <class T> bool same(const std::vector<T>& a, const std::vector<T>& b) {
  bool r = a.size() == b.size();
  for (std::size_t i = 0; r && i < a.size(); ++i) r = same(a[i], b[i]);
  return r;
}

/// Values as row-major scalars, and back.
template <class X, class T = typename X::lane_type> std::vector<T> rows(const std::vector<X>& values) {
  std::vector<T> r;
  for (const X& x : values) saddle::walk([&](const T& s) { r.push_back(s); }, x);
  return r;
}
template <class X, class T = typename X::lane_type> std::vector<X> values(const std::vector<T>& scalars) {
  std::vector<X> r(scalars.size() / saddle::scalars<X>);
  std::size_t i = 0;
  for (X& x : r) saddle::walk([&](T& s) { s = scalars[i++]; }, x);
  return r;
}

/// Packed rows, `offset` scalars behind a cache line.
template <class T> struct packed {
  struct alignas(64) line {
    T scalar[saddle::block_games<T>] = {};
  };
  std::vector<line> memory;
  std::size_t row = 0, games = 0, offset = 0;
  bool shared = false;

  template <class X> explicit packed(const std::vector<X>& from, std::size_t at = 0) : games(from.size()), offset(at) {
    row = saddle::scalars<X>;
    memory.resize((saddle_block_memory(scalar_id<T>, row, games) + offset) / saddle::block_games<T> + 1);
    EXPECT_EQ(saddle_pack(scalar_id<T>, row, rows(from).data(), games, data()), SADDLE_OK);
  }
  template <class X> static packed one(const X& value, std::size_t at = 0) {
    packed r(std::vector<X>(1, value), at);
    r.shared = true;
    EXPECT_EQ(saddle_pack_shared(scalar_id<T>, r.row, rows(std::vector<X>(1, value)).data(), r.data()), SADDLE_OK);
    return r;
  }
  T* data() { return memory.data()->scalar + offset; }
  /// The blocks from a game on that starts one.
  T* from(std::size_t game) { return data() + game * row; }
  saddle_blocks blocks(std::size_t game = 0) { return {shared ? data() : from(game), shared}; }
  std::vector<T> unpacked() {
    std::vector<T> r(row * games);
    EXPECT_EQ(saddle_unpack(scalar_id<T>, row, data(), games, r.data()), SADDLE_OK);
    return r;
  }
};

/// What a call reports.
template <class T> struct reported {
  std::vector<std::uint8_t> status;
  std::vector<std::uint64_t> steps;
  std::vector<T> residual;
  explicit reported(std::size_t games) : status(games, 99), steps(games, 99), residual(games, T(99)) {}
  saddle_report view(std::size_t game = 0) {
    return {status.data() + game, steps.data() + game, residual.data() + game};
  }
  friend bool operator==(const reported& a, const reported& b) {
    return a.status == b.status && a.steps == b.steps && same(a.residual, b.residual);
  }
};

template <class Rule, class G> struct match {
  using game_type = G;
  using T = typename G::lane_type;
  using point_type = typename G::point_type;
  using parameters_type = saddle::parameters_t<Rule, point_type>;
  using state_type = saddle::state_t<Rule, point_type>;

  /// Several groups of vectors, single vectors behind them, and an incomplete block, for float and for double.
  static constexpr std::size_t count = 85;

  saddle_problem problem;
  std::vector<G> games{count};
  std::vector<parameters_type> parameters{count};
  std::vector<state_type> states{count};

  match(int dynamics, int game)
      : problem{static_cast<saddle_dynamics>(dynamics), static_cast<saddle_game>(game), scalar_id<T>, point_type::p,
                point_type::q} {
    std::mt19937 random(20190416);
    std::uniform_real_distribution<T> any(T(-1), T(1)), step(T(0.02), T(0.1));
    for (std::size_t g = 0; g < count; ++g) {
      saddle::walk([&](T& x) { x = any(random) / T(point_type::size); }, games[g]);
      // Curvature that holds the players, where the game has any.
      if constexpr (requires { games[g].A; }) {
        for (std::size_t i = 0; i < point_type::p; ++i) games[g].A(i, i) += T(1);
        for (std::size_t i = 0; i < point_type::q; ++i) games[g].B(i, i) += T(1);
      }
      saddle::walk([&](T& x) { x = step(random); }, parameters[g]);
      point_type z;
      saddle::walk([&](T& x) { x = any(random); }, z);
      states[g] = saddle::start(Rule{}, games[g], z);
    }
  }
};

} // namespace kernels_test
