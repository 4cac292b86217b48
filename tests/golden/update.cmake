# cmake -DWRITER= -DFOLDER= -P update.cmake
# Writes fused.def or unfused.def in FOLDER, whichever the first line of WRITER's output says it is.
execute_process(COMMAND ${WRITER} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
if(text MATCHES "^[^\n]*rounds once")
  set(file ${FOLDER}/fused.def)
else()
  set(file ${FOLDER}/unfused.def)
endif()
file(WRITE ${file} "${text}")
message(STATUS "wrote ${file}")
