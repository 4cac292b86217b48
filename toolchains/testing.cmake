# What the folders under tests/, bench/ and examples/ are written with.
include(GoogleTest)

# Sanitizers check every operation of code that is all inlined: at -O1 some of these files take them minutes.
set(SADDLE_TEST_OPTIMISED -O1)
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  set(SADDLE_TEST_OPTIMISED -O0)
endif()

# saddle_test(NAME source... [LIBS library...] [OPTIMISED])
# A GoogleTest program, at -O0: nearly all of its time is the compiler's. OPTIMISED says which are worth more: what runs
# long. `full` optimises all of them: the bits are promised at every level.
# On the host each of its tests is an entry of ctest; elsewhere the whole program is one, since starting it costs more than
# most tests, by far under an emulator.
function(saddle_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "OPTIMISED" "" "LIBS")
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE saddle::batch saddle_dev GTest::gtest GTest::gtest_main ${arg_LIBS})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  saddle_compile_together(${name})
  if(SADDLE_TIER_FULL OR arg_OPTIMISED)
    target_compile_options(${name} PRIVATE ${SADDLE_TEST_OPTIMISED})
  else()
    target_compile_options(${name} PRIVATE -O0)
  endif()
  if(CMAKE_CROSSCOMPILING OR NOT SADDLE_TIER_HOST)
    add_test(NAME ${name} COMMAND ${name})
  else()
    gtest_discover_tests(${name} TEST_PREFIX "${name}/" DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60)
  endif()
endfunction()

# saddle_compile_together(NAME)
# Several sources of a program become one unit: they include the same headers, and instantiate much of the same from them.
# Files of one program must therefore not give one name to two things, not even in unnamed namespaces. A folder whose
# sources have to stay apart sets SADDLE_TEST_TOGETHER to 1, and -DCMAKE_UNITY_BUILD=OFF keeps all of them apart.
set(SADDLE_TEST_TOGETHER 8)
if(SADDLE_TIER_HOST)
  set(SADDLE_TEST_TOGETHER 4)
endif()
function(saddle_compile_together name)
  if(SADDLE_TEST_TOGETHER GREATER 1 AND (NOT DEFINED CMAKE_UNITY_BUILD OR CMAKE_UNITY_BUILD))
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${SADDLE_TEST_TOGETHER})
  endif()
endfunction()

# saddle_law_tests(NAME TEMPLATE PLACEHOLDER NAMES name... [ONCE source...])
# One test program: TEMPLATE for each registered name, with @PLACEHOLDER@ replaced by the name, and sources that call what
# those define without seeing it.
function(saddle_law_tests program template placeholder)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "NAMES;ONCE")
  set(sources "")
  foreach(name IN LISTS arg_NAMES)
    set(${placeholder} ${name})
    set(source ${CMAKE_CURRENT_BINARY_DIR}/${program}_${name}.cpp)
    configure_file(${template} ${source} @ONLY)
    list(APPEND sources ${source})
  endforeach()
  saddle_test(${program} ${arg_ONCE} ${sources})
  set_source_files_properties(${arg_ONCE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# saddle_must_not_compile(NAME file.cpp MESSAGE "regex")
# The twins: file.cpp compiles as it stands and does not with -DSADDLE_EXPECT_ERROR, and says why in words that match.
# The words are the compiler's, whatever it compiles for: a cross build has nothing to add to host and clang.
function(saddle_must_not_compile name source)
  if(CMAKE_CROSSCOMPILING)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "MESSAGE" "")
  if(NOT arg_MESSAGE)
    message(FATAL_ERROR " saddle_must_not_compile(${name}): say with MESSAGE what the compiler has to print")
  endif()
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS}")
  add_test(NAME must_not_compile/${name}
    COMMAND ${CMAKE_COMMAND}
      "-DMESSAGE=${arg_MESSAGE}"
      -DSOURCE=${CMAKE_CURRENT_SOURCE_DIR}/${source}
      -DOBJECT=${CMAKE_CURRENT_BINARY_DIR}/must_not_compile_${name}.o
      -P ${PROJECT_SOURCE_DIR}/toolchains/checks/must_not_compile.cmake --
      ${CMAKE_CXX_COMPILER} ${flags} -std=c++20 ${SADDLE_FLOATING_POINT_FLAGS} ${SADDLE_NATIVE_FLAGS}
      -I${PROJECT_SOURCE_DIR}/include
      # After the compiler's own folders: moving /usr/include forward breaks the standard library's #include_next.
      -idirafter ${SADDLE_XSIMD_INCLUDE_DIR})
endfunction()

