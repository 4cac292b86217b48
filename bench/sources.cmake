# saddle_bench_runs(NAME ROWS n MILLISECONDS n)
# How many rows a program has by default and what one takes, so that `./dev bench` can say how long it will take.
function(saddle_bench_runs name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROWS;MILLISECONDS" "")
  set_property(GLOBAL APPEND PROPERTY SADDLE_BENCH_PLAN "$<TARGET_FILE:${name}> ${arg_ROWS} ${arg_MILLISECONDS}")
endfunction()

# g++ 12 takes the undefined operand of its own AVX-512 intrinsics, inside Eigen, for an uninitialised variable.
set(SADDLE_BENCH_QUIET "")
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  set(SADDLE_BENCH_QUIET -Wno-maybe-uninitialized -Wno-uninitialized)
endif()

# Who plays what in the task step, found by name: ours play every rule of the registry, a peer those that its folder
# has a file for, peer/rule.hpp. The programs print what is missing.

# The rules that stand for the rest: one field a step with memory, two fields, a field and a product. They alone are
# compiled for n above 8.
set(SADDLE_BENCH_STAND optimistic predictive consensus)

# saddle_peer_rules(FOLDER OUTPUT)
# The rules that a peer's folder has a file for. A file that is named after no rule would be silent.
function(saddle_peer_rules folder output)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/step/${folder} step/${folder}/*.hpp)
  set(rules "")
  foreach(file IN LISTS files)
    string(REGEX REPLACE "\\.hpp$" "" rule ${file})
    if(NOT rule IN_LIST SADDLE_DYNAMICS_NAMES)
      message(FATAL_ERROR " bench/step/${folder}/${file} is named after no rule of include/saddle/registry.def")
    endif()
    list(APPEND rules ${rule})
  endforeach()
  set(${output} ${rules} PARENT_SCOPE)
endfunction()

# saddle_step_sources(OURS REST ROWS OUTPUT folder TYPES type... SIZES n... [ALONE_TOO])
# Writes the units of a program that plays at these types and sizes, and lists them: one a rule and type of ours; those
# that measure, and one a peer and type. ALONE_TOO has every rule of ours play one game alone, not only those that
# stand. ROWS is about how many of them run when no filter is given.
function(saddle_step_sources ours rest row_count)
  cmake_parse_arguments(PARSE_ARGV 3 arg "ALONE_TOO" "OUTPUT" "TYPES;SIZES")
  set(sources step/main.cpp step/measure.cpp)
  set(own "")
  set(small ${arg_SIZES})
  list(FILTER small INCLUDE REGEX "^[1-8]$")

  # One game alone for the rules that stand, by two of ours and the peers; batches of 1000 steps; and in double those of
  # optimistic by three contestants in each of about four levels of memory.
  list(LENGTH arg_SIZES all_sizes)
  list(LENGTH small few_sizes)
  list(LENGTH SADDLE_DYNAMICS_NAMES batched)
  foreach(folder loops eigen)
    saddle_peer_rules(${folder} rules)
    list(LENGTH rules count)
    math(EXPR batched "${batched} + ${count}")
  endforeach()
  list(LENGTH arg_TYPES types)
  math(EXPR rows "(7 * 3 * ${all_sizes} + ${batched} * ${few_sizes}) * ${types} + 12 * ${few_sizes} + 12")

  foreach(TYPE IN LISTS arg_TYPES)
    set(PLACE 0)
    foreach(RULE ID IN ZIP_LISTS SADDLE_DYNAMICS_NAMES SADDLE_DYNAMICS_IDS)
      set(SIZES ${small})
      set(STANDS false)
      if(RULE IN_LIST SADDLE_BENCH_STAND)
        set(SIZES ${arg_SIZES})
        set(STANDS true)
      endif()
      set(ALONE ${STANDS})
      if(arg_ALONE_TOO)
        set(ALONE true)
      endif()
      list(JOIN SIZES ", " SIZES)
      set(UNIT saddle_${RULE}_${TYPE})
      configure_file(step/saddle.cpp.in ${arg_OUTPUT}/${UNIT}.cpp @ONLY)
      list(APPEND own ${arg_OUTPUT}/${UNIT}.cpp)
      math(EXPR PLACE "${PLACE} + 1")
    endforeach()

    # contestant, folder, function that enters a rule, form, whether it plays batches, flags
    foreach(peer IN ITEMS
        "plain_loop|loops|enter_arrays||true|"
        "plain_loop_fast_math|loops|enter_arrays||false|-ffast-math -ffp-contract=fast"
        "eigen|eigen|enter_eigen|natural|true|${SADDLE_BENCH_QUIET}"
        "eigen_lazy|eigen|enter_eigen|lazy|false|${SADDLE_BENCH_QUIET}"
        "openblas|openblas|enter_arrays||false|")
      string(REPLACE ";" " " peer "${peer}")
      string(REPLACE "|" ";" peer "${peer}")
      list(POP_FRONT peer CONTESTANT folder enter form batches flags)
      saddle_peer_rules(${folder} rules)
      set(INCLUDES "")
      set(ENTRIES "")
      foreach(rule IN LISTS rules)
        set(sizes ${small})
        if(rule IN_LIST SADDLE_BENCH_STAND)
          set(sizes ${arg_SIZES})
        endif()
        list(JOIN sizes ", " sizes)
        string(APPEND INCLUDES "#include \"step/${folder}/${rule}.hpp\"\n")
        list(APPEND ENTRIES "${enter}<${rule}, ${TYPE}, ${sizes}>(\"${CONTESTANT}\", \"${rule}\", ${batches})")
      endforeach()
      if(NOT rules)
        continue()
      endif()
      list(JOIN ENTRIES " &&\n    " ENTRIES)
      if(form)
        string(REPLACE ", ${TYPE}," ", ${form}, ${TYPE}," ENTRIES "${ENTRIES}")
      endif()
      set(UNIT ${CONTESTANT}_${TYPE})
      set(source ${arg_OUTPUT}/${UNIT}.cpp)
      configure_file(step/peer.cpp.in ${source} @ONLY)
      list(APPEND sources ${source})
      separate_arguments(flags)
      # -ffast-math must not reach a neighbour.
      set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "${flags}" SKIP_UNITY_BUILD_INCLUSION ON)
    endforeach()
  endforeach()
  set(${ours} ${own} PARENT_SCOPE)
  set(${rest} ${sources} PARENT_SCOPE)
  set(${row_count} ${rows} PARENT_SCOPE)
endfunction()
