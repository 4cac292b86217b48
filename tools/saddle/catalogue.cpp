#include "catalogue.hpp"

namespace tool {

const std::vector<family>& families() {
  static const std::vector<family> all{
      {"bilinear", "U = sigma theta omega", "Liang & Stokes 2019", {{"sigma", 1, "the singular value of C"}}, {}},
      {"quadratic",
       "U = a theta^2/2 + sigma theta omega - b omega^2/2",
       "Liang & Stokes 2019",
       {{"a", 0.2, "curvature of theta"}, {"b", 0.2, "curvature of omega"}, {"sigma", 1, "the coupling"}},
       {}},
      {"polymatrix",
       "three players of one coordinate that trade in pairs",
       "Balduzzi et al. 2020",
       {{"a", 0.1, "every player's own curvature"},
        {"w12", 1, "what player 1 draws from 2, and 2 pays"},
        {"w23", 1, "the same of 2 and 3"},
        {"w31", 1, "the same of 3 and 1"}},
       {"w1", "w2", "w3"}},
      {"dirac_gan",
       "a point that has to find another one",
       "Mescheder, Geiger, Nowozin 2018",
       {{"r1", 0, "gamma of the penalty on the true point's gradient"},
        {"penalty", 0, "gamma of WGAN-GP"},
        {"target", 1, "target slope of WGAN-GP"}},
       {},
       true},
      {"noisy_dirac_gan",
       "the Dirac-GAN with instance noise",
       "Mescheder, Geiger, Nowozin 2018",
       {{"noise", 0.5, "deviation of the noise"}},
       {}},
      {"uniform_gan", "a uniform distribution's width", "Nagarajan & Kolter 2017", {}, {"a", "w"}, true},
      {"linear_quadratic_gan",
       "a normal distribution, a quadratic discriminator",
       "Nagarajan & Kolter 2017",
       {{"mean", 1, "of the data"}, {"deviation", 0.5, "of the data"}},
       {"a", "b", "w2", "w1"},
       true},
      {"covariance_gan",
       "a covariance of two dimensions",
       "Daskalakis et al. 2018",
       {{"s11", 2, "variance"}, {"s12", 1, "covariance"}, {"s22", 3, "variance"}},
       {"v11", "v12", "v21", "v22", "w11", "w12", "w21", "w22"}},
      {"gaussian_mean_gan",
       "the mean of a normal distribution",
       "Zhang & Yu 2020",
       {{"mean", 1, "of the data"}, {"deviation", 1, "of the data and the latent"}},
       {}},
      {"kernel_gan",
       "one true point, two generated ones, a kernel discriminator",
       "Becker et al. 2022",
       {{"lambda", 0.5, "weight of the discriminator's norm"},
        {"sigma", 1, "width of the kernel"},
        {"mass", 1, "of the true point"},
        {"mass1", 1, "of the first generated point"},
        {"mass2", 0, "of the second; 0: it is not there"},
        {"offset", 1e-4, "how far from rest it starts: points in widths, the discriminator in height"}},
       {}},
  };
  return all;
}

const family* find_family(std::string_view name) {
  for (const family& f : families())
    if (f.name == name) return &f;
  return nullptr;
}

} // namespace tool
