/// How fast a rule contracts on a game: spectral radius, dominant factor, regime.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <saddle/games/bilinear.hpp>
#include <saddle/spectral/eigenvalues.hpp>
#include <saddle/spectral/singular_values.hpp>
#include <saddle/stability/linearised.hpp>
#include <saddle/stability/mode.hpp>

namespace saddle::inline SADDLE_ISA {

/// What a linear iteration does in the long run.
template <class L> struct contraction {
  L radius; ///< ρ of the whole iteration: 1 at least where the game has a null space, whose points never move
  L rate;   ///< ρ on the rest: ‖z_t − z*‖ ~ rateᵗ. 0 where there is no rest
  L re, im; ///< the factor λ with |λ| = rate; im ≥ 0, the other of a complex pair is its conjugate
};

/// What a step does, in one word.
enum class regime : std::uint8_t {
  converges,  ///< rate < 1, dominant factor real and positive
  oscillates, ///< rate < 1, dominant factor complex or negative: turns or jumps to the other side on its way
  marginal,   ///< rate = 1 as far as the arithmetic can tell
  diverges,   ///< rate > 1
  undefined,  ///< an equation inside the step has no solution, or the game is not finite
};

constexpr const char* to_string(regime v) noexcept {
  switch (v) {
  case regime::converges: return "converges";
  case regime::oscillates: return "oscillates";
  case regime::marginal: return "marginal";
  case regime::diverges: return "diverges";
  case regime::undefined: return "undefined";
  }
  return "unknown regime";
}

/// The regime of each number of a lane as a number of that lane, the value of the enumerator: for phase diagrams, where a
/// vector of points is classified without taking it apart. `tolerance` is the half-width of the band around 1 that counts
/// as marginal, and |arg λ| below it counts as real.
template <class L> SADDLE_INLINE constexpr L
regime_code(const contraction<L>& c, scalar_t<L> tolerance = scalar_t<L>(256) * epsilon<scalar_t<L>>) noexcept {
  using T = scalar_t<L>;
  const auto code = [](regime r) { return broadcast<L>(static_cast<T>(r)); };
  const mask_t<L> above = c.rate > broadcast<L>(1 + tolerance), below = c.rate < broadcast<L>(1 - tolerance);
  const mask_t<L> negative = c.re<broadcast<L>(0), complex = c.im> broadcast<L>(tolerance) * c.rate;
  const mask_t<L> turns = negative | complex, number = c.rate == c.rate;
  const L inside = select(turns, code(regime::oscillates), code(regime::converges));
  const L outside = select(above, code(regime::diverges), code(regime::marginal));
  return select(number, select(below, inside, outside), code(regime::undefined));
}

/// The regime of each number of a lane.
template <class L> constexpr per_lane<regime, width<L>>
classify(const contraction<L>& c, scalar_t<L> tolerance = scalar_t<L>(256) * epsilon<scalar_t<L>>) noexcept {
  const L codes = regime_code(c, tolerance);
  per_lane<regime, width<L>> r;
  for (std::size_t i = 0; i < width<L>; ++i) r[i] = static_cast<regime>(static_cast<int>(extract(codes, i)));
  return r;
}

namespace detail {

/// Collects factors: the largest one is what remains.
template <class L> struct dominant {
  L square = broadcast<L>(0), re = square, im = square;
  mask_t<L> undefined = mask_t<L>(false), unmoved = mask_t<L>(false);

  SADDLE_INLINE constexpr void add(const mode<L>& f) noexcept {
    const L size = dot(f, f);
    const mask_t<L> larger = size > square, number = size == size;
    square = select(larger, size, square);
    re = select(larger, f.re, re);
    im = select(larger, f.im, im);
    undefined = undefined | !number;
  }
  /// Only where `part` holds; elsewhere it is a direction that never moves.
  SADDLE_INLINE constexpr void add(const mode<L>& f, const mask_t<L>& part) noexcept {
    const L zero = broadcast<L>(0);
    add({select(part, f.re, zero), select(part, f.im, zero)});
    unmoved = unmoved | !part;
  }
  SADDLE_INLINE constexpr contraction<L> result() const noexcept {
    using T = scalar_t<L>;
    const L rate = select(undefined, broadcast<L>(std::numeric_limits<T>::quiet_NaN()), sqrt(square));
    const L one = broadcast<L>(1);
    const mask_t<L> held = unmoved & !undefined;
    return {select(held, max(one, rate), rate), rate, re, abs(im)};
  }
};

/// A number of lane type To from one of the same type, or from a scalar for all.
template <class To, class From> SADDLE_INLINE constexpr To widened(const From& x) noexcept {
  if constexpr (std::is_same_v<To, From>) return x;
  else return broadcast<To>(x);
}
template <class L, class M> SADDLE_INLINE constexpr mask_t<L> widened_mask(const M& m) noexcept {
  if constexpr (std::is_same_v<mask_t<L>, M>) return m;
  else return mask_t<L>(m);
}

/// Below this, relative to the size of the game, a singular value or the modulus of an eigenvalue counts as zero.
template <class T, std::size_t N> inline constexpr T null_level = T(4 * N) * epsilon<T>;

} // namespace detail

/// The eigenvalues of a game's Jacobian, sorted out once; then the contraction of any spectral rule for any step sizes.
///
/// L is the lane type of the games: a scalar for one game, a vector for one a lane. The step sizes may be vectors where
/// the game is one: a phase diagram is a batch of step sizes on one spectrum.
template <class L, std::size_t N> struct game_modes {
  static constexpr std::size_t count = N;
  mode<L> of[N];        ///< eigenvalues μ of J, one of each complex pair may stand for both
  mask_t<L> moves[N];   ///< false for those that count as zero: their directions never move
  mask_t<L> null_space; ///< whether some direction never moves, one without an entry above included
  L size;               ///< the largest |μ|
  per_lane<saddle::status, width<L>> status; ///< of the eigenvalues
};

/// The eigenvalues of J as modes. Those below 4Nε‖J‖ count as zero; a defective zero, whose computed copies lie around
/// (ε‖J‖)^(1/k), is not recognised.
template <class L, std::size_t N> constexpr game_modes<L, N> modes(const mat<L, N, N>& j) noexcept {
  using T = scalar_t<L>;
  const auto s = eigenvalues(j);
  game_modes<L, N> r;
  r.status = s.status;
  L frobenius = broadcast<L>(0);
  for (const L& x : j.v) frobenius = fma(x, x, frobenius);
  const L level = broadcast<L>(detail::null_level<T, N>) * sqrt(frobenius);
  r.size = broadcast<L>(0);
  r.null_space = mask_t<L>(false);
  for (std::size_t k = 0; k < N; ++k) {
    r.of[k] = {s.re[k], s.im[k]};
    const L modulus = norm(r.of[k]);
    const mask_t<L> large = modulus > level, number = modulus == modulus;
    r.moves[k] = large | !number;
    r.null_space = r.null_space | !r.moves[k];
    r.size = max(modulus, r.size);
  }
  return r;
}

/// The modes ±iσ of a bilinear game, from the singular values σ of C: as accurate as these. K = min(P, Q).
template <class L, std::size_t K> struct singular_modes {
  static constexpr std::size_t count = K;
  vec<L, K> of;                              ///< σ, descending
  mask_t<L> moves[K];                        ///< false for those that count as zero
  mask_t<L> null_space;                      ///< whether some direction never moves: P ≠ Q, or C has not full rank
  L size;                                    ///< σ₁
  per_lane<saddle::status, width<L>> status; ///< of the singular values
};

/// The singular values of a bilinear game as modes.
template <class L, std::size_t P, std::size_t Q>
constexpr singular_modes<L, (P < Q ? P : Q)> modes(const games::bilinear<L, P, Q>& game) noexcept {
  using T = scalar_t<L>;
  constexpr std::size_t K = P < Q ? P : Q;
  const auto s = singular_values(game.C);
  singular_modes<L, K> r{
      .of = s.values, .moves = {}, .null_space = mask_t<L>(P != Q), .size = s.values[0], .status = s.status};
  const L level = broadcast<L>(detail::null_level<T, (P > Q ? P : Q)>) * r.size;
  for (std::size_t k = 0; k < K; ++k) {
    const mask_t<L> small = s.values[k] <= level;
    r.moves[k] = !small;
    r.null_space = r.null_space | small;
  }
  return r;
}

namespace detail {

/// Mode k of a game; on a bilinear one, one of each pair ±iσ stands for both.
template <class M, class L, std::size_t N>
SADDLE_INLINE constexpr mode<M> mode_of(const game_modes<L, N>& game, std::size_t k) noexcept {
  return {widened<M>(game.of[k].re), widened<M>(game.of[k].im)};
}
template <class M, class L, std::size_t K>
SADDLE_INLINE constexpr mode<M> mode_of(const singular_modes<L, K>& game, std::size_t k) noexcept {
  return {broadcast<M>(0), widened<M>(game.of[k])};
}

/// The largest factor of a rule over all modes; M is the lane type of the step sizes.
template <class M, class Rule, class Modes> SADDLE_INLINE constexpr contraction<M>
rate_of_modes(Rule rule, const Modes& game, const parameters_t<Rule, mode<M>>& p) noexcept {
  dominant<M> d;
  d.unmoved = widened_mask<M>(game.null_space);
  for (std::size_t k = 0; k < Modes::count; ++k) {
    const auto moves = widened_mask<M>(game.moves[k]);
    const auto factors = growth(rule, mode_of<M>(game, k), p);
    for (const mode<M>& f : factors.of) d.add(f, moves);
  }
  return d.result();
}

/// Each singular value σ is a game of two numbers, U = θσω; the rule's matrix on it has 2(1 + memory) rows.
template <class M, class Rule, class L, std::size_t K> constexpr contraction<M>
rate_of_planes(Rule rule, const singular_modes<L, K>& game, const parameters_t<Rule, point<M, 1, 1>>& p) noexcept {
  dominant<M> d;
  d.unmoved = widened_mask<M>(game.null_space);
  for (std::size_t k = 0; k < K; ++k) {
    const M zero = broadcast<M>(0), sigma = widened<M>(game.of[k]);
    const auto moves = widened_mask<M>(game.moves[k]);
    const auto s = eigenvalues(iteration_matrix(rule, linearised<point<M, 1, 1>>{{{zero, sigma, -sigma, zero}}}, p));
    for (std::size_t i = 0; i < iteration_size<Rule, point<M, 1, 1>>; ++i) d.add({s.re[i], s.im[i]}, moves);
  }
  return d.result();
}

} // namespace detail

/// The contraction of a spectral rule, from the modes of a game, with one step size for all players.
///
///     rate = max |λ(μ)| over the eigenvalues μ ≠ 0 of J
///
/// The step sizes are a number, or for a phase diagram a vector of them: then name the type,
/// `parameters_t<Rule, mode<Lane>>`.
/// Cost: a complex step and the comparisons for each mode, see `growth`; the spectrum is not touched again.
///
///     const auto m = saddle::modes(game);
///     const auto c = saddle::rate(saddle::dynamics::optimistic{}, m, {.eta = 0.1});
template <class Rule, class L, std::size_t N>
requires is_spectral<Rule> SADDLE_INLINE constexpr contraction<L> rate(Rule rule, const game_modes<L, N>& game,
                                                                       const parameters_t<Rule, mode<L>>& p) noexcept {
  return detail::rate_of_modes<L>(rule, game, p);
}
template <class Rule, class L, std::size_t N, class P, class M = typename P::lane_type>
  requires is_spectral<Rule> &&
      (!std::is_same_v<L, M>)&&std::is_same_v<P, parameters_t<Rule, mode<M>>> SADDLE_INLINE constexpr contraction<
          M> rate(Rule rule, const game_modes<L, N>& game, const P& p) noexcept {
    return detail::rate_of_modes<M>(rule, game, p);
  }

