/// The subcommands. Each adds itself to the parser and sets `exit_status` when it has run.
#pragma once

#include <CLI/CLI.hpp>

namespace tool {

/// What the program returns: 0, 1 when a result failed its check, 2 for bad input.
enum exit_status { good = 0, check_failed = 1, bad_input = 2 };

void add_compare(CLI::App& app, int& exit_status);
void add_list(CLI::App& app, int& exit_status);

} // namespace tool
