# cmake -DBUILD= -DSCRATCH= -DPYTHON= -DGENERATOR= -P installed.cmake
# What an install ships is what the headers of now give.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix --component saddle_development
                OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${PYTHON} -B ${GENERATOR} ${SCRATCH}/fresh.hpp COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${SCRATCH}/prefix/include/saddle_single.hpp ${SCRATCH}/fresh.hpp
                COMMAND_ERROR_IS_FATAL ANY)
