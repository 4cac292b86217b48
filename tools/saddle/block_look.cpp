// What a look at a batch sees, for the sizes of which there are kernels.
#include <saddle/engine/blocks.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/games/quadratic.hpp>

#include "block_kernels.hpp"

namespace tool {
namespace {

template <class G> void look_at(const tile& t, std::size_t state_scalars, wide* squared, wide* places) {
  using point = typename G::point_type::template rebind<wide>;
  constexpr std::size_t block = saddle::block_games<double>, width = saddle::width<wide>;
  const saddle::blocks<G, const double> games{t.game, t.games};
  for (std::size_t first = 0; first < t.games; first += width) {
    const double* from = t.states + first / block * block * state_scalars + first % block;
    point z;
    saddle::walk([&](wide& x) { x = saddle::load<wide>(from), from += block; }, z);
    const point f = games.template load<wide>(first).field(z);
    *squared++ = dot(f, f);
    if (places != nullptr) *places++ = place_of(z);
  }
}

} // namespace

look_function look_of(game_kind kind, std::size_t p, std::size_t q) {
  look_function r = nullptr;
  const auto one = [&]<std::size_t P, std::size_t Q>() {
    if (p != P || q != Q) return;
    r = kind == game_kind::bilinear ? &look_at<saddle::games::bilinear<double, P, Q>>
                                    : &look_at<saddle::games::quadratic<double, P, Q>>;
  };
#define SADDLE_TOOL_SIZE(P, Q) one.template operator()<P, Q>();
  SADDLE_TOOL_LOOK_SIZES
#undef SADDLE_TOOL_SIZE
  return r;
}

} // namespace tool
