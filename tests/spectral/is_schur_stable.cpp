#include <saddle/spectral/is_schur_stable.hpp>

#include "spectral/verdicts.hpp"

namespace test_is_schur_stable {
namespace {

using saddle::mat;
using saddle::verdict;

const spectral::region unit_disc{
    "is_schur_stable",
    [](const spectral::wide& a) {
      const auto r = spectral::radius(a);
      return spectral::extreme{1 - r.value, r.uncertainty};
    },
    [](double distance) { return spectral::pair((1 - distance) * std::cos(0.7), (1 - distance) * std::sin(0.7)); },
    0.3L};

SADDLE_SUITE_OF_FORMATS(is_schur_stable);

TEST_P(is_schur_stable, verdicts_are_right_and_not_withheld) {
  spectral::verdicts_are_right_and_not_withheld(unit_disc, *GetParam());
}
TEST_P(is_schur_stable, decides_near_the_boundary) { spectral::decides_near_the_boundary(unit_disc, *GetParam()); }
TEST_P(is_schur_stable, the_boundary_itself_is_undecided) {
  spectral::the_boundary_itself_is_undecided(unit_disc, *GetParam());
}

static_assert(saddle::is_schur_stable(mat<double, 2, 2>{{0.5, -0.5, 0.5, 0.5}}).verdict[0] == verdict::yes);
static_assert(saddle::is_schur_stable(mat<double, 3, 3>{{0, 1, 0, 0, 0, 1, 2, 0, 0}}).verdict[0] == verdict::no);

} // namespace
} // namespace test_is_schur_stable
