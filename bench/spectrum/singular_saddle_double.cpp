/// saddle, double: one matrix, a matrix a lane, a matrix a lane of two vectors.
#include "spectrum/saddle_decompositions.hpp"

namespace bench::decompositions {

void add_singular_saddle_double() {
  add_rows<kind::singular, double, saddle_on<kind::singular, scalar_lane>>("saddle");
  add_rows<kind::singular, double, saddle_on<kind::singular, vector_lane>>("saddle_batch");
  add_rows<kind::singular, double, saddle_on<kind::singular, group_lane>>("saddle_batch_group");
}

} // namespace bench::decompositions
