// Liang & Stokes 2019: interaction slows plain gradients down at stable equilibria, and is what makes the other rules
// converge at unstable ones. Prints steps by the theorems; writes rate against step size as CSV to the file it is given.
#include <cstdio>

#include <saddle/dynamics/consensus.hpp>
#include <saddle/dynamics/implicit.hpp>
#include <saddle/dynamics/optimistic.hpp>
#include <saddle/dynamics/predictive.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/stability/rate.hpp>
#include <saddle/stability/theory.hpp>

int main(int count, char** arguments) {
  namespace dynamics = saddle::dynamics;
  namespace theory = saddle::theory;

  std::printf("stable equilibrium A = B = I, C = sigma: plain gradients at the theorem's step\n");
  std::printf("%8s %10s %10s %14s\n", "sigma", "eta", "rate", "steps to 1e-6");
  for (const double sigma : {0.0, 1.0, 3.0, 10.0, 30.0}) {
    const auto b = theory::simultaneous_stable(1.0, saddle::sqrt(1 + sigma * sigma));
    const saddle::mode<double> mu{1, sigma};
    const auto f = saddle::growth(dynamics::simultaneous{}, mu, {.eta = b.eta}).of[0];
    std::printf("%8g %10.4g %10.6f %14llu\n", sigma, b.eta, saddle::norm(f),
                static_cast<unsigned long long>(theory::iterations(b, 1.0, 1e-6)));
  }

  std::printf("\nunstable equilibrium, singular values 1 and 2: steps to 1e-6 by the theorems\n");
  const saddle::games::bilinear<double, 2, 2> game{{{2, 0, 0, 1}}};
  const auto modes = saddle::modes(game);
  bool good = saddle::rate(dynamics::simultaneous{}, modes, {.eta = 0.1}).rate > 1;
  const auto row = [&](const char* name, const theory::bound<double>& b, double rate) {
    std::printf("%12s  eta %-8.4g rate %.6f  steps %llu\n", name, b.eta, rate,
                static_cast<unsigned long long>(theory::iterations(b, 1.0, 1e-6)));
    good = good && rate < 1;
  };
  const auto omd = theory::optimistic_bilinear(2.0, 1.0), iu = theory::implicit_bilinear(2.0, 1.0);
  const auto pm = theory::predictive_bilinear(2.0, 1.0, 0.5);
  row("optimistic", omd, saddle::rate(dynamics::optimistic{}, modes, {.eta = omd.eta}).rate);
  row("implicit", iu, saddle::rate(dynamics::implicit{}, modes, {.eta = iu.eta}).rate);
  row("predictive", pm, saddle::rate(dynamics::predictive{}, modes, {.eta = pm.eta, .gamma = pm.gamma}).rate);
  row("consensus", pm, saddle::rate(dynamics::consensus{}, game, {.eta = pm.eta, .gamma = pm.gamma}).rate);

  if (count > 1) {
    std::FILE* out = std::fopen(arguments[1], "w");
    if (out == nullptr) return 2;
    std::fprintf(out, "eta,simultaneous,optimistic,implicit,predictive\n");
    for (int k = 1; k <= 200; ++k) {
      const double eta = 0.003 * k;
      std::fprintf(out, "%.4f,%.8f,%.8f,%.8f,%.8f\n", eta,
                   saddle::rate(dynamics::simultaneous{}, modes, {.eta = eta}).rate,
                   saddle::rate(dynamics::optimistic{}, modes, {.eta = eta}).rate,
                   saddle::rate(dynamics::implicit{}, modes, {.eta = eta}).rate,
                   saddle::rate(dynamics::predictive{}, modes, {.eta = eta, .gamma = 0.5}).rate);
    }
    if (std::fclose(out) != 0) return 2;
  }
  return good ? 0 : 1;
}
