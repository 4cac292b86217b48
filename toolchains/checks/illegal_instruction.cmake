# cmake -P illegal_instruction.cmake -- command...
# The command has to die of an illegal instruction.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/arguments.cmake)
saddle_arguments_after_dashes(command)
execute_process(COMMAND ${command} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT "${result} ${output}" MATCHES "[Ii]llegal instruction|SIGILL|132")
  message(FATAL_ERROR " ended with '${result}': ${output}")
endif()
