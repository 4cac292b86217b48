# cmake -DPYTHON=<python3> -DREPORT=<bench/report> -DDATA=<tests/data> -DSCRATCH=<folder> -P report.cmake
# The report of a small stored run is the stored one, its plot scripts are written whether or not gnuplot is there, wrong
# results are named and make it fail, and a file that is no report is refused in one line. Likewise for
# the targets.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})
execute_process(COMMAND ${PYTHON} ${REPORT} ${DATA}/bench_step.json OUTPUT_VARIABLE got RESULT_VARIABLE code)
file(READ ${DATA}/bench_step.md expected)
if(NOT got STREQUAL expected)
  message(FATAL_ERROR " the report of bench_step.json is not bench_step.md but:\n${got}")
endif()
if(NOT code EQUAL 1)
  message(FATAL_ERROR " a run with a wrong result has to end with 1, not ${code}")
endif()

execute_process(COMMAND ${PYTHON} ${REPORT} ${DATA}/bench_step.json --plots ${SCRATCH}/plots
                OUTPUT_QUIET ERROR_QUIET RESULT_VARIABLE code)
foreach(name alone_optimistic_double batch_optimistic_double_L1 roofline_double)
  if(NOT EXISTS ${SCRATCH}/plots/${name}.gp)
    message(FATAL_ERROR " --plots did not write ${name}.gp")
  endif()
endforeach()

file(WRITE ${SCRATCH}/broken.json "{\"benchmarks\": [")
execute_process(COMMAND ${PYTHON} ${REPORT} ${SCRATCH}/broken.json
                OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE code)
if(NOT code EQUAL 2 OR NOT out STREQUAL "" OR NOT err MATCHES "^report: [^\n]*broken.json[^\n]*\n$")
  message(FATAL_ERROR " a broken file got exit ${code}, stdout '${out}', stderr '${err}'")
endif()

# Targets: the project's own are sound, and each of their commands is one that there is.
function(targets result)
  execute_process(COMMAND ${PYTHON} ${REPORT} targets ${ARGN}
                  OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE code)
  set(${result}_out "${out}" PARENT_SCOPE)
  set(${result}_err "${err}" PARENT_SCOPE)
  set(${result}_code "${code}" PARENT_SCOPE)
endfunction()
cmake_path(GET REPORT PARENT_PATH bench)
cmake_path(GET bench PARENT_PATH root)
targets(own --json)
if(NOT own_code EQUAL 0)
  message(FATAL_ERROR " docs/targets.json: ${own_err}")
endif()
file(READ ${root}/dev dev)
file(READ ${root}/CMakePresets.json presets)
file(READ ${root}/toolchains/cortex-m.json cores)
string(JSON rows LENGTH "${own_out}")
math(EXPR last "${rows} - 1")
foreach(k RANGE ${last})
  string(JSON what GET "${own_out}" ${k} what)
  string(JSON command GET "${own_out}" ${k} command)
  if(command MATCHES "^\\./dev ([a-z]+)")
    if(NOT dev MATCHES "\n  ${CMAKE_MATCH_1}\\) ")
      message(FATAL_ERROR " docs/targets.json: '${what}': ./dev has no command ${CMAKE_MATCH_1}")
    endif()
  elseif(command MATCHES "--preset ([a-z0-9-]+)")
    if(NOT "${presets}${cores}" MATCHES "\"name\": \"${CMAKE_MATCH_1}\"")
      message(FATAL_ERROR " docs/targets.json: '${what}': there is no preset ${CMAKE_MATCH_1}")
    endif()
  else()
    message(FATAL_ERROR " docs/targets.json: '${what}': '${command}' is neither ./dev nor cmake with a preset")
  endif()
endforeach()

# A run fills what it has for its vectors, says what it lacks and what nobody asks for, and a shortfall is a row.
set(row [[{"what": "W", "row": "R", "counter": "C", "aim": A, "measured": null, "unit": "times", "limit": "the bus",
  "vectors": V, "processor": null, "compiler": null, "date": null, "command": "./dev bench"}]])
