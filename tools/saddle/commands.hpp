/// The subcommands: what each is told, and what it does. command_line.cpp reads the arguments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "game_choice.hpp"

namespace tool {

/// What the program returns: 0, 1 when a result failed its check, 2 for bad input.
enum exit_status { good = 0, check_failed = 1, bad_input = 2 };

/// Calls `run`, which returns an exit status. Errors of files and arguments become one line on stderr and `bad_input`.
int guarded(const char* command, const std::function<int()>& run);

/// A complaint on stderr, as one line whatever is quoted in it.
void complain(std::string_view message);

/// Throws std::system_error where something that was printed did not get out.
void flush_output();

/// Reads the arguments of the program and does what they say. Returns its exit status.
int command_line(int argc, char** argv);

struct compare_options {
  std::string file;
  std::string type = "double";
  std::string steps = "published";
  double tolerance = 0; ///< 0: what suits the type
  bool json = false, no_timing = false;
};
int compare(const compare_options& o);

struct spectrum_options {
  std::string file, plot, dynamics;
  std::vector<std::size_t> game;
  double eta = 0, gamma = -1;
  bool json = false, single = false, payoff = false;
};
int spectra(const spectrum_options& o);

struct run_options {
  std::vector<std::string> game;
  std::string rule, trajectory, plot;
  rule_options steps;
  std::vector<double> start;
  std::int64_t count = 0, stride = 1;
  double tolerance = -1;
  bool json = false;
};
int run(const run_options& o);

struct sweep_options {
  std::vector<std::string> game;
  std::string rule, output = "-", plot, method = "prediction", look_at = "way";
  rule_options steps;
  std::int64_t count = 1000;
  unsigned threads = 0;
  bool resume = false, ranks = false;
};
int sweep(const sweep_options& o);

/// Prints what there is of a kind: "dynamics", "games", "models", "isas" or "dimensions".
int list(const std::string& what);

/// Runs the benchmark program of this build with these arguments in its place; returns only where there is none.
int bench(const std::vector<std::string>& arguments);

} // namespace tool
