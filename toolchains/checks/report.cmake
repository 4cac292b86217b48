# cmake -DPYTHON=<python3> -DREPORT=<bench/report> -DDATA=<tests/data> -DSCRATCH=<folder> -P report.cmake
# The report of a small stored run is the stored one, its plot scripts are written whether or not gnuplot is there, wrong
# results are named and make it fail, and a file that is no report is refused in one line.
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