function(make result)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "WHAT;ROW;COUNTER;AIM;VECTORS" "")
  set(text "${row}")
  string(REPLACE "\"W\"" "\"${arg_WHAT}\"" text "${text}")
  string(REPLACE "\"R\"" "\"${arg_ROW}\"" text "${text}")
  string(REPLACE "\"C\"" "\"${arg_COUNTER}\"" text "${text}")
  string(REPLACE ": A," ": ${arg_AIM}," text "${text}")
  string(REPLACE ": V," ": ${arg_VECTORS}," text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()
set(at "optimistic/double/n")
make(near WHAT near ROW step/ours/${at}=4/games=1/steps=1000
     COUNTER times_best_peer AIM "{\"at_least\": 2}" VECTORS "\"avx512\"")
make(far WHAT far ROW step/ours/${at}=16/games=1/steps=1000
     COUNTER times_best_peer AIM "{\"at_least\": 1.7}" VECTORS null)
make(low WHAT low ROW step/saddle_batch/${at}=2/games=256/steps=1000
     COUNTER ns_per_game_step AIM "{\"at_most\": 0.4}" VECTORS null)
make(other WHAT other ROW step/ours/${at}=4/games=1/steps=1000
     COUNTER times_best_peer AIM "{\"at_least\": 2}" VECTORS "\"avx2\"")
make(gone WHAT gone ROW step/ours/${at}=7/games=1/steps=1000
     COUNTER times_best_peer AIM "{\"at_least\": 2}" VECTORS null)
file(WRITE ${SCRATCH}/targets.json "[${near}, ${far}, ${low}, ${other}, ${gone}]")
targets(filled --file ${SCRATCH}/targets.json --fill ${DATA}/bench_step.json)
if(NOT filled_code EQUAL 0)
  message(FATAL_ERROR " --fill: exit ${filled_code}\n${filled_err}")
endif()
foreach(line
    "near | ≥ 2 times | 1.9 | short by 5 % | the bus | a processor of the tests, g++ 12.2.0, 2026-01-01 | `./dev bench` |"
    "far | ≥ 1.7 times | 2 | met | the bus | a processor of the tests, g++ 12.2.0, 2026-01-01 |"
    "low | ≤ 0.4 times | 0.43 | short by 7.5 % |"
    "other | ≥ 2 times |  | not measured | the bus |  |"
    "5 targets: 1 met, 2 short, 2 not measured.")
  string(FIND "${filled_out}" "${line}" found)
  if(found EQUAL -1)
    message(FATAL_ERROR " the table of targets has no '${line}' but:\n${filled_out}")
  endif()
endforeach()
if(NOT filled_err MATCHES "3 targets filled" OR NOT filled_err MATCHES "the run has no step/ours/optimistic/double/n=7/"
   OR NOT filled_err MATCHES "no target asks for step/eigen/optimistic/double/n=4/")
  message(FATAL_ERROR " --fill does not say what it left:\n${filled_err}")
endif()
targets(again --file ${SCRATCH}/targets.json --short)
if(again_out MATCHES "\\| far" OR NOT again_out MATCHES "\\| near")
  message(FATAL_ERROR " --short, or what --fill kept:\n${again_out}")
endif()

# What is not a list of targets is refused in one line that names the row.
function(refused words text)
  file(WRITE ${SCRATCH}/refused.json "${text}")
  targets(refused --file ${SCRATCH}/refused.json)
  if(NOT refused_code EQUAL 2 OR NOT refused_out STREQUAL ""
     OR NOT refused_err MATCHES "^report: [^\n]*${words}[^\n]*\n$")
    message(FATAL_ERROR " '${words}' is not what it says: exit ${refused_code}, stderr '${refused_err}'")
  endif()
endfunction()
refused("line 1" "[{")
refused("no list" "{}")
refused("row 2, 'near', says again what row 1 says" "[${near}, ${near}]")
string(REPLACE "\"unit\": \"times\"," "" broken "${far}")
refused("row 2, 'far', has no unit" "[${near}, ${broken}]")
string(REPLACE "at_least" "about" broken "${far}")
refused("row 2, 'far', has an aim" "[${near}, ${broken}]")
string(REPLACE "\"measured\": null" "\"measured\": \"1.7\"" broken "${far}")
refused("row 2, 'far', has a measured" "[${near}, ${broken}]")