  /// The contraction of any rule on the modes of a bilinear game, a step size per player.
  ///
  /// Spectral rules with one step size for all (`parameters_t<Rule, mode<Lane>>`) take the shorter way.
  template <class Rule, class L, std::size_t K> constexpr contraction<L>
  rate(Rule rule, const singular_modes<L, K>& game, const parameters_t<Rule, point<L, 1, 1>>& p) noexcept {
    return detail::rate_of_planes<L>(rule, game, p);
  }
  template <class Rule, class L, std::size_t K, class P, class M = typename P::lane_type>
    requires(!std::is_same_v<P, parameters_t<Rule, point<L, 1, 1>>>)
  SADDLE_INLINE constexpr contraction<M> rate(Rule rule, const singular_modes<L, K>& game, const P& p) noexcept {
    if constexpr (std::is_same_v<P, parameters_t<Rule, mode<M>>>) return detail::rate_of_modes<M>(rule, game, p);
    else return detail::rate_of_planes<M>(rule, game, p);
  }

  /// The contraction of any rule on a bilinear game, a step size per player.
  ///
  ///     const auto c = saddle::rate(saddle::dynamics::alternating{}, game, {.eta = {0.1, 0.2}});
  template <class Rule, class L, std::size_t P, std::size_t Q> constexpr contraction<L>
  rate(Rule rule, const games::bilinear<L, P, Q>& game, const parameters_t<Rule, point<L, P, Q>>& p) noexcept {
    return detail::rate_of_planes<L>(rule, modes(game), p);
  }

