/// Eigen as its users write it.
#include "step/eigen.hpp"

namespace bench::step {

void add_eigen() {
  add_alone<eigen<natural>>("eigen");
  add_batches<eigen<natural>>("eigen");
}

} // namespace bench::step
