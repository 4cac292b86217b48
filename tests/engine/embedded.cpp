// The library as firmware builds it: without exceptions and run-time types (the flags are in tests/CMakeLists.txt), and
// without a test framework. Exit status 0 when every rule of the registry does what it should.
#include <saddle/saddle.hpp>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this program is about builds without exceptions and run-time types"
#endif

namespace {

template <class T> bool every_rule_moves() {
  using Z = saddle::point<T, 2, 1>;
  const saddle::games::quadratic<T, 2, 1> game{
      {{T(1), T(0.25), T(0.25), T(1)}}, {{T(0.5)}}, {{T(1), T(-1)}}, {{T(0), T(0)}}, {{T(0)}}};
  const Z start{{{T(1), T(2)}}, {{T(3)}}};
  bool good = true;
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule>) {
    saddle::parameters_t<Rule, Z> p;
    saddle::walk([](auto& number) { number = T(0.125); }, p);
    const auto r = saddle::run_until(Rule{}, game, p, start, {.tolerance = T(1e-3)});
    good = good && r.status == saddle::status::converged && saddle::norm(r.z()) < T(1e-2);
  });
  return good;
}

static_assert(noexcept(saddle::run(saddle::dynamics::optimistic{}, saddle::games::bilinear<float, 1, 1>{}, {0.1f},
                                   saddle::point<float, 1, 1>{}, 1)));
static_assert(noexcept(saddle::run_until(saddle::dynamics::implicit{}, saddle::games::bilinear<float, 1, 1>{}, {0.1f},
                                         saddle::point<float, 1, 1>{})));

} // namespace

int main() { return every_rule_moves<float>() && every_rule_moves<double>() ? 0 : 1; }
