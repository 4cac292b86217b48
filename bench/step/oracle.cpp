/// The oracle: the rule in long double, which shares no vector and no rounding with what is timed.
#include "step/task.hpp"

#include <saddle/engine/run.hpp>

namespace bench::step {
namespace {

template <class Rule, std::size_t N>
void follow(const long double* c, const long double* parameters, long double* z, int steps) {
  using point_type = saddle::point<long double, N, N>;
  const auto fill = [](auto& value, const long double* from) {
    saddle::walk([&](long double& number) { number = *from++; }, value);
  };
  saddle::games::bilinear<long double, N, N> game;
  saddle::parameters_t<Rule, point_type> p;
  point_type start;
  fill(game, c);
  fill(p, parameters);
  fill(start, z);
  const auto end = saddle::run(Rule{}, game, p, start, static_cast<std::uint64_t>(steps));
  saddle::walk([&](const long double& number) { *z++ = number; }, end.z());
}

} // namespace

void follow(int rule, std::size_t n, const long double* c, const long double* parameters, long double* z, int steps) {
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if (entry.id != rule) return;
    const auto at = [&]<std::size_t N>() {
      if (n == N) follow<Rule, N>(c, parameters, z, steps);
    };
    at.template operator()<1>();
    at.template operator()<2>();
    at.template operator()<3>();
    at.template operator()<4>();
    at.template operator()<8>();
    if constexpr (representative<Rule>) {
      at.template operator()<16>();
      at.template operator()<32>();
    }
  });
}

} // namespace bench::step
