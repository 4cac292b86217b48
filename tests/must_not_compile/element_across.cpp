// The numbers of a vec across registers are not there one by one.
#include <saddle/linalg/wide.hpp>

#ifdef SADDLE_EXPECT_ERROR
using number = saddle::wide<double>;
#else
using number = double;
#endif
number first(const saddle::point<number, 4, 4>& z) { return z.theta[0]; }
