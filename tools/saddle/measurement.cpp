#include "measurement.hpp"

#include <cmath>

#include <saddle/saddle.hpp>

namespace tool {

namespace {

template <class T> void require_finite(const std::vector<double>& numbers) {
  for (const double x : numbers)
    if (!std::isfinite(static_cast<T>(x))) throw not_comparable{"a number is too large for float"};
}

} // namespace

template <class T>
std::vector<measurement> measure(const game_description& game, const analysis& facts, const measurement_options& o) {
  for (const auto* numbers : {&game.A, &game.B, &game.C, &game.a, &game.b, &game.start, &facts.target})
    require_finite<T>(*numbers);
  std::vector<measurement> rows;
  saddle::registry::each_dimensions([&]<std::size_t P, std::size_t Q>() {
    if (game.p == P && game.q == Q) rows = measure_as<T, P, Q>(game, facts, o);
  });
  return rows;
}

template std::vector<measurement> measure<float>(const game_description&, const analysis&, const measurement_options&);
template std::vector<measurement> measure<double>(const game_description&, const analysis&, const measurement_options&);

} // namespace tool
