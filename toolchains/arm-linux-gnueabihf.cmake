# 32-bit ARM with hardware floating point:  cmake --toolchain toolchains/arm-linux-gnueabihf.cmake ...
set(CMAKE_SYSTEM_PROCESSOR arm)
set(triplet arm-linux-gnueabihf)
set(emulator qemu-arm -cpu cortex-a15)
# The compiler's own default has no NEON, and the tests of the vector lanes need it; the compiled kernels and their
# dispatch say for themselves what they are compiled for. -Wno-psabi: notes on an ABI change between GCC 6 and 7.
set(CMAKE_C_FLAGS_INIT "-march=armv7-a+neon-vfpv4 -mfloat-abi=hard")
set(CMAKE_CXX_FLAGS_INIT "-march=armv7-a+neon-vfpv4 -mfloat-abi=hard -Wno-psabi")
include(${CMAKE_CURRENT_LIST_DIR}/linux-gnu.cmake)
