#include <saddle/linalg/vec.hpp>

#ifdef SADDLE_EXPECT_ERROR
constexpr std::size_t n = 0;
#else
constexpr std::size_t n = 1;
#endif

saddle::vec<double, n> v;
