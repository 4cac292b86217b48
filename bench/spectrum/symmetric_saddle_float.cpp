/// saddle, float: one matrix, a matrix a lane, a matrix a lane of two vectors.
#include "spectrum/saddle_decompositions.hpp"

namespace bench::decompositions {

void add_symmetric_saddle_float() {
  add_rows<kind::symmetric, float, saddle_on<kind::symmetric, scalar_lane>>("saddle");
  add_rows<kind::symmetric, float, saddle_on<kind::symmetric, vector_lane>>("saddle_batch");
  add_rows<kind::symmetric, float, saddle_on<kind::symmetric, group_lane>>("saddle_batch_group");
}

} // namespace bench::decompositions
