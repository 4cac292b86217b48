# Cortex-M33 with its single-precision FPU: float is fused, double is software and rounds twice.
set(SADDLE_CPU cortex-m33)
set(SADDLE_FPU fpv5-sp-d16)
set(SADDLE_MACHINE mps2-an505)
set(SADDLE_CODE 0x10000000)
set(SADDLE_DATA 0x38000000)
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
