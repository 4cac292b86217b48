# saddle_single.hpp: the library as one file to copy, written by the build and shipped by the install.
find_package(Python3 COMPONENTS Interpreter QUIET)
if(NOT Python3_FOUND OR NOT PROJECT_IS_TOP_LEVEL)
  message(STATUS "Without Python 3, or inside another project, the single header is not made")
  return()
endif()

set(SADDLE_SINGLE_HEADER ${PROJECT_BINARY_DIR}/saddle_single.hpp)
set(generator ${PROJECT_SOURCE_DIR}/toolchains/generate/single_header.py)
file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/*.hpp)
add_custom_command(OUTPUT ${SADDLE_SINGLE_HEADER}
  COMMAND ${Python3_EXECUTABLE} -B ${generator} ${SADDLE_SINGLE_HEADER}
  DEPENDS ${generator} ${PROJECT_SOURCE_DIR}/toolchains/generate/files.py ${PROJECT_SOURCE_DIR}/LICENSE
          ${PROJECT_SOURCE_DIR}/CMakeLists.txt ${headers}
  COMMENT "Writing saddle_single.hpp" VERBATIM)
add_custom_target(saddle_single_header ALL DEPENDS ${SADDLE_SINGLE_HEADER})
install(FILES ${SADDLE_SINGLE_HEADER} DESTINATION include COMPONENT saddle_development)
