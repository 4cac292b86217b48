# Reads include/saddle/registry.def, the one list of dynamics, games, spectral estimates and shipped dimensions:
#
#   SADDLE_DYNAMICS(id, name)   include/saddle/dynamics/name.hpp
#   SADDLE_GAME(id, name)       include/saddle/games/name.hpp
#   SADDLE_MODEL(id, name)      include/saddle/games/name.hpp, a game that is no template over P and Q
#   SADDLE_SPECTRAL(id, name)   include/saddle/spectral/name.hpp
#   SADDLE_DIMENSIONS(P, Q)
#
# An id is a promise to callers of the C interface, so ids rise from line to line and are never given out twice: the
# line of a retired entry is commented out, not deleted, and keeps its number. A header that is a building block and
# not an entry lives in the folder's detail/, which is not looked at.
#
# saddle_read_registry(INCLUDE_DIR OUTPUT_DIR) stops when the list and the folders disagree. Otherwise it writes
# OUTPUT_DIR/saddle/registry_includes.hpp and OUTPUT_DIR/saddle/ids.h and sets, for its caller,
#   SADDLE_DYNAMICS_NAMES  SADDLE_GAME_NAMES  SADDLE_MODEL_NAMES  SADDLE_SPECTRAL_NAMES   lists of names, in the order of their ids
#   SADDLE_DYNAMICS_IDS    SADDLE_GAME_IDS    SADDLE_SPECTRAL_IDS     their ids, in the same order
#   SADDLE_DIMENSION_PAIRS                                            a list of PxQ, such as 1x1;2x2;4x3
function(saddle_read_registry include_dir output_dir)
  set(registry ${include_dir}/saddle/registry.def)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${registry})
  file(READ ${registry} text)
  # Characters that mean something to a CMake list would glue lines together.
  string(REGEX REPLACE "[][;]" "," text "${text}")
  string(REPLACE "\n" ";" lines "${text}")

  set(errors "")
  set(includes "")
  set(folder_of_SADDLE_DYNAMICS dynamics)
  set(folder_of_SADDLE_GAME games)
  set(folder_of_SADDLE_MODEL games)
  set(folder_of_SADDLE_SPECTRAL spectral)
  set(kinds SADDLE_DYNAMICS SADDLE_GAME SADDLE_MODEL SADDLE_SPECTRAL)
  foreach(macro IN LISTS kinds)
    set(names_of_${macro} "")
    set(ids_of_${macro} "")
    set(enumerators_of_${macro} "")
    set(last_id_of_${macro} -1)
  endforeach()
  set(pairs "")

  set(number 0)
  foreach(line IN LISTS lines)
    math(EXPR number "${number} + 1")
    string(STRIP "${line}" line)
    set(where "include/saddle/registry.def:${number}")
    if(line MATCHES "^(//+ *)?(SADDLE_DYNAMICS|SADDLE_GAME|SADDLE_MODEL|SADDLE_SPECTRAL)\\( *([0-9]+) *, *([a-z][a-z0-9_]*) *\\)")
      set(retired "${CMAKE_MATCH_1}")
      set(macro ${CMAKE_MATCH_2})
      set(id ${CMAKE_MATCH_3})
      set(name ${CMAKE_MATCH_4})
      math(EXPR next "${last_id_of_${macro}} + 1")
      if(id LESS next)
        list(APPEND errors "${where}: ${macro} id ${id} is taken or out of order: ids only grow, so ${name} gets at least ${next}")
      else()
        set(last_id_of_${macro} ${id})
      endif()
      if(retired)
        continue()
      endif()
      if(name IN_LIST names_of_${macro})
        list(APPEND errors "${where}: ${name} is listed twice")
      endif()
      list(APPEND names_of_${macro} ${name})
      list(APPEND ids_of_${macro} ${id})
      string(TOUPPER "${macro}_${name}" enumerator)
      list(APPEND enumerators_of_${macro} "  ${enumerator} = ${id}")
      set(header saddle/${folder_of_${macro}}/${name}.hpp)
      if(NOT EXISTS ${include_dir}/${header})
        list(APPEND errors "${where}: ${name} is listed but include/${header} does not exist")
      endif()
      string(APPEND includes "#include <${header}>\n")
    elseif(line MATCHES "^SADDLE_DIMENSIONS\\( *([1-9][0-9]*) *, *([1-9][0-9]*) *\\)")
      set(pair ${CMAKE_MATCH_1}x${CMAKE_MATCH_2})
      if(pair IN_LIST pairs)
        list(APPEND errors "${where}: dimensions ${pair} are listed twice")
      endif()
      list(APPEND pairs ${pair})
    elseif(NOT line MATCHES "^(//|#|$)")
      list(APPEND errors "${where}: '${line}' is none of SADDLE_DYNAMICS(id, name), SADDLE_GAME(id, name), SADDLE_MODEL(id, name), SADDLE_SPECTRAL(id, name), SADDLE_DIMENSIONS(P, Q)")
    endif()
  endforeach()

  # Games of both kinds share a folder: a header has to be one of them.
  set(others_of_SADDLE_GAME SADDLE_MODEL)
  set(others_of_SADDLE_MODEL SADDLE_GAME)
  foreach(macro IN LISTS kinds)
    set(folder ${folder_of_${macro}})
    # CONFIGURE_DEPENDS: a header that is added later is noticed by the next build.
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE ${include_dir}/saddle/${folder} ${include_dir}/saddle/${folder}/*.hpp)
    foreach(header IN LISTS headers)
      string(REGEX REPLACE "\\.hpp$" "" name ${header})
      if(NOT name IN_LIST names_of_${macro} AND NOT name IN_LIST names_of_${others_of_${macro}})
        math(EXPR next "${last_id_of_${macro}} + 1")
        list(APPEND errors "include/saddle/${folder}/${header} is not listed in registry.def: add ${macro}(${next}, ${name})")
      endif()
    endforeach()
  endforeach()

  foreach(name IN LISTS names_of_SADDLE_MODEL)
    if(name IN_LIST names_of_SADDLE_GAME)
      list(APPEND errors "include/saddle/games/${name}.hpp is listed as a game and as a model")
    endif()
  endforeach()

  if(errors)
    # A leading space keeps CMake from breaking a sentence in two.
    list(JOIN errors "\n " errors)
    message(FATAL_ERROR " ${errors}")
  endif()

  set(banner "// Written by toolchains/registry.cmake from registry.def.\n#pragma once\n\n")
  file(CONFIGURE OUTPUT ${output_dir}/saddle/registry_includes.hpp CONTENT "${banner}${includes}" @ONLY)

  set(ids "/* Written by toolchains/registry.cmake from registry.def: the ids of the C interface. */\n")
  string(APPEND ids "#ifndef SADDLE_IDS_H\n#define SADDLE_IDS_H\n\n")
  string(APPEND ids "/* In C++ an enumeration of a fixed type may hold any number of that type, as it may in C. */\n")
  string(APPEND ids "#ifdef __cplusplus\n#define SADDLE_ENUM(name) enum name : int\n")
  string(APPEND ids "#else\n#define SADDLE_ENUM(name) enum name\n#endif\n")
  foreach(macro SADDLE_DYNAMICS SADDLE_GAME SADDLE_SPECTRAL)
    string(TOLOWER ${macro} enumeration)
    list(JOIN enumerators_of_${macro} ",\n" enumerators)
    string(APPEND ids "\ntypedef SADDLE_ENUM(${enumeration}) {\n${enumerators}\n} ${enumeration};\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output_dir}/saddle/ids.h CONTENT "${ids}\n#endif\n" @ONLY)

  set(SADDLE_DYNAMICS_IDS ${ids_of_SADDLE_DYNAMICS} PARENT_SCOPE)
  set(SADDLE_GAME_IDS ${ids_of_SADDLE_GAME} PARENT_SCOPE)
  set(SADDLE_SPECTRAL_IDS ${ids_of_SADDLE_SPECTRAL} PARENT_SCOPE)
  set(SADDLE_DYNAMICS_NAMES ${names_of_SADDLE_DYNAMICS} PARENT_SCOPE)
  set(SADDLE_GAME_NAMES ${names_of_SADDLE_GAME} PARENT_SCOPE)
  set(SADDLE_MODEL_NAMES ${names_of_SADDLE_MODEL} PARENT_SCOPE)
  set(SADDLE_SPECTRAL_NAMES ${names_of_SADDLE_SPECTRAL} PARENT_SCOPE)
  set(SADDLE_DIMENSION_PAIRS ${pairs} PARENT_SCOPE)
endfunction()
