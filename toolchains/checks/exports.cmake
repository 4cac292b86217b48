# cmake -DNM= -DHEADER=saddle.h [-DPREFIX=saddle] -P exports.cmake -- library.so
# The shared library exports the functions that saddle.h declares, under its prefix, all of them and nothing else.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/arguments.cmake)
saddle_arguments_after_dashes(library)

file(STRINGS ${HEADER} declarations REGEX "^SADDLE_API ")
set(declared "")
foreach(line IN LISTS declarations)
  string(REGEX MATCH "(saddle_[a-z_]+)\\(" unused "${line}")
  list(APPEND declared ${CMAKE_MATCH_1})
endforeach()
if(PREFIX)
  list(TRANSFORM declared REPLACE "^saddle_" "${PREFIX}_")
endif()
execute_process(COMMAND ${NM} --dynamic --defined-only --format=posix ${library}
  OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^ \n]+ [A-Za-z] [^\n]*" lines "${output}")
list(TRANSFORM lines REPLACE " .*" "")
list(SORT lines)
list(SORT declared)
if(NOT lines STREQUAL declared OR declared STREQUAL "")
  message(FATAL_ERROR " exported: ${lines}\n declared: ${declared}")
endif()
