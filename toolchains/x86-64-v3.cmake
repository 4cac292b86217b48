# AVX2 and fused multiply-add, as of 2013.
set(level "-v3")
# Without what the emulator would only warn about.
set(processor Haswell,-pcid,-x2apic,-tsc-deadline,-hle,-rtm,-invpcid)
include(${CMAKE_CURRENT_LIST_DIR}/x86-64.cmake)
