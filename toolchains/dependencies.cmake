# Where other people's code is found. Each is looked for on the machine first; three of them can be downloaded.
# The versions to download are the ones that Debian 12 ships and the tests ran with.
include(FetchContent)

# saddle_headers_of_host(VARIABLE folder/header)
# A library of headers alone that is installed on the host serves every target. A link shows the compiler its folder
# without the host's own headers around; VARIABLE becomes the include directory, or empty.
function(saddle_headers_of_host variable header)
  cmake_path(GET header PARENT_PATH folder)
  find_path(found ${header} NO_CMAKE_FIND_ROOT_PATH NO_CACHE)
  set(directory "")
  if(found)
    set(directory ${PROJECT_BINARY_DIR}/headers_of_host)
    file(MAKE_DIRECTORY ${directory})
    file(CREATE_LINK ${found}/${folder} ${directory}/${folder} SYMBOLIC)
  endif()
  set(${variable} ${directory} PARENT_SCOPE)
endfunction()

# xsimd: the include directory and nothing else, because the CMake package that Debian installs links -lxtl, a library
# that does not exist. Sets SADDLE_XSIMD_INCLUDE_DIR, empty when there is none.
macro(saddle_find_xsimd)
  find_path(SADDLE_XSIMD_INCLUDE_DIR xsimd/xsimd.hpp DOC "The folder that holds xsimd/xsimd.hpp")
  if(NOT SADDLE_XSIMD_INCLUDE_DIR AND CMAKE_CROSSCOMPILING)
    saddle_headers_of_host(directory xsimd/xsimd.hpp)
    if(directory)
      set_property(CACHE SADDLE_XSIMD_INCLUDE_DIR PROPERTY VALUE ${directory})
    endif()
  endif()
  if(NOT SADDLE_XSIMD_INCLUDE_DIR AND SADDLE_FETCH)
    # SOURCE_SUBDIR names a folder without a CMakeLists.txt: the sources are downloaded, their build is not run.
    FetchContent_Declare(xsimd SOURCE_SUBDIR include
      URL https://github.com/xtensor-stack/xsimd/archive/refs/tags/8.1.0.tar.gz)
    FetchContent_MakeAvailable(xsimd)
    set_property(CACHE SADDLE_XSIMD_INCLUDE_DIR PROPERTY VALUE ${xsimd_SOURCE_DIR}/include)
  endif()
  if(NOT SADDLE_XSIMD_INCLUDE_DIR)
    message(STATUS "xsimd's headers were not found (Debian: libxsimd-dev): there is no saddle::batch")
  endif()
endmacro()

# GoogleTest: GTest::gtest and GTest::gtest_main.
macro(saddle_find_googletest)
  find_package(GTest QUIET)
  if(NOT TARGET GTest::gtest_main)
    # Debian's package of the sources, which a cross build compiles for itself.
    if(NOT FETCHCONTENT_SOURCE_DIR_GOOGLETEST AND EXISTS /usr/src/googletest/CMakeLists.txt)
      set(FETCHCONTENT_SOURCE_DIR_GOOGLETEST /usr/src/googletest)
    endif()
    saddle_must_fetch(GoogleTest libgtest-dev FETCHCONTENT_SOURCE_DIR_GOOGLETEST)
    set(INSTALL_GTEST OFF CACHE INTERNAL "")
    set(BUILD_GMOCK OFF CACHE INTERNAL "")
    FetchContent_Declare(googletest SYSTEM
      URL https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz)
    FetchContent_MakeAvailable(googletest)
  endif()
endmacro()

# Google Benchmark: benchmark::benchmark and benchmark::benchmark_main.
macro(saddle_find_benchmark)
  find_package(benchmark QUIET)
  if(NOT TARGET benchmark::benchmark_main)
    saddle_must_fetch("Google Benchmark" libbenchmark-dev FETCHCONTENT_SOURCE_DIR_BENCHMARK)
    set(BENCHMARK_ENABLE_TESTING OFF CACHE INTERNAL "")
    set(BENCHMARK_ENABLE_INSTALL OFF CACHE INTERNAL "")
    FetchContent_Declare(benchmark SYSTEM
      URL https://github.com/google/benchmark/archive/refs/tags/v1.7.1.tar.gz)
    FetchContent_MakeAvailable(benchmark)
  endif()
endmacro()

# Stops unless downloading is allowed, or the sources are already on the machine (source_variable names their folder).
function(saddle_must_fetch name debian_package source_variable)
  if(NOT SADDLE_FETCH AND NOT ${source_variable})
    message(FATAL_ERROR
      " ${name} was not found: install ${debian_package} (Debian, Ubuntu),"
      " or configure with -DSADDLE_FETCH=ON to download it.")
  endif()
endfunction()

# A package that we do not download: stops with the name to install.
macro(saddle_require package target debian_package)
  find_package(${package} QUIET)
  if(NOT TARGET ${target})
    message(FATAL_ERROR " ${package} was not found: install ${debian_package} (Debian, Ubuntu).")
  endif()
endmacro()

# nlohmann_json::nlohmann_json
function(saddle_find_json)
  if(NOT CMAKE_CROSSCOMPILING)
    saddle_require(nlohmann_json nlohmann_json::nlohmann_json nlohmann-json3-dev)
    return()
  endif()
  saddle_headers_of_host(directory nlohmann/json.hpp)
  if(NOT directory)
    message(FATAL_ERROR " nlohmann/json.hpp was not found: install nlohmann-json3-dev (Debian, Ubuntu).")
  endif()
  add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
  target_include_directories(nlohmann_json::nlohmann_json SYSTEM INTERFACE ${directory})
endfunction()

# saddle_oracles: independent linear algebra that tests and benchmarks compare with, Eigen and, unless compiling for
# another processor, LAPACK. Nothing else may link it.
function(saddle_find_oracles)
  # An imported target is known in the folder that asks for it only, so every folder asks.
  saddle_require(Eigen3 Eigen3::Eigen libeigen3-dev)
  if(TARGET saddle_oracles)
    return()
  endif()
  add_library(saddle_oracles INTERFACE)
  target_link_libraries(saddle_oracles INTERFACE Eigen3::Eigen)
  # A compiled library of the host is of no use to another processor.
  if(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL CMAKE_HOST_SYSTEM_PROCESSOR)
    return()
  endif()
  find_path(SADDLE_LAPACKE_INCLUDE_DIR lapacke.h)
  find_library(SADDLE_LAPACKE_LIBRARY lapacke)
  find_library(SADDLE_OPENBLAS_LIBRARY openblas)
  if(NOT SADDLE_LAPACKE_INCLUDE_DIR OR NOT SADDLE_LAPACKE_LIBRARY)
    message(FATAL_ERROR " LAPACKE was not found: install liblapacke-dev (Debian, Ubuntu).")
  endif()
  if(NOT SADDLE_OPENBLAS_LIBRARY)
    message(FATAL_ERROR " OpenBLAS was not found: install libopenblas-dev (Debian, Ubuntu).")
  endif()
  target_include_directories(saddle_oracles SYSTEM INTERFACE ${SADDLE_LAPACKE_INCLUDE_DIR})
  target_link_libraries(saddle_oracles INTERFACE ${SADDLE_LAPACKE_LIBRARY} ${SADDLE_OPENBLAS_LIBRARY})
endfunction()
