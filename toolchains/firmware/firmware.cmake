# Programs for a board without an operating system: what tests/ and examples/ are written with there.
include_guard(GLOBAL)
add_library(saddle_board OBJECT ${CMAKE_CURRENT_LIST_DIR}/board.cpp)
target_compile_features(saddle_board PRIVATE cxx_std_20)
target_link_libraries(saddle_board PRIVATE saddle_dev)
set(SADDLE_BOARD_DIR ${CMAKE_CURRENT_LIST_DIR} CACHE INTERNAL "")

# saddle_firmware(NAME source...)
# A program with the start-up, the memory and the services of board.hpp. It finds an xsimd that refuses to be included,
# and a float that silently becomes a double is an error: without hardware for it that costs fifty times as much.
function(saddle_firmware name)
  add_executable(${name} ${ARGN} $<TARGET_OBJECTS:saddle_board>)
  target_link_libraries(${name} PRIVATE saddle::saddle saddle_dev)
  target_include_directories(${name} PRIVATE ${SADDLE_BOARD_DIR} ${PROJECT_SOURCE_DIR}/tests)
  target_include_directories(${name} BEFORE PRIVATE ${PROJECT_SOURCE_DIR}/toolchains/checks/no_xsimd)
  target_compile_options(${name} PRIVATE -Werror=double-promotion)
  set_target_properties(${name} PROPERTIES LINK_DEPENDS ${SADDLE_BOARD_DIR}/memory.ld)
endfunction()
