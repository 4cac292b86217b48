# AVX-512, which no emulator at hand imitates: the tests need a machine that has it.
set(level "-v4")
set(processor "")
include(${CMAKE_CURRENT_LIST_DIR}/x86-64.cmake)
