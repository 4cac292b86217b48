# Builds and runs tests/consumer as a stranger would. WAY is find_package (on an installed copy) or add_subdirectory.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT exit_code EQUAL 0)
    list(JOIN ARGN " " command)
    message("${output}")
    message(FATAL_ERROR " failed: ${command}")
  endif()
endfunction()

function(configure build)
  run(${CMAKE_COMMAND} -S ${SADDLE_SOURCE}/tests/consumer -B ${build}
      -G ${GENERATOR} -DCMAKE_MAKE_PROGRAM=${MAKE_PROGRAM} -DCMAKE_BUILD_TYPE=Release
      -DCMAKE_CXX_COMPILER=${CXX_COMPILER} -DCMAKE_C_COMPILER=${C_COMPILER}
      -DSADDLE_XSIMD_INCLUDE_DIR=${XSIMD_INCLUDE_DIR} ${ARGN})
endfunction()

function(build_and_test build)
  run(${CMAKE_COMMAND} --build ${build})
  run(${CMAKE_CTEST_COMMAND} --test-dir ${build} --output-on-failure --no-tests=error)
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
if(WAY STREQUAL find_package)
  run(${CMAKE_COMMAND} --install ${SADDLE_BUILD} --prefix ${SCRATCH}/first --component saddle_development)
  # An installed copy that is moved still has to work: it may hold no path of this machine.
  file(RENAME ${SCRATCH}/first ${SCRATCH}/prefix)
  configure(${SCRATCH}/build -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix)
  build_and_test(${SCRATCH}/build)

  # Without xsimd the component is refused, and the message names the package.
  execute_process(
    COMMAND ${CMAKE_COMMAND} -S ${SADDLE_SOURCE}/tests/consumer -B ${SCRATCH}/without_xsimd -G ${GENERATOR}
      -DCMAKE_MAKE_PROGRAM=${MAKE_PROGRAM} -DCMAKE_CXX_COMPILER=${CXX_COMPILER} -DCMAKE_C_COMPILER=${C_COMPILER}
      -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix -DSADDLE_XSIMD_INCLUDE_DIR=
    RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(exit_code EQUAL 0 OR NOT output MATCHES "libxsimd-dev")
    message("${output}")
    message(FATAL_ERROR "find_package(saddle COMPONENTS batch) without xsimd has to stop and name libxsimd-dev")
  endif()
else()
  configure(${SCRATCH}/build -DSADDLE_SOURCE=${SADDLE_SOURCE})
  build_and_test(${SCRATCH}/build)
endif()
