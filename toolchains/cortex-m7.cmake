# Cortex-M7 with the double-precision FPU: float and double are fused.
set(SADDLE_CPU cortex-m7)
set(SADDLE_FPU fpv5-d16)
set(SADDLE_MACHINE mps2-an500)
set(SADDLE_CODE 0x00000000)
set(SADDLE_DATA 0x20000000)
set(SADDLE_DOUBLE ON)
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
