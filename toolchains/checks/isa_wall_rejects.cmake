# cmake -DNM= -DLD= -DOBJCOPY= -DSOURCE= -DSCRATCH= -P isa_wall_rejects.cmake -- compiler flag...
# Plants a leak and checks that isa_wall.cmake stops: SOURCE exports a table and uses an inline function that other
# objects share. Compiled and left like that, the wall is open; isolated as the kernels are, it is closed.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/arguments.cmake)
saddle_arguments_after_dashes(compile)

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Sets exit_code and output.
macro(look_at)
  execute_process(COMMAND ${CMAKE_COMMAND} -DNM=${NM} "-DISAS=planted" -P ${CMAKE_CURRENT_LIST_DIR}/isa_wall.cmake -- ${ARGN}
    RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
endmacro()

file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})
run(${compile} -c ${SOURCE} -o ${SCRATCH}/open.o)
look_at(${SCRATCH}/open.o)
if(exit_code EQUAL 0 OR NOT output MATCHES "leaks [^ ]*shared_helper[^ ]* \\(W\\)")
  message("${output}")
  message(FATAL_ERROR "the planted leak of shared_helper was not seen")
endif()

run(${LD} -r --force-group-allocation ${SCRATCH}/open.o -o ${SCRATCH}/merged.o)
run(${OBJCOPY} --keep-global-symbol=saddle_kernels_planted_rule ${SCRATCH}/merged.o ${SCRATCH}/closed.o)
look_at(${SCRATCH}/closed.o)
if(NOT exit_code EQUAL 0)
  message("${output}")
  message(FATAL_ERROR "the isolated object is refused")
endif()

# The same object twice: one symbol in two objects.
file(COPY_FILE ${SCRATCH}/closed.o ${SCRATCH}/again.o)
look_at(${SCRATCH}/closed.o ${SCRATCH}/again.o)
if(exit_code EQUAL 0 OR NOT output MATCHES "is also in another object")
  message("${output}")
  message(FATAL_ERROR "a symbol in two objects was not seen")
endif()

look_at()
if(exit_code EQUAL 0)
  message(FATAL_ERROR "an empty list of objects passes")
endif()
