# cmake -DNM= -DOBJCOPY= -DEXPORT=symbol -DMERGED=merged.o -DOBJECT=object.o -P wall_in.cmake
# Makes every symbol of merged.o local except EXPORT, and gives the local ones short names: the compiler's were a sixth of
# the archive (AVX-512, default sizes, simultaneous: 392 KB with them, 323 without).
cmake_minimum_required(VERSION 3.25)

# Those that nm shows: an ARM object has others, which say where its code is data, and keeps their names.
execute_process(COMMAND ${NM} --format=posix --defined-only ${MERGED} OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
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
file(WRITE ${OBJECT}.names "${renamed}")
execute_process(COMMAND ${OBJCOPY} --redefine-syms=${OBJECT}.names --keep-global-symbol=${EXPORT} ${MERGED} ${OBJECT}
                COMMAND_ERROR_IS_FATAL ANY)
