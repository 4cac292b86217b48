# Debian's cross compiler for 32-bit ARM with hardware floating point (g++-arm-linux-gnueabihf), its programs run by
# qemu-user:  cmake --toolchain toolchains/arm-linux-gnueabihf.cmake ...
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(triplet arm-linux-gnueabihf)
set(CMAKE_C_COMPILER ${triplet}-gcc)
set(CMAKE_CXX_COMPILER ${triplet}-g++)
# The compiler's own default has no NEON, and the tests of the vector lanes need it; the compiled kernels and their
# dispatch say for themselves what they are compiled for. -Wno-psabi: notes on an ABI change between GCC 6 and 7.
set(CMAKE_C_FLAGS_INIT "-march=armv7-a+neon -mfloat-abi=hard")
set(CMAKE_CXX_FLAGS_INIT "-march=armv7-a+neon -mfloat-abi=hard -Wno-psabi")
set(CMAKE_LIBRARY_ARCHITECTURE ${triplet})
# Libraries and headers are the target's; programs and CMake packages (of headers alone) may be the host's.
set(CMAKE_FIND_ROOT_PATH /usr/${triplet})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-arm;-L;/usr/${triplet};-cpu;cortex-a15" CACHE STRING "")
