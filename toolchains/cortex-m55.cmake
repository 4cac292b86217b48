# Cortex-M55 with its FPU, which has float and double, both fused. Without the vector unit (MVE): g++ 12 emits a
# predicated conversion that its own assembler rejects.
set(SADDLE_CPU cortex-m55+nomve)
set(SADDLE_FPU auto)
set(SADDLE_MACHINE mps3-an547)
set(SADDLE_CODE 0x00000000)
set(SADDLE_DATA 0x20000000)
set(SADDLE_DOUBLE ON)
include(${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake)
