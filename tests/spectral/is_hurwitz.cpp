#include <saddle/spectral/is_hurwitz.hpp>

#include "spectral/verdicts.hpp"

namespace test_is_hurwitz {
namespace {

using saddle::mat;
using saddle::verdict;

const spectral::region left_half{"is_hurwitz",
                                 [](const spectral::wide& a) {
                                   const auto r = spectral::abscissa(a);
                                   return spectral::extreme{-r.value, r.uncertainty};
                                 },
                                 [](double distance) { return spectral::pair(-distance, 0.7); }, -2};

SADDLE_SUITE_OF_FORMATS(is_hurwitz);

TEST_P(is_hurwitz, verdicts_are_right_and_not_withheld) {
  spectral::verdicts_are_right_and_not_withheld(left_half, *GetParam());
}
TEST_P(is_hurwitz, decides_near_the_boundary) { spectral::decides_near_the_boundary(left_half, *GetParam()); }
TEST_P(is_hurwitz, the_boundary_itself_is_undecided) {
  spectral::the_boundary_itself_is_undecided(left_half, *GetParam());
}

static_assert(saddle::is_hurwitz(mat<double, 2, 2>{{-1, 5, -5, -1}}).verdict[0] == verdict::yes);
static_assert(saddle::is_hurwitz(mat<double, 3, 3>{{0, 1, 0, 0, 0, 1, 1, 0, 0}}).verdict[0] == verdict::no);

} // namespace
} // namespace test_is_hurwitz