  /// The contraction of any rule near an equilibrium, from the eigenvalues of its iteration matrix.
  ///
  /// Where J has a null space of dimension k (its singular values below 4nε‖J‖), the k factors nearest to 1 are left out of
  /// `rate`. Factors that coincide are found to √ε only, as eigenvalues of any matrix are.
  /// Cost: the eigenvalues of a matrix of n(1 + memory) rows.
  template <class Rule, class Z> constexpr contraction<typename Z::lane_type>
  rate(Rule rule, const linearised<Z>& game, const parameters_t<Rule, Z>& p) noexcept {
    using L = typename Z::lane_type;
    using T = scalar_t<L>;
    constexpr std::size_t n = Z::size, size = iteration_size<Rule, Z>;
    static_assert(size <= 32, "saddle: the iteration matrix has n(1 + memory) rows, at most 32");
    const L zero = broadcast<L>(0), one = broadcast<L>(1);
    const auto s = singular_values(game.J);
    const L level = broadcast<L>(detail::null_level<T, n>) * s.values[0];
    const auto t = eigenvalues(iteration_matrix(rule, game, p));
    L distance[size];
    for (std::size_t i = 0; i < size; ++i) {
      const mode<L> off{t.re[i] - one, t.im[i]};
      distance[i] = dot(off, off);
    }
    mask_t<L> null[size];
    for (mask_t<L>& m : null) m = mask_t<L>(false);
    detail::dominant<L> d;
    for (std::size_t k = 0; k < n; ++k) {
      const mask_t<L> still = s.values[k] <= level;
      if (!any(still)) continue;
      d.unmoved = d.unmoved | still;
      L nearest = broadcast<L>(std::numeric_limits<T>::infinity());
      for (std::size_t i = 0; i < size; ++i) nearest = min(distance[i], nearest);
      mask_t<L> open = still;
      for (std::size_t i = 0; i < size; ++i) {
        const mask_t<L> least = distance[i] == nearest;
        const mask_t<L> taken = least & open;
        open = open & !taken;
        null[i] = null[i] | taken;
        distance[i] = select(taken, broadcast<L>(std::numeric_limits<T>::infinity()), distance[i]);
      }
    }
    for (std::size_t i = 0; i < size; ++i) d.add({select(null[i], zero, t.re[i]), select(null[i], zero, t.im[i])});
    return d.result();
  }

  /// The contraction of any rule near the equilibrium z of a game, a step size per player.
  ///
  ///     const auto c = saddle::rate(saddle::dynamics::consensus{}, game, game.equilibrium().z, {.eta = 0.1, .gamma = 1});
  template <class Rule, class G, class Z = typename G::point_type>
    requires game_on<G, Z>
  constexpr contraction<typename Z::lane_type> rate(Rule rule, const G& game, const Z& z,
                                                    const parameters_t<Rule, std::type_identity_t<Z>>& p) noexcept {
    return rate(rule, linearised<Z>{saddle::jacobian(game, z)}, p);
  }

} // namespace saddle::inline SADDLE_ISA
