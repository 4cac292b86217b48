# SSE4.2, as of 2008.
set(level "-v2")
set(processor "Nehalem")
include(${CMAKE_CURRENT_LIST_DIR}/x86-64.cmake)
