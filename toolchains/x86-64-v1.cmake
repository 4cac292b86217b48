# SSE2: what every x86-64 processor has, here one of 2003.
set(level "")
set(processor "Opteron_G1")
include(${CMAKE_CURRENT_LIST_DIR}/x86-64.cmake)
