# Gives saddle_add_kernels wrong arguments and checks the sentence that it stops with.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${SCRATCH})
file(WRITE ${SCRATCH}/CMakeLists.txt "
  cmake_minimum_required(VERSION 3.25)
  project(scratch LANGUAGES \${LANGUAGES})
  if(LANGUAGES STREQUAL C)
    include(${SADDLE_SOURCE}/kernels/add_kernels.cmake)
    add_library(saddle::saddle INTERFACE IMPORTED)
  else()
    set(SADDLE_BUILD_KERNELS OFF)
    add_subdirectory(${SADDLE_SOURCE} saddle)
  endif()
  saddle_add_kernels(\${ARGUMENTS})\n")

# Configures with these arguments of the function; sets exit_code and output.
function(configure build)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -S ${SCRATCH} -B ${SCRATCH}/${build} -G ${GENERATOR} -DCMAKE_MAKE_PROGRAM=${MAKE_PROGRAM}
      -DCMAKE_CXX_COMPILER=${CXX_COMPILER} -DCMAKE_C_COMPILER=${C_COMPILER} "-DLANGUAGES=${LANGUAGES}"
      -DSADDLE_XSIMD_INCLUDE_DIR=${XSIMD_INCLUDE_DIR} "-DARGUMENTS=${ARGN}"
    RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(exit_code ${exit_code} PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

function(refused arguments sentence)
  configure(build ${arguments})
  expect("saddle_add_kernels(${sentence}")
endfunction()

set(LANGUAGES "C;CXX")
configure(build "a;RULES;optimistic@2x2,3x1:double;SIZES;4x4;SPECTRA;all;SPECTRAL_SIZES;3")
if(NOT exit_code EQUAL 0)
  message("${output}")
  message(FATAL_ERROR "a good selection is refused")
endif()
refused("a;GAMES;bilinear;SIZES;2x2" "a): there is nothing to compile")
refused("a;RULES;optimistic" "a): RULES need SIZES")
refused("a;SPECTRA;eigenvalues" "a): SPECTRA need SPECTRAL_SIZES")
refused("a;RULES;optimistc;SIZES;2x2"
        "a): 'optimistc' of RULES is not in the registry, which has simultaneous, alternating")
refused("a;RULES;optimistic;GAMES;chess;SIZES;2x2"
        "a): 'chess' of GAMES is not in the registry, which has bilinear, quadratic")
refused("a;SPECTRA;colours;SPECTRAL_SIZES;2" "a): 'colours' of SPECTRA is not in the registry")
refused("a;SPECTRA;shop::colours;SPECTRAL_SIZES;2" "a): 'shop::colours' of SPECTRA is not in the registry")
refused("a;RULES;optimistic;optimistic@2x2;SIZES;2x2" "a): RULES has two of the name optimistic")
refused("a;RULES;shop::cautious;SIZES;2x2" "a): shop::cautious of RULES is not in the registry: say in HEADERS where")
refused("a;RULES;optimistic;SIZES;2x2;HEADERS;none.hpp" "a): 'none.hpp' of HEADERS is neither in this folder nor")
refused("a;RULES;optimistic;SIZES;2x0" "a): '2x0' of SIZES is not of the form PxQ")
refused("a;RULES;optimistic@22;SIZES;2x2" "a): '22' of optimistic's @ is not of the form PxQ")
refused("a;RULES;optimistic@2x2:half;SIZES;2x2" "a): 'half' of optimistic's @ is not float or double")
refused("a;SPECTRA;eigenvalues;SPECTRAL_SIZES;33" "a): '33' of SPECTRAL_SIZES is not a number from 1 to 32")
refused("a;RULES;optimistic;SIZES;2x2;SCALARS;half" "a): 'half' of SCALARS is not float or double")
refused("a;RULES;optimistic;SIZES;2x2;ISAS;pdp11"
        "a): 'pdp11' of ISAS is not an instruction set of this processor family")
refused("a;RULES;optimistic;SIZES;2x2;SETS;box"
        "a): 'box' of SETS is not a set whose kernels can be compiled, which is")
refused("A-b;RULES;optimistic;SIZES;2x2" "A-b): 'A-b' of NAME is not a name of C in small letters")
refused("a;PREFIX;9;RULES;optimistic;SIZES;2x2" "a): '9' of PREFIX is not a name of C in small letters")
refused("a;RULE;optimistic;SIZES;2x2" "a): 'RULE;optimistic' belongs to no argument")
set(LANGUAGES C)
configure(build_of_c "a;RULES;optimistic;SIZES;2x2")
expect("saddle_add_kernels(a): the project needs the languages C and CXX")

# A game of one shape that is not among the sizes, and one that lacks a member: the compiler says it.
set(LANGUAGES "C;CXX")
configure(build "a;RULES;simultaneous;GAMES;shop::duel;shop::unfinished;SIZES;2x2;SCALARS;float;HEADERS;shop/shop.hpp;\
INCLUDE_DIRECTORIES;${SADDLE_SOURCE}/tests/consumer/own/include")
if(NOT exit_code EQUAL 0)
  message("${output}")
  message(FATAL_ERROR "games of one's own are refused")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} --build ${SCRATCH}/build RESULT_VARIABLE exit_code OUTPUT_VARIABLE output
                ERROR_VARIABLE output)
expect("saddle_add_kernels(a): shop::duel has a shape of its own, which is not among the sizes")
expect("saddle: a compiled game has lane_type, point_type (of two players), rebind and each")
