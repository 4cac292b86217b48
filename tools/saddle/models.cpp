// The games of the catalogue as games of the library.
#include <algorithm>

#include <saddle/games/bilinear.hpp>
#include <saddle/games/covariance_gan.hpp>
#include <saddle/games/dirac_gan.hpp>
#include <saddle/games/gaussian_mean_gan.hpp>
#include <saddle/games/kernel_gan.hpp>
#include <saddle/games/linear_quadratic_gan.hpp>
#include <saddle/games/noisy_dirac_gan.hpp>
#include <saddle/games/polymatrix.hpp>
#include <saddle/games/quadratic.hpp>
#include <saddle/games/uniform_gan.hpp>
#include <saddle/stability/theory/kernel_gan.hpp>

#include "catalogue.hpp"

namespace tool {
namespace {

namespace games = saddle::games;
using games::gan_loss;
using saddle::extract; // of scalars; vectors bring their own

template <class Z> std::vector<std::size_t> sizes_of_players() {
  if constexpr (requires { Z::p; }) return {Z::p, Z::q};
  else return {std::begin(Z::sizes), std::end(Z::sizes)};
}

// A game of the library, with its equilibrium and a start.
template <class G> class wrapped : public any_game<typename G::point_type> {
public:
  using Z = typename G::point_type;
  wrapped(const G& game, const Z& equilibrium, const Z& start)
      : game_(game), equilibrium_(equilibrium), start_(start) {}

  Z field(const Z& z) const noexcept override { return game_.field(z); }
  Z jvp(const Z& z, const Z& v) const noexcept override { return saddle::jvp(game_, z, v); }
  Z vjp(const Z& z, const Z& v) const noexcept override { return saddle::vjp(game_, z, v); }
  saddle::jacobian_t<Z> jacobian(const Z& z) const noexcept override { return saddle::jacobian(game_, z); }
  bool has_resolvent() const noexcept override { return own_resolvent; }
  saddle::solution<Z> resolve(const typename Z::step& eta, const Z& z) const noexcept override {
    if constexpr (own_resolvent) return game_.template resolvent<Z>(eta)(z);
    else return {z, saddle::mask_t<typename Z::lane_type>(false)};
  }
  Z start() const noexcept override { return start_; }
  linear_game linearised() const override {
    linear_game r{{}, sizes_of_players<Z>()};
    const auto j = jacobian(equilibrium_);
    for (const auto& x : j.v) r.jacobian.push_back(extract(x, 0));
    return r;
  }

private:
  static constexpr bool own_resolvent = requires(const G& game, const typename Z::step& eta) {
    game.template resolvent<Z>(eta);
  };
  G game_;
  Z equilibrium_, start_;
};

// A tenth of 1, 1/2, 1/3, … away: no symmetry of a game keeps such a start on an invariant subspace.
template <class Z> Z near(Z z) {
  double k = 1;
  saddle::walk([&](auto& x) { x = x + saddle::broadcast<std::remove_cvref_t<decltype(x)>>(0.1 / k++); }, z);
  return z;
}

template <class L, class G> any_shape<L> made(const G& game, const typename G::point_type& equilibrium) {
  return std::make_unique<wrapped<G>>(game, equilibrium, near(equilibrium));
}

template <class L, class G> any_shape<L> made(const G& game) { return made<L>(game, game.equilibrium().z); }

// Calls make with the loss as a constant.
template <class F> auto with_loss(int loss, F make) {
  switch (static_cast<gan_loss>(loss)) {
  case gan_loss::non_saturating: return make.template operator()<gan_loss::non_saturating>();
  case gan_loss::wasserstein: return make.template operator()<gan_loss::wasserstein>();
  default: return make.template operator()<gan_loss::saturating>();
  }
}

template <class L> any_shape<L> trade(const settings<L>& s) {
  games::polymatrix<L, 1, 1, 1> game{saddle::zero_matrix<L, 3, 3>(), {}};
  saddle::walk([](L& x) { x = saddle::broadcast<L>(0); }, game.slope);
  const std::string_view couplings[] = {"w12", "w23", "w31"};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t k = (i + 1) % 3;
    game.W(i, i) = -s["a"];
    game.W(i, k) = s[couplings[i]];
    game.W(k, i) = -s[couplings[i]];
  }
  return made<L>(game, game.slope);
}

// The true point is at 0. What is far from it decouples, so the linearisation is that of the isolated point, and λ for
// what of the discriminator is flat there.
template <class L> using kernel_game = games::kernel_gan<L, 1, 2, 15>;

template <class L> class kernel final : public wrapped<kernel_game<L>> {
public:
  using Z = shape_kernel<L>;
  kernel(const kernel_game<L>& g, const Z& equilibrium, const Z& start, const settings<L>& s)
      : wrapped<kernel_game<L>>(g, equilibrium, start), s_(s) {}

  linear_game linearised() const override {
    const auto number = [&](std::string_view name) { return extract(s_[name], 0); };
    const saddle::vec<double, 2> masses{{number("mass1"), number("mass2")}};
    const auto near = saddle::theory::isolated_point(number("mass"), masses, number("lambda"), number("sigma"));
    linear_game r{std::vector<double>(16), {2, 2}};
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t k = 0; k < 3; ++k) r.jacobian[4 * i + k] = near.J(i, k);
    r.jacobian[15] = number("lambda");
    return r;
  }

private:
  settings<L> s_;
};

