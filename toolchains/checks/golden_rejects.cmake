# cmake -DGOLDEN= -DSCRATCH= -P golden_rejects.cmake
# Gives tests/golden/files.cmake a folder with one file too few and one too many, and checks the sentences that it writes.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${SCRATCH})
file(COPY ${GOLDEN}/files.cmake DESTINATION ${SCRATCH})
foreach(file fused/here fused/gone unfused/here unfused/gone unfused/fresh)
  file(WRITE ${SCRATCH}/${file}.def "")
endforeach()

include(${SCRATCH}/files.cmake)
saddle_golden_files(${SCRATCH}/golden_files.hpp here fresh)
file(READ ${SCRATCH}/golden_files.hpp text)

foreach(sentence "tests/golden/fused/fresh.def is missing: run ./dev generate golden"
                 "tests/golden/fused/gone.def belongs to no rule of the registry: run ./dev generate golden"
                 "tests/golden/unfused/gone.def belongs to no rule of the registry: run ./dev generate golden")
  string(FIND "${text}" "\"${sentence}\"" place)
  if(place EQUAL -1)
    message(FATAL_ERROR " not said: ${sentence}\n${text}")
  endif()
endforeach()
foreach(innocent unfused/fresh.def fused/here.def unfused/here.def)
  if(text MATCHES "tests/golden/${innocent}" OR NOT text MATCHES "#include \"golden/${innocent}\"")
    message(FATAL_ERROR " nothing is wrong with ${innocent}:\n${text}")
  endif()
endforeach()
