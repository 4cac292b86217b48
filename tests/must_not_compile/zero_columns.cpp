#include <saddle/linalg/mat.hpp>

#ifdef SADDLE_EXPECT_ERROR
constexpr std::size_t n = 0;
#else
constexpr std::size_t n = 1;
#endif

saddle::mat<double, 3, n> m;
