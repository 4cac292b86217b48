# cmake -P toolchains/write_registry.cmake: writes registry.hpp and ids.h from registry.def. Part of `./dev generate`.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/registry.cmake)
saddle_read_registry(${CMAKE_CURRENT_LIST_DIR}/../include WRITE)
