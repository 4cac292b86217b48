// Found before the real one by headers that promise to do without xsimd.
#error "this header includes xsimd; only lane/batch.hpp and the headers listed in tests/CMakeLists.txt may"
