// What the check of the wall has to see: an inline function that every object which uses it carries, and that the linker
// keeps once for all of them.
struct table {
  double (*kernel)(double);
};

[[gnu::noinline]] inline double shared_helper(double x) { return x * x + 1; }

static double kernel(double x) { return shared_helper(x) - x; }

extern "C" const table saddle_kernels_planted_rule;
const table saddle_kernels_planted_rule = {&kernel};
