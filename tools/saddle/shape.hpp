/// Games behind a virtual call. Rules are compiled once for each shape of points and not once for each game: a tool of
/// ten games and seven rules would take an hour to compile else, and calls once for a whole vector of games.
#pragma once

#include <cstddef>
#include <memory>
#include <variant>
#include <vector>

#include <saddle/engine/newton.hpp>
#include <saddle/lane/batch.hpp>
#include <saddle/linalg/derivative.hpp>
#include <saddle/linalg/players.hpp>
#include <saddle/linalg/point.hpp>

namespace tool {

/// As many numbers as a vector of this machine holds: a cell of a phase diagram each.
using wide = saddle::native_lane<double>;

/// The linearisation at an equilibrium, row-major, and how its rows belong to the players.
struct linear_game {
  std::vector<double> jacobian;
  std::vector<std::size_t> sizes; ///< of the players

  std::size_t rows() const {
    std::size_t n = 0;
    for (const std::size_t s : sizes) n += s;
    return n;
  }
};

/// A game on points of type Z.
template <class Z> class any_game {
public:
  using lane_type = typename Z::lane_type;
  using point_type = Z;
  virtual ~any_game() = default;
  virtual Z field(const Z& z) const noexcept = 0;
  virtual Z jvp(const Z& z, const Z& v) const noexcept = 0;
  virtual Z vjp(const Z& z, const Z& v) const noexcept = 0;
  virtual saddle::jacobian_t<Z> jacobian(const Z& z) const noexcept = 0;
  virtual bool has_resolvent() const noexcept = 0; ///< of its own, better than Newton's method
  virtual saddle::solution<Z> resolve(const typename Z::step& eta, const Z& z) const noexcept = 0;
  virtual Z start() const noexcept = 0;       ///< where runs begin unless told otherwise: near the equilibrium
  virtual linear_game linearised() const = 0; ///< of games with one number a lane
};

/// What rules are handed: any_game is abstract, and a game of the library is a value.
template <class Z> struct game_view {
  using lane_type = typename Z::lane_type;
  using point_type = Z;
  const any_game<Z>& game;

  Z field(const Z& z) const noexcept { return game.field(z); }
  Z jvp(const Z& z, const Z& v) const noexcept { return game.jvp(z, v); }
  Z vjp(const Z& z, const Z& v) const noexcept { return game.vjp(z, v); }
  saddle::jacobian_t<Z> jacobian(const Z& z) const noexcept { return game.jacobian(z); }

  struct resolvent_of_any {
    const any_game<Z>& game;
    typename Z::step eta;
    saddle::solution<Z> operator()(const Z& z) const noexcept {
      return game.has_resolvent() ? game.resolve(eta, z) : by_newton(z);
    }
    /// Called: loops of steps are flattened, and this is longer than any of them.
    [[gnu::noinline]] saddle::solution<Z> by_newton(const Z& z) const noexcept {
      return saddle::newton_resolvent<any_game<Z>, Z>{game, eta}(z);
    }
  };
  template <class Point> resolvent_of_any resolvent(const typename Point::step& eta) const noexcept {
    return {game, eta};
  }
};

/// Where the iterate is along a direction that no game prefers: what moves is seen along it. Each player's weights begin
/// anew, so that a game has the same direction in every shape that it is embedded in.
template <class Z> typename Z::lane_type place_of(const Z& z) {
  using L = typename Z::lane_type;
  using saddle::fma; // of scalars; vectors bring their own
  double weight = 1;
  std::size_t k = 0;
  L r = saddle::broadcast<L>(0);
  saddle::walk(
      [&](const L& x) {
        if constexpr (requires { Z::p; })
          if (k++ == Z::p) weight = 0.7548776662466927;
        r = fma(saddle::broadcast<L>(weight), x, r);
        weight *= -0.6180339887498949;
      },
      z);
  return r;
}

template <class L> using shape_1_1 = saddle::point<L, 1, 1>;
template <class L> using shape_2_2 = saddle::point<L, 2, 2>;
template <class L> using shape_4_4 = saddle::point<L, 4, 4>;
template <class L> using shape_8_8 = saddle::point<L, 8, 8>;
template <class L> using shape_three = saddle::players<L, 1, 1, 1>;
/// Two points, and a discriminator of 15 frequencies.
template <class L> using shape_kernel = saddle::point<L, 2, 31>;

/// A game of any of the shapes.
template <class L> using any_shape =
    std::variant<std::unique_ptr<any_game<shape_1_1<L>>>, std::unique_ptr<any_game<shape_2_2<L>>>,
                 std::unique_ptr<any_game<shape_4_4<L>>>, std::unique_ptr<any_game<shape_8_8<L>>>,
                 std::unique_ptr<any_game<shape_three<L>>>, std::unique_ptr<any_game<shape_kernel<L>>>>;

} // namespace tool
