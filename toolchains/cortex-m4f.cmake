# Cortex-M4 with its single-precision FPU: float is fused, double is software and rounds twice.
set(SADDLE_CPU cortex-m4)
set(SADDLE_FPU fpv4-sp-d16)
set(SADDLE_MACHINE mps2-an386)
set(SADDLE_CODE 0x00000000)
set(SADDLE_DATA 0x20000000)
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
