# Lets toolchains/registry.cmake read small wrong registries and checks the sentence that it stops with.
cmake_minimum_required(VERSION 3.25)

set(good [[
// Comments may hold brackets [0, 1]; and semicolons.
SADDLE_DYNAMICS(0, first, core)
// SADDLE_DYNAMICS(1, retired)
SADDLE_DYNAMICS(2, second, headers)
SADDLE_GAME(0, play)
SADDLE_DIMENSIONS(1, 2)
]])

# Writes the registry and its headers, and configures; sets exit_code and output.
function(configure registry)
  file(REMOVE_RECURSE ${SCRATCH})
  file(WRITE ${SCRATCH}/CMakeLists.txt "
    cmake_minimum_required(VERSION 3.25)
    project(scratch LANGUAGES NONE)
    include(${TOOLCHAINS}/registry.cmake)
    saddle_read_registry(\${CMAKE_SOURCE_DIR}/include ${WRITE})
    message(STATUS \"read \${SADDLE_DYNAMICS_NAMES}|\${SADDLE_DYNAMICS_TIERS}|\${SADDLE_GAME_NAMES}|\${SADDLE_SPECTRAL_NAMES}|\${SADDLE_DIMENSION_PAIRS}|\")
    add_custom_target(everything ALL)\n")
  file(WRITE ${SCRATCH}/include/saddle/registry.def "${registry}")
  foreach(header dynamics/first dynamics/second dynamics/detail/shared games/play ${ARGN})
    file(WRITE ${SCRATCH}/include/saddle/${header}.hpp "")
  endforeach()
  execute_process(
    COMMAND ${CMAKE_COMMAND} -S ${SCRATCH} -B ${SCRATCH}/build -G ${GENERATOR} -DCMAKE_MAKE_PROGRAM=${MAKE_PROGRAM}
    RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(exit_code ${exit_code} PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/expect.cmake)

configure("${good}" dynamics/third)
expect("include/saddle/dynamics/third.hpp is not listed in registry.def: add SADDLE_DYNAMICS(3, third, headers)")

configure("${good}" spectral/estimate)
expect("include/saddle/spectral/estimate.hpp is not listed in registry.def: add SADDLE_SPECTRAL(0, estimate)")

configure("${good}SADDLE_GAME(1, ghost)\n")
expect("registry.def:7: ghost is listed but include/saddle/games/ghost.hpp does not exist")

configure("${good}SADDLE_DYNAMICS(2, third, core)\n" dynamics/third)
expect("SADDLE_DYNAMICS id 2 is taken or out of order: ids only grow, so third gets at least 3")

# A game of a shape of its own shares the folder of the games, and is listed once.
configure("${good}SADDLE_MODEL(0, ghost)\n")
expect("registry.def:7: ghost is listed but include/saddle/games/ghost.hpp does not exist")
configure("${good}SADDLE_MODEL(0, model)\n" games/model games/unknown)
expect("include/saddle/games/unknown.hpp is not listed in registry.def: add SADDLE_MODEL(1, unknown)")
configure("${good}SADDLE_MODEL(0, play)\n")
expect("include/saddle/games/play.hpp is listed as a game and as a model")

# The number of a retired entry stays taken.
configure("SADDLE_DYNAMICS(0, first, core)\n// SADDLE_DYNAMICS(1, old, core)\nSADDLE_DYNAMICS(1, second, core)\nSADDLE_GAME(0, play)\n")
expect("SADDLE_DYNAMICS id 1 is taken or out of order")

configure("${good}SADDLE_DYNAMICS(3, first, core)\n")
expect("first is listed twice")

# Every rule says where it is compiled, and nothing else does.
configure("${good}SADDLE_DYNAMICS(3, third)\n" dynamics/third)
expect("registry.def:7: third needs a tier: SADDLE_DYNAMICS(3, third, headers), or core or common")
configure("${good}SADDLE_DYNAMICS(3, third, cores)\n" dynamics/third)
expect("registry.def:7: third needs a tier")
configure("${good}SADDLE_GAME(1, other, core)\n" games/other)
expect("registry.def:7: only a rule has a tier, other is none")

configure("${good}SADDLE_DYNAMIC(3, third)\n")
expect("registry.def:7: 'SADDLE_DYNAMIC(3, third)' is none of")

configure("${good}SADDLE_DIMENSIONS(0, 2)\n")
expect("registry.def:7: 'SADDLE_DIMENSIONS(0, 2)' is none of")

# Its headers are kept in the tree: where they are missing or old, the command that writes them is named.
configure("${good}")
expect("include/saddle/registry.hpp does not hold what registry.def lists: run ./dev generate")
expect("include/saddle/ids.h does not hold what registry.def lists: run ./dev generate")

# A good one is read, and a build notices the header that comes later.
set(WRITE WRITE)
configure("${good}")
if(NOT output MATCHES "read first;second\\|core;headers\\|play\\|\\|1x2\\|")
  message("${output}")
  message(FATAL_ERROR "the good registry is misread")
endif()
file(READ ${SCRATCH}/include/saddle/registry.hpp includes)
if(NOT includes MATCHES "<saddle/dynamics/first.hpp>\n.*<saddle/dynamics/second.hpp>\n.*<saddle/games/play.hpp>\n.*tier::headers")
  message("${includes}")
  message(FATAL_ERROR "the generated header is wrong")
endif()
file(WRITE ${SCRATCH}/include/saddle/dynamics/later.hpp "")
execute_process(COMMAND ${CMAKE_COMMAND} --build ${SCRATCH}/build
  RESULT_VARIABLE exit_code OUTPUT_VARIABLE output ERROR_VARIABLE output)
expect("include/saddle/dynamics/later.hpp is not listed in registry.def: add SADDLE_DYNAMICS(3, later, headers)")
