// Zhang & Yu 2020: the exact regions of convergence on bilinear games, and the experiment with a Gaussian mean. Prints the
// best rates; writes the regions on a grid as CSV to the file it is given.
#include <cstdio>

#include <saddle/dynamics/alternating.hpp>
#include <saddle/dynamics/predictive.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/gaussian_mean_gan.hpp>
#include <saddle/stability/theory/zhang_yu.hpp>

int main(int count, char** arguments) {
  namespace theory = saddle::theory;
  std::printf("best rates on all modes between sigma_r = 1 and sigma_1 = kappa\n");
  std::printf("%8s %14s %24s\n", "kappa", "extragradient", "alternating optimistic");
  for (const double kappa : {1.5, 3.0, 10.0})
    std::printf("%8g %14.6f %24.6f\n", kappa, theory::best_extragradient(kappa, 1.0).rate,
                theory::best_alternating_optimistic(kappa, 1.0).rate);

  const saddle::games::gaussian_mean_gan<double, 2> game{.mean = {{1, 1}}, .deviation = 1};
  const auto at = game.equilibrium().z;
  const saddle::point<double, 2, 2> start{{1.1, 0.93}, {0.05, -0.12}};
  const auto circling = saddle::run(saddle::dynamics::alternating{}, game, {.eta = 0.02}, start, 10000).z();
  const auto closing = saddle::run(saddle::dynamics::predictive{}, game, {.eta = 0.02, .gamma = 0.2}, start, 10000).z();
  const double before = saddle::norm(start - at), gda = saddle::norm(circling - at), eg = saddle::norm(closing - at);
  std::printf(
      "\nGaussian mean, 10000 steps of 0.02 from a distance of %.3f: gradients in turn %.3f, extragradient %.4f\n",
      before, gda, eg);

  if (count > 1) {
    std::FILE* out = std::fopen(arguments[1], "w");
    if (out == nullptr) return 2;
    std::fprintf(out, "alpha,beta,extragradient,alternating_extragradient,optimistic,alternating_optimistic\n");
    for (int i = 1; i <= 100; ++i)
      for (int k = 1; k <= 100; ++k) {
        const double a = 0.02 * i, b = 0.02 * k, s = 1;
        std::fprintf(out, "%.2f,%.2f,%d,%d,%d,%d\n", a, b, theory::extragradient_converges(a, b, b, s),
                     theory::alternating_extragradient_converges(a, b, b, s), theory::optimistic_converges(a, b, b, s),
                     theory::alternating_optimistic_converges(a, b, b, s));
      }
    if (std::fclose(out) != 0) return 2;
  }
  return gda > before / 2 && eg < before / 5 ? 0 : 1;
}
