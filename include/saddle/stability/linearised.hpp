/// The linear iteration of any rule around an equilibrium, as a matrix.
#pragma once

#include <cstddef>

#include <saddle/dynamics/detail/advance.hpp>
#include <saddle/linalg/derivative.hpp>
#include <saddle/linalg/solve.hpp>

namespace saddle::inline SADDLE_ISA {

/// A game near an equilibrium: F(z) = Jz on points of type Z, z measured from the equilibrium.
///
///     const saddle::linearised<saddle::point<double, 2, 2>> near{saddle::jacobian(game, equilibrium)};
template <class Z> struct linearised {
  using L = typename Z::lane_type;
  using lane_type = L;
  using point_type = Z;
  static constexpr std::size_t n = Z::size;
  mat<L, n, n> J;

  constexpr Z field(const Z& z) const noexcept { return product(J, z); }
  constexpr Z jvp(const Z&, const Z& v) const noexcept { return product(J, v); }
  constexpr Z vjp(const Z&, const Z& v) const noexcept { return product(transpose(J), v); }
  constexpr const mat<L, n, n>& jacobian(const Z&) const noexcept { return J; }

  /// (I + ηJ)⁻¹ by LU with partial pivoting.
  template <class Point> constexpr auto resolvent(const typename Point::step& eta) const noexcept {
    mat<L, n, n> a = identity<L, n>();
    std::size_t row = 0;
    const Point of_row = per_element<Point>(eta);
    walk(
        [&](const L& s) {
          for (std::size_t k = 0; k < n; ++k) a(row, k) = fma(s, J(row, k), a(row, k));
          ++row;
        },
        of_row);
    return inverse{lu<L, n>(a)};
  }

private:
  static constexpr Z product(const mat<L, n, n>& m, const Z& z) noexcept {
    vec<L, n> x;
    for (std::size_t i = 0; i < n; ++i) x[i] = z[i];
    x = m * x;
    Z r;
    for (std::size_t i = 0; i < n; ++i) r[i] = x[i];
    return r;
  }
  struct inverse {
    lu<L, n> factors;
    constexpr solution<Z> operator()(const Z& z) const noexcept {
      vec<L, n> x;
      for (std::size_t i = 0; i < n; ++i) x[i] = z[i];
      x = factors.solve(x);
      solution<Z> r{{}, factors.solved};
      for (std::size_t i = 0; i < n; ++i) r.z[i] = x[i];
      return r;
    }
  };
};

/// Rows and columns of the iteration matrix: the point, and below it what the rule remembers.
template <class Rule, class Z> inline constexpr std::size_t iteration_size = Z::size*(Rule::about.memory + 1);

/// T of `Rule` on F(z) = Jz: state⁺ = T·state, the state being z, then the remembered points as the rule stores them.
///
/// Exact for linear and quadratic games around their equilibrium, the linearisation for others. Found by stepping the
/// unit vectors, so it is the rule itself that is analysed. Where an inner equation has no solution T is NaN.
/// Cost: n(1 + memory) steps.
///
///     const auto t = saddle::iteration_matrix(saddle::dynamics::consensus{}, near, {.eta = 0.1, .gamma = 1.0});
///     const bool stable = saddle::spectral_radius(t).value < 1;
template <class Rule, class Z> constexpr mat<typename Z::lane_type, iteration_size<Rule, Z>, iteration_size<Rule, Z>>
iteration_matrix(Rule, const linearised<Z>& game, const parameters_t<Rule, Z>& p) noexcept {
  using L = typename Z::lane_type;
  using State = state_t<Rule, Z>;
  constexpr std::size_t size = iteration_size<Rule, Z>;
  const auto plan = detail::prepare<Rule, linearised<Z>, Z>(game, p);
  mat<L, size, size> t;
  mask_t<L> alive(true);
  for (std::size_t k = 0; k < size; ++k) {
    State s;
    std::size_t place = 0;
    walk([&](L& x) { x = broadcast<L>(place++ == k ? 1 : 0); }, s);
    s = detail::advance<Rule>(game, plan, s, alive);
    place = 0;
    walk([&](const L& x) { t(place++, k) = x; }, s);
  }
  const L nan = broadcast<L>(std::numeric_limits<scalar_t<L>>::quiet_NaN());
  if (!all(alive))
    for (L& x : t.v) x = select(alive, x, nan);
  return t;
}

/// T of `Rule` near the equilibrium z of a game.
template <class Rule, class G, class Z>
constexpr auto iteration_matrix(Rule rule, const G& game, const Z& z, const parameters_t<Rule, Z>& p) noexcept {
  return iteration_matrix(rule, linearised<Z>{saddle::jacobian(game, z)}, p);
}

} // namespace saddle::inline SADDLE_ISA
