# cmake --install: headers and a CMake package, component saddle_development; the tool, component saddle_tools.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/saddle)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/saddle ${PROJECT_BINARY_DIR}/include/saddle
        DESTINATION include COMPONENT saddle_development
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h" PATTERN "*.def")
install(TARGETS saddle EXPORT saddleTargets COMPONENT saddle_development)
install(EXPORT saddleTargets NAMESPACE saddle:: DESTINATION ${package_dir} COMPONENT saddle_development)

configure_package_config_file(${PROJECT_SOURCE_DIR}/toolchains/saddleConfig.cmake.in
  ${PROJECT_BINARY_DIR}/saddleConfig.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 a new minor version may break its users.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/saddleConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/saddleConfig.cmake ${PROJECT_BINARY_DIR}/saddleConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT saddle_development)
