# One file a class and rule, so that a new rule adds files and changes none: golden/<class>/<rule>.def.
#
# saddle_golden_files(OUTPUT rule...) writes OUTPUT, a header that expected.hpp includes: the entries of all files, and a
# sentence for every file that is missing and every file that belongs to no rule. The tests that compare fail with these
# sentences. The build goes on, so that a rule whose bits are not written down yet can be compiled and tried.
set(SADDLE_GOLDEN_DIR ${CMAKE_CURRENT_LIST_DIR})

function(saddle_golden_files output)
  # A script has no build that could look again.
  set(look_again CONFIGURE_DEPENDS)
  if(CMAKE_SCRIPT_MODE_FILE)
    set(look_again "")
  endif()

  set(text "// Written by tests/golden/files.cmake: the golden files that there are.\n#pragma once\n\nnamespace golden {\n")
  set(complaints "")
  foreach(class fused unfused)
    file(GLOB files ${look_again} RELATIVE ${SADDLE_GOLDEN_DIR}/${class} ${SADDLE_GOLDEN_DIR}/${class}/*.def)
    string(APPEND text "\ninline constexpr entry all_${class}[] = {\n")
    foreach(rule IN LISTS ARGN)
      if("${rule}.def" IN_LIST files)
        string(APPEND text "#include \"golden/${class}/${rule}.def\"\n")
      else()
        string(APPEND complaints "    \"tests/golden/${class}/${rule}.def is missing: run ./dev generate golden\",\n")
      endif()
    endforeach()
    string(APPEND text "    {}};\n") # an array needs an element, even where nothing is written down yet
    foreach(file IN LISTS files)
      string(REGEX REPLACE "\\.def$" "" rule ${file})
      if(NOT rule IN_LIST ARGN)
        string(APPEND complaints
          "    \"tests/golden/${class}/${file} belongs to no rule of the registry: run ./dev generate golden\",\n")
      endif()
    endforeach()
  endforeach()
  string(APPEND text "\n/// What is wrong with the files; the last one is null.\n")
  string(APPEND text "inline constexpr const char* complaints[] = {\n${complaints}    nullptr};\n\n} // namespace golden\n")
  file(CONFIGURE OUTPUT ${output} CONTENT "${text}" @ONLY)
endfunction()
