# 64-bit RISC-V, numbers alone: this compiler knows no vectors.
#   cmake --toolchain toolchains/riscv64-linux-gnu.cmake ...
set(CMAKE_SYSTEM_PROCESSOR riscv64)
set(triplet riscv64-linux-gnu)
set(emulator qemu-riscv64 -cpu rv64)
include(${CMAKE_CURRENT_LIST_DIR}/linux-gnu.cmake)
