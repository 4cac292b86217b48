/* Written by `./dev generate` from registry.def: do not edit. */
/// The registry as lists of types, for code that loops over all of them: see registry_types.hpp.
#pragma once

#include <saddle/registry_types.hpp>

// clang-format off
#include <saddle/dynamics/simultaneous.hpp>
#include <saddle/dynamics/alternating.hpp>
#include <saddle/dynamics/optimistic.hpp>
#include <saddle/dynamics/consensus.hpp>
#include <saddle/dynamics/implicit.hpp>
#include <saddle/dynamics/predictive.hpp>
#include <saddle/dynamics/gradient_penalty.hpp>
#include <saddle/games/bilinear.hpp>
#include <saddle/games/quadratic.hpp>
#include <saddle/games/polymatrix.hpp>
#include <saddle/games/dirac_gan.hpp>
#include <saddle/games/noisy_dirac_gan.hpp>
#include <saddle/games/uniform_gan.hpp>
#include <saddle/games/linear_quadratic_gan.hpp>
#include <saddle/games/covariance_gan.hpp>
#include <saddle/games/gaussian_mean_gan.hpp>
#include <saddle/games/kernel_gan.hpp>
#include <saddle/spectral/eigenvalues.hpp>
#include <saddle/spectral/symmetric_eigenvalues.hpp>
#include <saddle/spectral/singular_values.hpp>
#include <saddle/spectral/spectral_radius.hpp>
#include <saddle/spectral/spectral_abscissa.hpp>
#include <saddle/spectral/norms.hpp>
#include <saddle/spectral/gershgorin.hpp>
#include <saddle/spectral/symmetric_part.hpp>
#include <saddle/spectral/is_schur_stable.hpp>
#include <saddle/spectral/is_hurwitz.hpp>
#include <saddle/spectral/power_iteration.hpp>

// Defined in engine/spectra.hpp.
namespace saddle::inline SADDLE_ISA::spectra {
struct eigenvalues;
struct symmetric_eigenvalues;
struct singular_values;
struct spectral_radius;
struct spectral_abscissa;
struct norms;
struct gershgorin;
struct symmetric_part;
struct is_schur_stable;
struct is_hurwitz;
struct power_iteration;
}

namespace saddle::inline SADDLE_ISA::registry {

template <> struct rule<dynamics::simultaneous> : rule_entry<dynamics::simultaneous, 0, tier::core> { static constexpr const char* name = "simultaneous"; };
template <> struct rule<dynamics::alternating> : rule_entry<dynamics::alternating, 1, tier::core> { static constexpr const char* name = "alternating"; };
template <> struct rule<dynamics::optimistic> : rule_entry<dynamics::optimistic, 2, tier::core> { static constexpr const char* name = "optimistic"; };
template <> struct rule<dynamics::consensus> : rule_entry<dynamics::consensus, 3, tier::core> { static constexpr const char* name = "consensus"; };
template <> struct rule<dynamics::implicit> : rule_entry<dynamics::implicit, 4, tier::core> { static constexpr const char* name = "implicit"; };
template <> struct rule<dynamics::predictive> : rule_entry<dynamics::predictive, 5, tier::core> { static constexpr const char* name = "predictive"; };
template <> struct rule<dynamics::gradient_penalty> : rule_entry<dynamics::gradient_penalty, 6, tier::common> { static constexpr const char* name = "gradient_penalty"; };
template <> struct game<games::bilinear> : game_entry<games::bilinear, 0> { static constexpr const char* name = "bilinear"; };
template <> struct game<games::quadratic> : game_entry<games::quadratic, 1> { static constexpr const char* name = "quadratic"; };
template <> struct estimate<spectra::eigenvalues> : estimate_entry<spectra::eigenvalues, 0> { static constexpr const char* name = "eigenvalues"; };
template <> struct estimate<spectra::symmetric_eigenvalues> : estimate_entry<spectra::symmetric_eigenvalues, 10> { static constexpr const char* name = "symmetric_eigenvalues"; };
template <> struct estimate<spectra::singular_values> : estimate_entry<spectra::singular_values, 11> { static constexpr const char* name = "singular_values"; };
template <> struct estimate<spectra::spectral_radius> : estimate_entry<spectra::spectral_radius, 12> { static constexpr const char* name = "spectral_radius"; };
template <> struct estimate<spectra::spectral_abscissa> : estimate_entry<spectra::spectral_abscissa, 13> { static constexpr const char* name = "spectral_abscissa"; };
template <> struct estimate<spectra::norms> : estimate_entry<spectra::norms, 14> { static constexpr const char* name = "norms"; };
template <> struct estimate<spectra::gershgorin> : estimate_entry<spectra::gershgorin, 15> { static constexpr const char* name = "gershgorin"; };
template <> struct estimate<spectra::symmetric_part> : estimate_entry<spectra::symmetric_part, 16> { static constexpr const char* name = "symmetric_part"; };
template <> struct estimate<spectra::is_schur_stable> : estimate_entry<spectra::is_schur_stable, 17> { static constexpr const char* name = "is_schur_stable"; };
template <> struct estimate<spectra::is_hurwitz> : estimate_entry<spectra::is_hurwitz, 18> { static constexpr const char* name = "is_hurwitz"; };
template <> struct estimate<spectra::power_iteration> : estimate_entry<spectra::power_iteration, 19> { static constexpr const char* name = "power_iteration"; };

using all_dynamics = list<
    rule<dynamics::simultaneous>,
    rule<dynamics::alternating>,
    rule<dynamics::optimistic>,
    rule<dynamics::consensus>,
    rule<dynamics::implicit>,
    rule<dynamics::predictive>,
    rule<dynamics::gradient_penalty>>;

using all_games = list<
    game<games::bilinear>,
    game<games::quadratic>>;

using all_spectra = list<
    estimate<spectra::eigenvalues>,
    estimate<spectra::symmetric_eigenvalues>,
    estimate<spectra::singular_values>,
    estimate<spectra::spectral_radius>,
    estimate<spectra::spectral_abscissa>,
    estimate<spectra::norms>,
    estimate<spectra::gershgorin>,
    estimate<spectra::symmetric_part>,
    estimate<spectra::is_schur_stable>,
    estimate<spectra::is_hurwitz>,
    estimate<spectra::power_iteration>>;

using all_dimensions = list<
    dimensions<1, 1>,
    dimensions<2, 2>,
    dimensions<3, 3>,
    dimensions<4, 4>,
    dimensions<6, 6>,
    dimensions<8, 8>,
    dimensions<2, 1>,
    dimensions<1, 3>,
    dimensions<3, 2>>;

inline constexpr model all_models[] = {
    {0, "polymatrix"},
    {1, "dirac_gan"},
    {2, "noisy_dirac_gan"},
    {3, "uniform_gan"},
    {4, "linear_quadratic_gan"},
    {5, "covariance_gan"},
    {6, "gaussian_mean_gan"},
    {7, "kernel_gan"}};

} // namespace saddle::inline SADDLE_ISA::registry
