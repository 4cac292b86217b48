# cmake -DOBJDUMP= [-DEXPECT=some] -P no_vex.cmake -- object-or-archive-member...
# No instruction of these objects is VEX- or EVEX-coded (AVX and later): they run on every x86-64. With EXPECT=some the
# opposite: it is the control that shows that such instructions are seen.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/arguments.cmake)
saddle_arguments_after_dashes(objects)

set(errors "")
list(LENGTH objects count)
if(count EQUAL 0)
  set(errors "there is no object to look at")
endif()
foreach(object IN LISTS objects)
  # Assembler names of these encodings, and of no other, start with v; masks (k0 to k7) move with k instructions.
  # Of the older ones only verr, verw and those of virtual machines start with v, and no compiler emits them.
  execute_process(COMMAND ${OBJDUMP} --disassemble --no-show-raw-insn ${object}
    OUTPUT_VARIABLE code COMMAND_ERROR_IS_FATAL ANY)
  if(NOT code MATCHES "\tret")
    list(APPEND errors "${object}: the disassembly holds no function")
  endif()
  string(REGEX MATCH "\t(v[a-z0-9]+|k(mov|or|and|xor|not|test|add|shift|unpck)[a-z]+)[ \t\n][^\n]*" found "${code}")
  if(EXPECT STREQUAL some)
    if(NOT found)
      list(APPEND errors "${object}: no AVX instruction is seen in code that is made of them")
    endif()
  elseif(found)
    list(APPEND errors "${object} holds '${found}'")
  endif()
endforeach()
if(errors)
  list(JOIN errors "\n " errors)
  message(FATAL_ERROR " ${errors}")
endif()
