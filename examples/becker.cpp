// Becker et al. 2022: the phases of a GAN with a kernel discriminator beside one true point. Prints, for each strength λ of
// the regulariser and each step of the points, what the theory says; writes simulated trajectories as CSV to the file it is
// given.
#include <cstdio>

#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/kernel_gan.hpp>
#include <saddle/stability/theory/kernel_gan.hpp>

int main(int count, char** arguments) {
  using game = saddle::games::kernel_gan<double, 1, 1, 20>;
  std::FILE* out = count > 1 ? std::fopen(arguments[1], "w") : nullptr;
  if (count > 1 && out == nullptr) return 2;
  if (out != nullptr) std::fprintf(out, "lambda,generator_step,step,position,slope\n");

  const double discriminator_step = 0.1, sigma = 1;
  bool good = true;
  std::printf("S settles, O settles turning, - leaves; discriminator step %g, sigma %g\n", discriminator_step, sigma);
  std::printf("%8s", "lambda");
  for (const double step : {0.01, 0.03, 0.1, 0.3, 1.0}) std::printf(" %6g", step);
  std::printf("   step of the points\n");
  for (const double lambda : {0.05, 0.15, 0.45, 1.35, 4.05}) {
    std::printf("%8g", lambda);
    for (const double step : {0.01, 0.03, 0.1, 0.3, 1.0}) {
      const saddle::theory::balanced_point<double> phase{step, discriminator_step, lambda, sigma, 1.0};
      std::printf(" %6c", !phase.converges() ? '-' : phase.oscillates() ? 'O' : 'S');

      const auto g = game::with({.truth = {{0.0}},
                                 .mass = {{1.0}},
                                 .generated_mass = {{1.0}},
                                 .lambda = lambda,
                                 .sigma = sigma,
                                 .circumference = 14});
      auto z = g.best_answer({{0.0}});
      z.theta[0] = 0.01;
      double farthest = 0; // of the last thousand steps: a point that leaves ends on a cycle around the true one
      const auto write = [&](std::uint64_t k, const game::point_type& at) {
        if (k > 2000) farthest = saddle::max(saddle::abs(at.theta[0]), farthest);
        if (out != nullptr && k % 10 == 0)
          std::fprintf(out, "%g,%g,%d,%.9g,%.9g\n", lambda, step, static_cast<int>(k), at.theta[0],
                       -g.field(at).theta[0]);
      };
      saddle::run(saddle::dynamics::simultaneous{}, g, {.eta = {step, discriminator_step}}, z, 3000, write);
      good = good && (farthest < 0.01) == phase.converges();
    }
    std::printf("\n");
  }
  if (out != nullptr && std::fclose(out) != 0) return 2;
  return good ? 0 : 1;
}
