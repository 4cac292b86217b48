// One step size for both players, or one each; three are nobody's.
#include <saddle/linalg/point.hpp>

#ifdef SADDLE_EXPECT_ERROR
saddle::step_sizes<double, 2> eta(0.1, 0.2, 0.3);
#else
saddle::step_sizes<double, 2> eta(0.1, 0.2);
#endif
