// Phase diagrams: points of a grid of step sizes classified a second, one core, from one spectrum.
#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <saddle/lane/batch.hpp>
#include <saddle/saddle.hpp>

namespace bench {
namespace {

using namespace saddle;

/// A row of the diagram: η runs over the vector lanes and along the row, γ is the row's.
template <class Rule, class V, class Modes, class T>
void classify_row(const Modes& modes, const std::vector<T>& etas, T gamma, std::vector<T>& codes) {
  using P = parameters_t<Rule, mode<V>>;
  for (std::size_t i = 0; i < etas.size(); i += width<V>) {
    const V eta = load<V>(&etas[i]);
    P p{};
    // The optimistic rule has a step per player: on a bilinear game (ηθ, ηω) acts as √(ηθηω).
    if constexpr (P::count == 1) p.eta = sqrt(eta * broadcast<V>(gamma));
    else {
      p.eta = eta;
      p.gamma = broadcast<V>(gamma);
    }
    store(&codes[i], regime_code(rate(Rule{}, modes, p)));
  }
}

template <class Rule, class V, std::size_t N> void phase_diagram(benchmark::State& state) {
  using T = scalar_t<V>;
  games::bilinear<T, N, N> game{};
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) game.C(i, j) = T(std::sin(double(1 + 3 * i + 7 * j + i * j)));
  const auto spectrum = modes(game);
  constexpr std::size_t points = 512;
  std::vector<T> etas(points), gammas(points), codes(points), scalar(points);
  for (std::size_t i = 0; i < points; ++i)
    etas[i] = gammas[i] = T(std::exp2(8.0 * double(i) / points - 6)) / spectrum.size;
  for (auto _ : state)
    for (const T gamma : gammas) {
      classify_row<Rule, V>(spectrum, etas, gamma, codes);
      benchmark::DoNotOptimize(codes.data());
      benchmark::ClobberMemory();
    }
  // What was timed is right: the scalar classifies the last row alike.
  classify_row<Rule, T>(spectrum, etas, gammas.back(), scalar);
  if (scalar != codes) state.SkipWithError("the vector classifies differently");
  const double all = double(state.iterations()) * double(points * points);
  state.counters["points_per_second"] = benchmark::Counter(all, benchmark::Counter::kIsRate);
}

template <class Rule, class T> void add(const char* rule, const char* type) {
  const auto name = [&](const char* contestant, int n) {
    return fmt::format("phase/{}/{}/{}/n={}", contestant, rule, type, n);
  };
  benchmark::RegisterBenchmark(name("saddle_batch", 2).c_str(), phase_diagram<Rule, native_lane<T>, 2>);
  benchmark::RegisterBenchmark(name("saddle_batch", 4).c_str(), phase_diagram<Rule, native_lane<T>, 4>);
  benchmark::RegisterBenchmark(name("saddle_batch", 8).c_str(), phase_diagram<Rule, native_lane<T>, 8>);
  benchmark::RegisterBenchmark(name("saddle_scalar", 4).c_str(), phase_diagram<Rule, T, 4>);
}

} // namespace
} // namespace bench

int main(int argc, char** argv) {
  bench::add<saddle::dynamics::optimistic, double>("optimistic", "double");
  bench::add<saddle::dynamics::optimistic, float>("optimistic", "float");
  bench::add<saddle::dynamics::predictive, double>("predictive", "double");
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
