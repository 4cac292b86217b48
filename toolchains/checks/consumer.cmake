# Builds and runs tests/consumer as a stranger would. WAY is find_package (on an installed copy), add_subdirectory, c: a C
# program on an installed copy of the compiled library, or own: with kernels of their own, in both ways.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT exit_code EQUAL 0)
    list(JOIN ARGN " " command)
    message("${output}")
    message(FATAL_ERROR " failed: ${command}")
  endif()
endfunction()

function(configure source build)
  run(${CMAKE_COMMAND} -S ${SADDLE_SOURCE}/tests/${source} -B ${build}
      -G ${GENERATOR} -DCMAKE_MAKE_PROGRAM=${MAKE_PROGRAM} -DCMAKE_BUILD_TYPE=Release
      -DCMAKE_CXX_COMPILER=${CXX_COMPILER} -DCMAKE_C_COMPILER=${C_COMPILER}
      -DSADDLE_XSIMD_INCLUDE_DIR=${XSIMD_INCLUDE_DIR} ${ARGN})
endfunction()

function(build_and_test build)
  run(${CMAKE_COMMAND} --build ${build})
  run(${CMAKE_CTEST_COMMAND} --test-dir ${build} --output-on-failure --no-tests=error)
endfunction()

# Configures without the component and checks that it is refused with a sentence that holds `name`.
function(expect_refused build name)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -B ${build} -G ${GENERATOR} -DCMAKE_MAKE_PROGRAM=${MAKE_PROGRAM}
      -DCMAKE_CXX_COMPILER=${CXX_COMPILER} -DCMAKE_C_COMPILER=${C_COMPILER} -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix ${ARGN}
    RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(exit_code EQUAL 0 OR NOT output MATCHES "${name}")
    message("${output}")
    message(FATAL_ERROR "find_package(saddle COMPONENTS ...) has to stop here and name ${name}")
  endif()
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
if(WAY STREQUAL find_package)
  run(${CMAKE_COMMAND} --install ${SADDLE_BUILD} --prefix ${SCRATCH}/first --component saddle_development)
  # An installed copy that is moved still has to work: it may hold no path of this machine.
  file(RENAME ${SCRATCH}/first ${SCRATCH}/prefix)
  configure(consumer ${SCRATCH}/build -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix)
  build_and_test(${SCRATCH}/build)

  # Without xsimd the component is refused, and the message names the package.
  expect_refused(${SCRATCH}/without_xsimd libxsimd-dev -S ${SADDLE_SOURCE}/tests/consumer -DSADDLE_XSIMD_INCLUDE_DIR=)
elseif(WAY STREQUAL c)
  run(${CMAKE_COMMAND} --install ${SADDLE_BUILD} --prefix ${SCRATCH}/first --component saddle_development)
  file(RENAME ${SCRATCH}/first ${SCRATCH}/prefix)
  expect_refused(${SCRATCH}/without_kernels SADDLE_BUILD_KERNELS -S ${SADDLE_SOURCE}/tests/consumer/c)

  run(${CMAKE_COMMAND} --install ${SADDLE_BUILD} --prefix ${SCRATCH}/prefix --component saddle_kernels)
  file(RENAME ${SCRATCH}/prefix ${SCRATCH}/moved)
  run(${CMAKE_COMMAND} -S ${SADDLE_SOURCE}/tests/consumer/c -B ${SCRATCH}/build -G ${GENERATOR}
      -DCMAKE_MAKE_PROGRAM=${MAKE_PROGRAM} -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER=${C_COMPILER}
      -DCMAKE_PREFIX_PATH=${SCRATCH}/moved "-DCMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Werror")
  build_and_test(${SCRATCH}/build)
elseif(WAY STREQUAL own)
  foreach(component saddle_development ${KERNELS_COMPONENT})
    run(${CMAKE_COMMAND} --install ${SADDLE_BUILD} --prefix ${SCRATCH}/first --component ${component})
  endforeach()
  file(RENAME ${SCRATCH}/first ${SCRATCH}/moved)
  configure(consumer/own ${SCRATCH}/build -DCMAKE_PREFIX_PATH=${SCRATCH}/moved
            "-DCMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Werror" "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror")
  build_and_test(${SCRATCH}/build)
  file(GLOB objects ${SCRATCH}/build/shop_*.isolated.o)
  run(${CMAKE_COMMAND} -DNM=${NM} -DPREFIX=shop "-DISAS=sse2|avx2|neon64|neon|scalar" -P ${CMAKE_CURRENT_LIST_DIR}/isa_wall.cmake
      -- ${objects})
  run(${CMAKE_COMMAND} -DNM=${NM} -DPREFIX=laboratory -DHEADER=${SADDLE_SOURCE}/include/saddle/saddle.h
      -P ${CMAKE_CURRENT_LIST_DIR}/exports.cmake -- ${SCRATCH}/build/liblab_shared.so)

  configure(consumer/own ${SCRATCH}/subproject -DSADDLE_SOURCE=${SADDLE_SOURCE})
  run(${CMAKE_COMMAND} --build ${SCRATCH}/subproject --target lab)
else()
  configure(consumer ${SCRATCH}/build -DSADDLE_SOURCE=${SADDLE_SOURCE})
  build_and_test(${SCRATCH}/build)
endif()
