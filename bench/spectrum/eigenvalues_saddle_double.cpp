/// One matrix a lane: a vector of double, and two of them in flight.
#include "spectrum/eigenvalues.hpp"

void bench::spectrum::add_saddle_double() {
  add_sizes<vectors, double>("saddle_batch");
  add_sizes<pairs, double>("saddle_batch_of_two");
}
