# 64-bit ARM by clang, with the headers and libraries of Debian's g++-aarch64-linux-gnu:
#   cmake --toolchain toolchains/aarch64-linux-gnu-clang.cmake ...
set(CMAKE_C_COMPILER clang)
set(CMAKE_CXX_COMPILER clang++)
set(CMAKE_C_COMPILER_TARGET aarch64-linux-gnu)
set(CMAKE_CXX_COMPILER_TARGET aarch64-linux-gnu)
include(${CMAKE_CURRENT_LIST_DIR}/aarch64-linux-gnu.cmake)
