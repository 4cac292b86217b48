# A level of the x86-64 psABI (v1 to v4), its programs run on an emulated processor that has this level and no more. The
# files that include it set `level`, and `processor`, a name that qemu-x86_64 -cpu knows: none runs them on this machine.
# Naming the system makes the build a cross build, which is what has an emulator.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
# clang knows the names of levels too.
set(CMAKE_C_FLAGS_INIT "-march=x86-64${level}")
set(CMAKE_CXX_FLAGS_INIT "-march=x86-64${level}")
if(processor)
  # Where the environment tells OpenBLAS which processor this is, that is not the emulated one: it would die of AVX.
  set(CMAKE_CROSSCOMPILING_EMULATOR qemu-x86_64 -U OPENBLAS_CORETYPE -U OPENBLAS_L2_SIZE -cpu ${processor}
      CACHE STRING "")
endif()
