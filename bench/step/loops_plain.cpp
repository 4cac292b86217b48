/// The loops with the flags of everything else.
#define BENCH_LOOPS plain
#include "step/loops.hpp"
