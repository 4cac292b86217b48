# 64-bit ARM:  cmake --toolchain toolchains/aarch64-linux-gnu.cmake ...
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(triplet aarch64-linux-gnu)
set(emulator qemu-aarch64 -cpu cortex-a72)
include(${CMAKE_CURRENT_LIST_DIR}/linux-gnu.cmake)
