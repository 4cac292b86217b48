/// One matrix a lane: a vector of float, and two of them in flight.
#include "spectrum/eigenvalues.hpp"

void bench::spectrum::add_saddle_float() {
  add_sizes<vectors, float>("saddle_batch");
  add_sizes<pairs, float>("saddle_batch_of_two");
}
