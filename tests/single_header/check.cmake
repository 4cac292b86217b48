# cmake -DHEADER= -DPROGRAM= -DSCRATCH= -P check.cmake -- compiler flag...
# Puts the header and the program into a folder of their own, compiles the program there and runs it.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../toolchains/checks/arguments.cmake)
saddle_arguments_after_dashes(command)

file(REMOVE_RECURSE ${SCRATCH})
file(COPY ${HEADER} ${PROGRAM} DESTINATION ${SCRATCH})
execute_process(COMMAND ${command} -O1 program.cpp -o program WORKING_DIRECTORY ${SCRATCH} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${SCRATCH}/program COMMAND_ERROR_IS_FATAL ANY)
