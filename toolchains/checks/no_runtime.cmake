# cmake -DNM= -P no_runtime.cmake -- object-or-archive...
# The compiled library takes nothing from a C++ run time and no memory, throws nothing, prints nothing, stops nothing:
# none of these functions is referenced.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/arguments.cmake)
saddle_arguments_after_dashes(files)

# Whole names; operator new is _Znwm, _Znam and their aligned kin, operator delete _ZdlPv and its.
set(forbidden "malloc|calloc|realloc|free|aligned_alloc|posix_memalign|memalign|_Zn[wa].*|_Zd[la].*|__cxa_.*|_Unwind_.*|\
__gxx_personality.*|printf|fprintf|puts|putchar|fwrite|abort|exit|__assert_fail|__stack_chk_fail|getenv|_ZSt.*|_ZNSt.*")

set(errors "")
list(LENGTH files count)
if(count EQUAL 0)
  set(errors "there is no file to look at")
endif()
foreach(file IN LISTS files)
  execute_process(COMMAND ${NM} --undefined-only --format=posix ${file} OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" lines "${output}")
  foreach(line IN LISTS lines)
    if(line MATCHES "^(${forbidden}) [Uwv]")
      list(APPEND errors "${file} references ${CMAKE_MATCH_1}")
    endif()
  endforeach()
endforeach()
if(errors)
  list(REMOVE_DUPLICATES errors)
  list(JOIN errors "\n " errors)
  message(FATAL_ERROR " ${errors}")
endif()
