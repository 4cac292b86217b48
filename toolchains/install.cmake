# cmake --install: headers and a CMake package, component saddle_development; the compiled kernels, component
# saddle_kernels; the tool, component saddle_tools.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/saddle)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/saddle DESTINATION include COMPONENT saddle_development
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h" PATTERN "*.def")
# What saddle_add_kernels compiles from: it works without the compiled library too.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/kernels DESTINATION share/saddle COMPONENT saddle_development
        PATTERN CMakeLists.txt EXCLUDE)
install(TARGETS saddle EXPORT saddleTargets COMPONENT saddle_development)
install(EXPORT saddleTargets NAMESPACE saddle:: DESTINATION ${package_dir} COMPONENT saddle_development)

# An export of its own: the package works with and without the compiled library. In somebody else's project it is not
# built unless linked, so it is not installed either.
if(TARGET saddle_kernels AND PROJECT_IS_TOP_LEVEL)
  set(kernel_targets saddle_kernels)
  if(TARGET saddle_kernels_shared)
    list(APPEND kernel_targets saddle_kernels_shared)
  endif()
  install(TARGETS ${kernel_targets} EXPORT saddleKernelsTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT saddle_kernels
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT saddle_kernels)
  install(EXPORT saddleKernelsTargets NAMESPACE saddle:: DESTINATION ${package_dir} COMPONENT saddle_kernels)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/toolchains/saddleConfig.cmake.in
  ${PROJECT_BINARY_DIR}/saddleConfig.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 a new minor version may break its users.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/saddleConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/saddleConfig.cmake ${PROJECT_BINARY_DIR}/saddleConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT saddle_development)
