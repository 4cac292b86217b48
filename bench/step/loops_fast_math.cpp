/// The loops with -ffast-math, which lets the compiler reorder sums.
#define BENCH_LOOPS fast_math
#include "step/loops.hpp"
