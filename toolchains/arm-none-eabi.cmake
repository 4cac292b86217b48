# Debian's compiler for ARM without an operating system (gcc-arm-none-eabi), its programs run by qemu-system-arm. Not used
# by itself: a file a core, cortex-m4f.cmake and its like, names the core and its board and includes this one.
#   SADDLE_CPU   -mcpu         SADDLE_FPU  -mfpu         SADDLE_MACHINE  the board that QEMU plays
#   SADDLE_CODE  SADDLE_DATA   where the board has memory for code (and the vectors) and for data, 512 KiB each
#   SADDLE_DOUBLE              ON where the FPU computes with double
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
# CMake tries its compilers with a library: a program would need the linker script and a start-up.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(core "-mthumb -mcpu=${SADDLE_CPU} -mfpu=${SADDLE_FPU} -mfloat-abi=hard")
set(CMAKE_C_FLAGS_INIT "${core} -ffunction-sections -fdata-sections")
# Statics without locks and destructors that never run: firmware has one thread and does not end.
set(CMAKE_CXX_FLAGS_INIT "${CMAKE_C_FLAGS_INIT} -fno-exceptions -fno-rtti -fno-threadsafe-statics -fno-use-cxa-atexit")
# CMake's own choice, -O3, buys speed with a memory that firmware does not have.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostartfiles --specs=nosys.specs -Wl,--gc-sections -Wl,--fatal-warnings \
-Wl,--defsym=CODE_ORIGIN=${SADDLE_CODE} -Wl,--defsym=DATA_ORIGIN=${SADDLE_DATA} \
-T${CMAKE_CURRENT_LIST_DIR}/firmware/memory.ld")
set(CMAKE_EXECUTABLE_SUFFIX_CXX .elf)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# A firmware that hangs, hangs for ever: there is nobody to press a key.
set(CMAKE_CROSSCOMPILING_EMULATOR "timeout;120;qemu-system-arm;-machine;${SADDLE_MACHINE};-display;none;-monitor;none;\
-serial;none;-semihosting-config;enable=on,target=native;-kernel" CACHE STRING "")
