/// One matrix after the other.
#include "spectrum/eigenvalues.hpp"

void bench::spectrum::add_saddle_scalar() {
  add_sizes<alone, double>("saddle_scalar");
  add_sizes<alone, float>("saddle_scalar");
}
