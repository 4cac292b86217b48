# cmake -DNM= -DSOURCE= -DSCRATCH= -P no_runtime_rejects.cmake -- compiler flag...
# SOURCE references what the library must not: no_runtime.cmake has to name every one of them.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/arguments.cmake)
saddle_arguments_after_dashes(compile)

file(MAKE_DIRECTORY ${SCRATCH})
execute_process(COMMAND ${compile} -c ${SOURCE} -o ${SCRATCH}/planted.o COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} -DNM=${NM} -P ${CMAKE_CURRENT_LIST_DIR}/no_runtime.cmake -- ${SCRATCH}/planted.o
  RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
foreach(symbol malloc calloc realloc free posix_memalign _Znw[mj] _ZdlPv[mj]* __cxa_throw __cxa_guard_acquire printf abort)
  if(exit_code EQUAL 0 OR NOT output MATCHES "references ${symbol}\n")
    message("${output}")
    message(FATAL_ERROR "the planted reference to ${symbol} was not seen")
  endif()
endforeach()
