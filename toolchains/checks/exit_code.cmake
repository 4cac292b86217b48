# cmake -DEXPECTED= -DMESSAGE= -P exit_code.cmake -- command...
# The command ends with this exit code and no other, and says something that matches MESSAGE: an emulator that could not
# even load the program has exit codes of its own.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/arguments.cmake)
saddle_arguments_after_dashes(command)

execute_process(COMMAND ${command} RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
message("${output}")
if(NOT exit_code STREQUAL EXPECTED OR NOT output MATCHES "${MESSAGE}")
  message(FATAL_ERROR "exit code ${exit_code} where ${EXPECTED} was expected, with output that matches '${MESSAGE}'")
endif()
