# cmake -DNM= -DOBJCOPY= -DEXPORT=symbol -P wall_in.cmake -- merged.o object.o
# Makes every symbol of merged.o local except EXPORT, and gives the local ones short names: the compiler's were a sixth of
# the archive (AVX-512, default sizes, simultaneous: 392 KB with them, 323 without).
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../toolchains/checks/arguments.cmake)
saddle_arguments_after_dashes(objects)
list(POP_FRONT objects merged object)

# Those that nm shows: an ARM object has others, which say where its code is data, and keeps their names.
execute_process(COMMAND ${NM} --format=posix --defined-only ${merged} OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
string(REGEX REPLACE " [^\n]*" "" names "${output}")
string(REGEX MATCHALL "[^\n]+" names "${names}")
list(REMOVE_DUPLICATES names)
list(REMOVE_ITEM names ${EXPORT})
set(renamed "")
set(count 0)
foreach(name IN LISTS names)
  math(EXPR count "${count} + 1")
  string(APPEND renamed "${name} k${count}\n")
endforeach()
file(WRITE ${object}.names "${renamed}")
execute_process(COMMAND ${OBJCOPY} --redefine-syms=${object}.names --keep-global-symbol=${EXPORT} ${merged} ${object}
                COMMAND_ERROR_IS_FATAL ANY)
