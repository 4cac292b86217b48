/// Eigen with lazy products and a stored transpose.
#include "step/eigen.hpp"

namespace bench::step {

void add_eigen_lazy() { add_alone<eigen<lazy>>("eigen_lazy"); }

} // namespace bench::step
