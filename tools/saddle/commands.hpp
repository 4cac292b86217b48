/// The subcommands. Each adds itself to the parser and sets `exit_status` when it has run.
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

namespace tool {

/// What the program returns: 0, 1 when a result failed its check, 2 for bad input.
enum exit_status { good = 0, check_failed = 1, bad_input = 2 };

/// Something is wrong with the arguments, beyond what the parser sees: a sentence for the user.
struct usage_error {
  std::string message;
};

/// Calls `run`, which returns an exit status. Errors of files and arguments become one line on stderr and `bad_input`.
int guarded(const char* command, const std::function<int()>& run);

void add_compare(CLI::App& app, int& exit_status);
void add_list(CLI::App& app, int& exit_status);
void add_run(CLI::App& app, int& exit_status);
void add_spectrum(CLI::App& app, int& exit_status);
void add_sweep(CLI::App& app, int& exit_status);

} // namespace tool
