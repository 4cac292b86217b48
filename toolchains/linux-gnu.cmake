# What the cross compilers of Debian share (packages g++-<triplet>), their programs run by qemu-user. The files that
# include it set CMAKE_SYSTEM_PROCESSOR, `triplet`, and `emulator`: the program and the processor it imitates.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_LIBRARY_ARCHITECTURE ${triplet})
# Libraries and headers are the target's; programs and CMake packages (of headers alone) may be the host's.
set(CMAKE_FIND_ROOT_PATH /usr/${triplet})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
list(POP_FRONT emulator program)
set(CMAKE_CROSSCOMPILING_EMULATOR ${program} -L /usr/${triplet} ${emulator} CACHE STRING "")
if(NOT CMAKE_C_COMPILER)
  set(CMAKE_C_COMPILER ${triplet}-gcc)
  set(CMAKE_CXX_COMPILER ${triplet}-g++)
endif()
