#include "measurement.hpp"

#include <saddle/saddle.hpp>

namespace tool {

template <class T>
std::vector<measurement> measure(const game_description& game, const analysis& facts, const measurement_options& o) {
  std::vector<measurement> rows;
  saddle::registry::each_dimensions([&]<std::size_t P, std::size_t Q>() {
    if (game.p == P && game.q == Q) rows = measure_as<T, P, Q>(game, facts, o);
  });
  return rows;
}

template std::vector<measurement> measure<float>(const game_description&, const analysis&, const measurement_options&);
template std::vector<measurement> measure<double>(const game_description&, const analysis&, const measurement_options&);

} // namespace tool
