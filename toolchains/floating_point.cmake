# The floating-point flags of everything that includes a saddle header: this list is the only place that names them.
# The library promises the same bits alone, in a lane, at compile time and on every ISA with a fused multiply-add.
# Each flag below either protects those bits or cannot change them.
set(SADDLE_FLOATING_POINT_FLAGS
  # Protects: GCC's default fuses a * b + c wherever it pleases, and differently for scalars and vectors. The kernels
  # say fma where they mean it.
  -ffp-contract=off
  # Cannot change: sqrt is correctly rounded as an instruction and as a call. Without errno the call, which serves only
  # negative arguments, goes away, and with it the branch that stops vectorisation.
  -fno-math-errno
  # Cannot change: it lets the compiler compute both sides of a select, which may raise an exception flag that nobody
  # reads here. Values, roundings and NaNs stay as they are.
  -fno-trapping-math)

if(NOT CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  message(FATAL_ERROR
    " saddle knows the floating-point flags of GCC and clang, and this compiler is ${CMAKE_CXX_COMPILER_ID}:"
    " say in toolchains/floating_point.cmake how it is told not to contract a * b + c.")
endif()