# saddle_headers_alone([WITH_XSIMD header...])
# Compiles every header under include/saddle on its own, without exceptions and RTTI; a target beside host only those
# that include the others. Those that are not in the list find an xsimd that refuses to be included. Header names are
# relative to include/saddle.
function(saddle_headers_alone)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "WITH_XSIMD")
  set(root ${PROJECT_SOURCE_DIR}/include/saddle)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${root} ${root}/*.hpp ${root}/*.h)
  foreach(header IN LISTS arg_WITH_XSIMD)
    if(NOT header IN_LIST headers)
      message(FATAL_ERROR " saddle_headers_alone: include/saddle/${header} does not exist")
    endif()
  endforeach()
  if(NOT SADDLE_TIER_HOST)
    set(headers saddle.hpp saddle.h ${arg_WITH_XSIMD})
  endif()
  if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|arm|aarch64")
    list(REMOVE_ITEM headers lane/batch.hpp) # says that it has no vectors to offer
  endif()

  set(with_xsimd "")
  set(without_xsimd "")
  foreach(header IN LISTS headers)
    string(REGEX REPLACE "[/.]" "_" unit ${header})
    # A C header has to hold in both languages.
    set(extensions cpp)
    if(header MATCHES "\\.h$")
      list(APPEND extensions c)
    endif()
    foreach(extension IN LISTS extensions)
      set(source ${CMAKE_CURRENT_BINARY_DIR}/alone/${unit}.${extension})
      # Twice: a header without a guard fails here and not in a stranger's program.
      file(CONFIGURE OUTPUT ${source} CONTENT "#include <saddle/${header}>\n#include <saddle/${header}>\n" @ONLY)
      if(header IN_LIST arg_WITH_XSIMD)
        list(APPEND with_xsimd ${source})
      else()
        list(APPEND without_xsimd ${source})
      endif()
    endforeach()
  endforeach()

  add_library(headers_alone OBJECT ${without_xsimd})
  target_link_libraries(headers_alone PRIVATE saddle::saddle)
  target_include_directories(headers_alone BEFORE PRIVATE ${PROJECT_SOURCE_DIR}/toolchains/checks/no_xsimd)
  add_library(headers_alone_with_xsimd OBJECT ${with_xsimd})
  target_link_libraries(headers_alone_with_xsimd PRIVATE saddle::batch)
  foreach(target headers_alone headers_alone_with_xsimd)
    target_link_libraries(${target} PRIVATE saddle_dev)
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions;-fno-rtti>)
    set_target_properties(${target} PROPERTIES C_STANDARD 99)
  endforeach()
endfunction()

# saddle_example(file.cpp)
# A program that a reader copies: it sees the library as a user does, and a non-zero exit is a failed test.
function(saddle_example source)
  cmake_path(GET source STEM name)
  add_executable(example_${name} ${source})
  set_target_properties(example_${name} PROPERTIES OUTPUT_NAME ${name})
  target_link_libraries(example_${name} PRIVATE saddle::batch saddle_dev)
  if(NOT SADDLE_TIER_HOST)
    target_compile_options(example_${name} PRIVATE ${SADDLE_TEST_OPTIMISED})
  endif()
  add_test(NAME example/${name} COMMAND example_${name})
endfunction()

# saddle_bench(NAME source... [LIBS library...])
# A Google Benchmark program. `./dev bench` finds it through the list that bench/CMakeLists.txt writes.
function(saddle_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBS")
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE saddle::batch saddle_dev benchmark::benchmark ${arg_LIBS})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/bench)
  set_property(GLOBAL APPEND PROPERTY SADDLE_BENCHES ${name})
endfunction()

# saddle_entry_sources(RESULT FOLDER KIND NAMES name... [SHARED stem...])
# The sources of a folder of tests that are found by the name of a registered entry. What belongs to no entry is SHARED; any
# other file would be a test that is never built.
function(saddle_entry_sources result folder kind)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "NAMES;SHARED")
  file(GLOB found CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${folder}/*.cpp)
  set(sources "")
  foreach(source IN LISTS found)
    cmake_path(GET source STEM stem)
    if(stem IN_LIST arg_NAMES)
      list(APPEND sources ${source})
    elseif(NOT stem IN_LIST arg_SHARED)
      cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE here)
      message(FATAL_ERROR
        " ${here}/${source}: no ${kind} named ${stem} is registered in include/saddle/registry.def."
        " Name the file after an entry, or list it with the shared ones in ${here}/CMakeLists.txt.")
    endif()
  endforeach()
  set(${result} ${sources} PARENT_SCOPE)
endfunction()
