// Mescheder, Geiger, Nowozin 2018: which methods converge on the Dirac-GAN. Prints where 500 steps of h = 0.2 from (1, 1)
// end; writes the trajectories as CSV to the file it is given.
#include <cstdio>
#include <vector>

#include <saddle/dynamics/alternating.hpp>
#include <saddle/dynamics/consensus.hpp>
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/engine/projected.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/games/dirac_gan.hpp>
#include <saddle/games/noisy_dirac_gan.hpp>

namespace {

using point = saddle::point<double, 1, 1>;
std::FILE* out = nullptr;

/// Runs, records and returns how far from the equilibrium it ends.
template <class Rule, class G, class P>
double end_of(const char* name, const char* order, Rule rule, const G& game, const P& p) {
  const auto write = [&](std::uint64_t k, const point& z) {
    if (out != nullptr)
      std::fprintf(out, "%s,%s,%d,%.9g,%.9g\n", name, order, static_cast<int>(k), z.theta[0], z.omega[0]);
  };
  return saddle::norm(saddle::run(rule, game, p, point{{1}, {1}}, 500, write).z());
}

template <class G> double both_orders(const char* name, const G& game) {
  const saddle::eta_parameter<point::step> p{0.2};
  const double together = end_of(name, "simultaneous", saddle::dynamics::simultaneous{}, game, p);
  const double in_turn = end_of(name, "alternating", saddle::dynamics::alternating{}, game, p);
  std::printf("%-22s %12.4g %12.4g\n", name, together, in_turn);
  return together > in_turn ? together : in_turn;
}

} // namespace

int main(int count, char** arguments) {
  using namespace saddle::games;
  if (count > 1) {
    out = std::fopen(arguments[1], "w");
    if (out == nullptr) return 2;
    std::fprintf(out, "method,order,step,theta,omega\n");
  }
  std::printf("%-22s %12s %12s\n", "", "simultaneous", "alternating");
  const double plain = both_orders("GAN", dirac_gan<double>{});
  both_orders("non-saturating", dirac_gan<double, gan_loss::non_saturating>{});
  both_orders("WGAN", dirac_gan<double, gan_loss::wasserstein>{});
  const double penalty = both_orders("WGAN-GP", dirac_gan<double, gan_loss::wasserstein>{.penalty = 0.7});
  const double noise = both_orders("instance noise 0.7", noisy_dirac_gan<double>{0.7});
  const double r1 = both_orders("R1 0.3", dirac_gan<double>{.r1 = 0.3});
  const double critical = both_orders("R1 1 (critical)", dirac_gan<double>{.r1 = 1});

  using clipped = saddle::projected<saddle::dynamics::simultaneous>;
  const clipped::parameters<point::step> clip{{0.2}, saddle::projections::box<point::step>::of_player(1, -1, 1)};
  const double cycle =
      end_of("WGAN clipped", "simultaneous", clipped{}, dirac_gan<double, gan_loss::wasserstein>{}, clip);
  std::printf("%-22s %12.4g\n", "WGAN clipped", cycle);
  const saddle::eta_gamma_parameters<point::step> agree{0.2, 1.0};
  const double consensus =
      end_of("consensus", "simultaneous", saddle::dynamics::consensus{}, dirac_gan<double>{}, agree);
  std::printf("%-22s %12.4g\n", "consensus 1", consensus);

  if (out != nullptr && std::fclose(out) != 0) return 2;
  const bool circle = plain > 1 && penalty > 1 && cycle > 0.5;
  const bool converge = noise < 1e-3 && r1 < 1e-5 && critical < 1e-15 && consensus < 1e-8;
  return circle && converge ? 0 : 1;
}
