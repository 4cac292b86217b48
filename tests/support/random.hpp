/// Random numbers, points, parameters and games from a fixed seed: the same on every machine.
#pragma once

#include <bit>
#include <cstdint>
#include <random>
#include <type_traits>

#include <saddle/lane/walk.hpp>
#include <saddle/registry.hpp>

#include "equal_bits.hpp"
#include "tier.hpp"

namespace saddle_test {

/// How many random cases to try where the host tries `all`: under an emulator a twentieth.
template <class I> constexpr I some_of(I all) {
  if (this_tier >= tier::host) return all;
  return all < 20 ? I(1) : all / 20;
}

/// The standard fixes the bits of the engine; its distributions it leaves to the library, so they are written here.
class random_source {
public:
  explicit random_source(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t bits() { return engine_(); }
  template <class T> T uniform(T low, T high) {
    return low + (high - low) * static_cast<T>(static_cast<double>(bits() >> 11) * 0x1p-53);
  }
  int integer(int low, int high) { return low + static_cast<int>(bits() % static_cast<std::uint64_t>(high - low + 1)); }
  /// Any bit pattern: every exponent is as likely as another, NaN and infinity among them.
  template <class T> T pattern() { return std::bit_cast<T>(static_cast<bits_of<T>>(bits())); }

  /// Every number of x uniform in [low, high).
  template <class X> X fill(double low, double high) {
    X x;
    saddle::walk(
        [&](auto& number) {
          using T = std::remove_cvref_t<decltype(number)>;
          number = uniform(static_cast<T>(low), static_cast<T>(high));
        },
        x);
    return x;
  }
  /// Every number of x a small integer: sums and products of a few of them are exact in every format.
  template <class X> X fill_integers(int low, int high) {
    X x;
    saddle::walk([&](auto& number) { number = static_cast<std::remove_cvref_t<decltype(number)>>(integer(low, high)); },
                 x);
    return x;
  }

private:
  std::mt19937_64 engine_;
};

/// Makes a game of random numbers one of its kind. A game whose parameters have to fit together gets an overload.
template <class G> void make_proper(G&) {}

namespace detail {
/// Symmetric, diagonally dominant with a positive diagonal, hence positive definite.
template <class M> void make_positive_definite(M& a) {
  using T = typename M::lane_type;
  for (std::size_t i = 0; i < M::rows; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      a(i, j) = a(i, j) / static_cast<T>(2 * M::rows);
      a(j, i) = a(i, j);
    }
    a(i, i) = T(0.75) + a(i, i) / T(4);
  }
}
} // namespace detail

template <class T, std::size_t P, std::size_t Q> void make_proper(saddle::games::quadratic<T, P, Q>& g) {
  detail::make_positive_definite(g.A);
  detail::make_positive_definite(g.B);
}

template <class G> G random_game(random_source& random) {
  G g = random.fill<G>(-1, 1);
  make_proper(g);
  return g;
}

template <class Z> Z random_point(random_source& random) { return random.fill<Z>(-2, 2); }

/// Steps of the size that is used, different for each player.
template <class P> P random_parameters(random_source& random) { return random.fill<P>(0.0625, 0.25); }

} // namespace saddle_test
