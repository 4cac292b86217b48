# saddle_isolated_object(NAME source EXPORT symbol INCLUDE_DIRECTORIES directory... FLAGS flag... OUTPUT variable)
#
# Compiles one source with the flags of an instruction set and walls it in: groups of shared inline code are merged into
# the object, and every symbol but EXPORT becomes local, under a short name. The linker then cannot replace a baseline
# copy of an inline function (the standard library's included) with one that this machine may not run. Sets `variable` to
# the object, which the target NAME_isolated makes.
# objcopy alone would not do: it makes the symbols local, but the linker still drops all but one of equal groups.
function(saddle_isolated_object name source)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "EXPORT;OUTPUT" "INCLUDE_DIRECTORIES;FLAGS")
  find_program(SADDLE_LD NAMES ${CMAKE_LIBRARY_ARCHITECTURE}-ld.bfd ld.bfd NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  find_program(SADDLE_NM NAMES ${CMAKE_LIBRARY_ARCHITECTURE}-nm nm NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  find_program(SADDLE_OBJCOPY NAMES ${CMAKE_LIBRARY_ARCHITECTURE}-objcopy objcopy NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  add_library(${name} OBJECT ${source})
  target_link_libraries(${name} PRIVATE saddle::batch)
  target_include_directories(${name} PRIVATE ${arg_INCLUDE_DIRECTORIES})
  # No calls at run time to what the library must not reference: exceptions, guards, the heap. No tables to unwind a
  # stack that nothing throws through. No float that becomes a double on its way. The level is in FLAGS, the same in
  # every build type: at -O0 the lanes are calls.
  target_compile_options(${name} PRIVATE -fno-exceptions -fno-rtti -fno-threadsafe-statics
    -fno-asynchronous-unwind-tables ${SADDLE_WARNING_FLAGS} -Werror=double-promotion ${arg_FLAGS})
  # Code of one instruction set must not name another's: xsimd's idea of a default is taken away.
  target_compile_definitions(${name} PRIVATE XSIMD_DEFAULT_ARCH=unsupported)
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON INTERPROCEDURAL_OPTIMIZATION OFF
    CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden)
  set(merge ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/merge.ld)
  set(wall_in ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/wall_in.cmake)
  set(object ${CMAKE_CURRENT_BINARY_DIR}/${name}.isolated.o)
  add_custom_command(OUTPUT ${object}
    COMMAND ${SADDLE_LD} -r --force-group-allocation -T ${merge} $<TARGET_OBJECTS:${name}> -o ${object}.merged
    COMMAND ${CMAKE_COMMAND} -DNM=${SADDLE_NM} -DOBJCOPY=${SADDLE_OBJCOPY} -DEXPORT=${arg_EXPORT}
            -DMERGED=${object}.merged -DOBJECT=${object} -P ${wall_in}
    DEPENDS ${name} ${merge} ${wall_in} $<TARGET_OBJECTS:${name}> COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(${name}_isolated DEPENDS ${object}) # of its own, or the object waits for all others
  set(${arg_OUTPUT} ${object} PARENT_SCOPE)
endfunction()
