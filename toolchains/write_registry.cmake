# cmake [-DCHECK=ON] -P toolchains/write_registry.cmake: writes registry.hpp and ids.h from registry.def, or, with CHECK,
# only says whether they are as they would be written. Part of `./dev generate`.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/registry.cmake)
if(CHECK)
  saddle_read_registry(${CMAKE_CURRENT_LIST_DIR}/../include)
else()
  saddle_read_registry(${CMAKE_CURRENT_LIST_DIR}/../include WRITE)
endif()
