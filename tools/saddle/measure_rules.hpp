/// The templates behind measurement.hpp: a game as a type of the library, its runs and its clock.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include <saddle/engine/batch.hpp>
#include <saddle/saddle.hpp>

#include "measurement.hpp"

namespace tool {
namespace measuring {

/// Copies decimal numbers of the file into a matrix, vector or point of the library.
template <class To> To convert(const std::vector<double>& from) {
  using T = typename To::lane_type;
  To r;
  std::size_t i = 0;
  saddle::walk([&](T& x) { x = static_cast<T>(from[i++]); }, r);
  return r;
}

/// The factor of one step, as the slope of log ‖z‖ over the second half of a long run of the game with its equilibrium
/// at zero. That game is linear, so after every few steps the state is scaled back by a power of two, which changes no
/// bit of its direction: the run can be as long as it likes without reaching zero or infinity. Rounding errors along
/// directions that do not move would stay while all else shrinks, so they are projected away.
template <class T, class Rule, class G, class Parameters>
std::optional<double> measured_rate(Rule rule, const G& homogeneous, const Parameters& p,
                                    const typename G::point_type& start, const analysis& facts) {
  using Z = typename G::point_type;
  constexpr int chunks = 4000, steps_a_chunk = 8, first = chunks * steps_a_chunk / 2;
  const auto project = [&](Z& z) {
    std::array<double, Z::size> from;
    for (std::size_t i = 0; i < Z::size; ++i) from[i] = static_cast<double>(z[i]);
    for (std::size_t i = 0; i < Z::size; ++i) {
      double s = 0;
      for (std::size_t j = 0; j < Z::size; ++j) s += facts.moving[i * Z::size + j] * from[j];
      z[i] = static_cast<T>(s);
    }
  };

  auto state = saddle::start(rule, homogeneous, start);
  double scaled_away = 0; // log₂ of what has been divided out
  double n = 0, sum_k = 0, sum_y = 0, sum_kk = 0, sum_ky = 0;
  bool vanished = false;
  for (int chunk = 0; chunk < chunks; ++chunk) {
    const auto fit = [&](std::uint64_t step, const Z& z) {
      const int k = chunk * steps_a_chunk + static_cast<int>(step);
      if (step == 0 || k <= first) return;
      const double x = k - 1.5 * first, y = scaled_away + std::log2(static_cast<double>(saddle::norm(z)));
      n += 1, sum_k += x, sum_y += y, sum_kk += x * x, sum_ky += x * y;
    };
    const auto r = saddle::run(rule, homogeneous, p, state, steps_a_chunk, fit);
    if (r.status[0] != saddle::status::ok) return {};
    state = r.next;
    T largest = 0;
    saddle::walk([&](const T& x) { largest = std::max(largest, std::abs(x)); }, state);
    if (largest == 0) {
      vanished = true;
      break;
    }
    int exponent = 0;
    std::frexp(largest, &exponent);
    saddle::walk([&](T& x) { x = std::ldexp(x, -exponent); }, state);
    scaled_away += exponent;
    if (facts.null_directions > 0) {
      project(state.z);
      if constexpr (Rule::about.memory > 0) project(state.memory);
    }
  }
  if (vanished) return 0.0;
  return std::exp2((n * sum_ky - sum_k * sum_y) / (n * sum_kk - sum_k * sum_k));
}

/// Slopes of a cycle are not exactly zero: a fit that ends in the middle of a turn is off by about 2·period/steps².
inline constexpr double cycle_band = 1e-6;

inline std::string verdict_of(saddle::status how, const std::optional<double>& rate) {
  using enum saddle::status;
  switch (how) {
  case converged: return "converges";
  case diverged:
  case non_finite: return "diverges";
  case unsolved: return "unsolved";
  default: break;
  }
  if (!rate) return "undecided";
  if (std::abs(*rate - 1) <= cycle_band) return "cycles";
  return *rate < 1 ? "converges" : "diverges";
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

/// Fills in the two times. The steps taken are tiny, because arithmetic takes the same time for all of them except at
/// the ends of the number range, and a tiny step keeps the iterates away from those.
template <class T, class Rule, class G, class Parameters>
void time_steps(measurement& row, Rule rule, const G& game, Parameters p, const typename G::point_type& z0,
                const analysis& facts) {
  using Z = typename G::point_type;
  using S = saddle::state_t<Rule, Z>;
  constexpr std::size_t games = 256;
  constexpr std::uint64_t steps = 1000;
  saddle::walk([&](T& x) { x = static_cast<T>(0x1p-16 / facts.lipschitz); }, p);

  std::vector<G> copies(games, game);
  std::vector<Z> starts(games, z0);
  for (std::size_t g = 0; g < games; ++g)
    saddle::walk([&](T& x) { x *= T(1) + static_cast<T>(g) / T(games); }, starts[g]);

  // 64 bytes of room to begin on a cache line.
  const auto memory = [](std::size_t size) { return std::vector<T>(size + 64 / sizeof(T)); };
  const auto aligned = [](std::vector<T>& m) {
    void* at = m.data();
    std::size_t room = m.size() * sizeof(T);
    return static_cast<T*>(std::align(64, room - 64, at, room));
  };
  auto game_memory = memory(saddle::block_memory<G>(games)), state_memory = memory(saddle::block_memory<S>(games)),
       point_memory = memory(saddle::block_memory<Z>(games));
  const saddle::blocks<G> game_blocks{aligned(game_memory), games};
  const saddle::blocks<S> state_blocks{aligned(state_memory), games};
  const saddle::blocks<Z> point_blocks{aligned(point_memory), games};
  saddle::pack(std::span<const G>(copies), game_blocks);
  saddle::pack(std::span<const Z>(starts), point_blocks);

  const double batch = fastest([&] {
    saddle::start(rule, game_blocks, point_blocks, state_blocks);
    saddle::run(rule, game_blocks, saddle::shared<Parameters>{p}, state_blocks, steps);
  });
  Z end = z0;
  const double alone = fastest([&] { end = saddle::run(rule, game, p, z0, steps).z(); });

  const auto same = [](const Z& a, const Z& b) { return std::memcmp(&a, &b, sizeof(Z)) == 0; };
  row.verified = same(end, state_blocks.get(0).z);
  for (std::size_t g = 1; g < games; ++g)
    row.verified = row.verified && same(saddle::run(rule, game, p, starts[g], steps).z(), state_blocks.get(g).z);
  if (!row.verified) return;
  row.alone = alone / static_cast<double>(steps);
  row.batch = batch / static_cast<double>(steps * games);
}

/// In double whatever is measured: what the steps as chosen promise.
template <class Rule, std::size_t P, std::size_t Q>
double predicted_rate(const game_description& d, const analysis& facts, const step_choice& steps) {
  using Z = saddle::point<double, P, Q>;
  // A bilinear game has zeros for A and B in its description.
  saddle::games::quadratic<double, P, Q> game{};
  game.A = convert<saddle::mat<double, P, P>>(d.A);
  game.B = convert<saddle::mat<double, Q, Q>>(d.B);
  game.C = convert<saddle::mat<double, P, Q>>(d.C);
  saddle::parameters_t<Rule, Z> p;
  std::size_t i = 0;
  saddle::walk([&](double& x) { x = (i < 2 ? steps.eta : steps.gamma)[i % 2], ++i; }, p);
  const auto t = saddle::iteration_matrix(Rule{}, saddle::linearised<Z>{game.jacobian()}, p);
  return asymptotic_rate(t.v, t.rows, facts.null_directions);
}

template <class T, class G> std::vector<measurement> all_rules(const G& game, const G& homogeneous,
                                                               const game_description& d, const analysis& facts,
                                                               const measurement_options& o) {
  using Z = typename G::point_type;
  const Z z0 = convert<Z>(d.start), target = convert<Z>(facts.target);
  std::vector<measurement> rows;
  saddle::registry::each_dynamics([&]<class Rule>(int, const char* name) {
    using parameters = saddle::parameters_t<Rule, Z>;
    measurement row;
    row.rule = name;
    row.has_gamma = parameters::count > 1;
    row.steps = choose_steps(name, d, facts, o.tolerance, o.which);

    parameters p;
    std::size_t i = 0;
    saddle::walk([&](T& x) { x = static_cast<T>((i < 2 ? row.steps.eta : row.steps.gamma)[i % 2]), ++i; }, p);

    row.predicted = predicted_rate<Rule, Z::p, Z::q>(d, facts, row.steps);
    row.measured = measured_rate<T>(Rule{}, homogeneous, p, z0 - target, facts);
    const saddle::limits<T> stop{
        .tolerance = static_cast<T>(o.tolerance) * saddle::norm(z0 - target), .cap = step_cap, .divergence = T(1e6)};
    const auto end = saddle::run_until(Rule{}, game, p, z0, stop, saddle::distance_to<Z>{target});
    if (end.status[0] == saddle::status::converged) row.iterations = end.steps[0];
    row.verdict = verdict_of(end.status[0], row.measured);
    if (o.timing) time_steps<T>(row, Rule{}, game, p, z0, facts);
    rows.push_back(row);
  });
  return rows;
}

} // namespace measuring

template <class T, std::size_t P, std::size_t Q>
std::vector<measurement> measure_as(const game_description& d, const analysis& facts, const measurement_options& o) {
  using namespace measuring;
  const auto C = convert<saddle::mat<T, P, Q>>(d.C);
  if (d.kind == game_kind::bilinear) {
    const saddle::games::bilinear<T, P, Q> game{C};
    return all_rules<T>(game, game, d, facts, o);
  }
  saddle::games::quadratic<T, P, Q> game{convert<saddle::mat<T, P, P>>(d.A), convert<saddle::mat<T, Q, Q>>(d.B), C,
                                         convert<saddle::vec<T, P>>(d.a), convert<saddle::vec<T, Q>>(d.b)};
  saddle::games::quadratic<T, P, Q> homogeneous = game;
  homogeneous.a = saddle::zeros<T, P>();
  homogeneous.b = saddle::zeros<T, Q>();
  return all_rules<T>(game, homogeneous, d, facts, o);
}

} // namespace tool