template <class L> any_shape<L> kernel_of(const settings<L>& s) {
  const L zero = saddle::broadcast<L>(0);
  // Twelve widths around: the images of the kernel are below 1e-7 of it for points up to six widths apart, and what
  // 15 frequencies leave out is below rounding.
  const auto game = kernel_game<L>::with({.truth = {{zero}},
                                          .mass = {{s["mass"]}},
                                          .generated_mass = {{s["mass1"], s["mass2"]}},
                                          .lambda = s["lambda"],
                                          .sigma = s["sigma"],
                                          .circumference = saddle::broadcast<L>(12) * s["sigma"]});
  const auto rest = game.best_answer({{zero, zero}});
  auto start = rest;
  start.theta[0] = s["offset"] * s["sigma"];
  start.theta[1] = saddle::broadcast<L>(-0.5) * start.theta[0];
  // And what of the discriminator is flat, which the points move to second order only: a run that has arrived before it
  // shows would miss an eigenvalue.
  start.omega[0] = start.omega[0] + s["offset"];
  return std::make_unique<kernel<L>>(game, rest, start, s);
}

// A game from a file fills the corners of one of these shapes. What is left over is zero and never moves.
template <class L, std::size_t N> any_shape<L> from_file(const game_description& d) {
  using Z = saddle::point<L, N, N>;
  games::quadratic<L, N, N> game{};
  saddle::walk([](L& x) { x = saddle::broadcast<L>(0); }, game);
  const auto place = [](double x) { return saddle::broadcast<L>(static_cast<saddle::scalar_t<L>>(x)); };
  for (std::size_t i = 0; i < d.p; ++i) {
    game.a[i] = place(d.a[i]);
    for (std::size_t k = 0; k < d.p; ++k) game.A(i, k) = place(d.A[i * d.p + k]);
    for (std::size_t k = 0; k < d.q; ++k) game.C(i, k) = place(d.C[i * d.q + k]);
  }
  for (std::size_t i = 0; i < d.q; ++i) {
    game.b[i] = place(d.b[i]);
    for (std::size_t k = 0; k < d.q; ++k) game.B(i, k) = place(d.B[i * d.q + k]);
  }
  const Z zero{saddle::zeros<L, N>(), saddle::zeros<L, N>()};
  Z start = zero;
  for (std::size_t i = 0; i < d.p; ++i) start.theta[i] = place(d.start[i]);
  for (std::size_t i = 0; i < d.q; ++i) start.omega[i] = place(d.start[d.p + i]);
  // The Jacobian is the same everywhere, so zero serves for the equilibrium that a padded game does not solve for.
  if (d.kind == game_kind::bilinear)
    return std::make_unique<wrapped<games::bilinear<L, N, N>>>(games::bilinear<L, N, N>{game.C}, zero, start);
  return std::make_unique<wrapped<games::quadratic<L, N, N>>>(game, zero, start);
}

} // namespace

template <class L> any_shape<L> build(const game_description& d) {
  switch (shape_size(d)) {
  case 1: return from_file<L, 1>(d);
  case 2: return from_file<L, 2>(d);
  case 4: return from_file<L, 4>(d);
  default: return from_file<L, 8>(d);
  }
}

template <class L> any_shape<L> build(const settings<L>& s) {
  if (s.described != nullptr) return build<L>(*s.described);
  const std::string_view name = s.what->name;
  const L zero = saddle::broadcast<L>(0);
  if (name == "bilinear") return made<L>(games::bilinear<L, 1, 1>{{{s["sigma"]}}});
  if (name == "quadratic")
    return made<L>(games::quadratic<L, 1, 1>{{{s["a"]}}, {{s["b"]}}, {{s["sigma"]}}, {{zero}}, {{zero}}},
                   {{{zero}}, {{zero}}});
  if (name == "polymatrix") return trade(s);
  if (name == "dirac_gan")
    return with_loss(s.loss, [&]<gan_loss Loss>() {
      return made<L>(games::dirac_gan<L, Loss>{s["r1"], s["penalty"], s["target"]});
    });
  if (name == "noisy_dirac_gan") return made<L>(games::noisy_dirac_gan<L>{s["noise"]});
  if (name == "uniform_gan")
    return with_loss(s.loss, [&]<gan_loss Loss>() { return made<L>(games::uniform_gan<L, Loss>{}); });
  if (name == "linear_quadratic_gan")
    return with_loss(s.loss, [&]<gan_loss Loss>() {
      return made<L>(games::linear_quadratic_gan<L, Loss>{s["mean"], s["deviation"]});
    });
  if (name == "covariance_gan")
    return made<L>(games::covariance_gan<L, 2, 2>{{{s["s11"], s["s12"], s["s12"], s["s22"]}}});
  if (name == "gaussian_mean_gan") return made<L>(games::gaussian_mean_gan<L, 1>{{{s["mean"]}}, s["deviation"]});
  return kernel_of(s);
}

template any_shape<float> build(const game_description&);
template any_shape<double> build(const settings<double>&);
template any_shape<wide> build(const settings<wide>&);

} // namespace tool
