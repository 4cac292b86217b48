#include <saddle/saddle.hpp>

// Nothing here needs xsimd.
int main() { return saddle::dynamics::optimistic::about.field_evaluations == 1 ? 0 : 1; }
