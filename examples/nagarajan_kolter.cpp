// Nagarajan & Kolter 2017: the regulariser turns the orbits of a toy Wasserstein GAN into spirals. Prints eigenvalues of the
// flow and the distance after forty units of time; writes the orbits as CSV to the file it is given.
#include <cstdio>

#include <saddle/dynamics/gradient_penalty.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/uniform_gan.hpp>
#include <saddle/spectral/eigenvalues.hpp>
#include <saddle/stability/linearised.hpp>

int main(int count, char** arguments) {
  using point = saddle::point<double, 1, 1>;
  constexpr saddle::dynamics::gradient_penalty rule;
  const saddle::games::uniform_gan<double, saddle::games::gan_loss::wasserstein> game{};
  const point at = game.equilibrium().z, start{{1.2}, {0.3}};
  std::FILE* out = count > 1 ? std::fopen(arguments[1], "w") : nullptr;
  if (count > 1 && out == nullptr) return 2;
  if (out != nullptr) std::fprintf(out, "gamma,time,a,w\n");

  bool good = true;
  std::printf("%8s %24s %20s\n", "gamma", "eigenvalues of J", "distance at t = 40");
  for (const double gamma : {0.0, 0.25, 0.5, 1.0}) {
    const double h = 1e-3;
    // T = I − hJ, J the Jacobian of the regularised field.
    const auto t = saddle::iteration_matrix(rule, game, at, {.eta = 1.0, .gamma = {gamma, 0.0}});
    const auto s = saddle::eigenvalues(saddle::identity<double, 2>() - t);
    const auto write = [&](std::uint64_t k, const point& z) {
      if (out != nullptr && k % 50 == 0)
        std::fprintf(out, "%g,%g,%.9g,%.9g\n", gamma, h * static_cast<double>(k), z.theta[0], z.omega[0]);
    };
    const auto end = saddle::run(rule, game, {.eta = h, .gamma = {gamma, 0.0}}, start, 40000, write).z();
    const double distance = saddle::norm(end - at);
    std::printf("%8g %12.6f +- %.6f i %18.3g\n", gamma, s.re[0], s.im[0] < 0 ? -s.im[0] : s.im[0], distance);
    good = good && (gamma == 0 ? distance > 0.2 : distance < 0.02);
  }
  if (out != nullptr && std::fclose(out) != 0) return 2;
  return good ? 0 : 1;
}
