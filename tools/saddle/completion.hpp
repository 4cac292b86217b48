/// Completion of the command line, written from what the parser knows.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace tool {

/// The words that some options take, beyond those that the parser checks itself.
using choices = std::map<const CLI::Option*, std::vector<std::string>>;

/// One value of an option or argument.
struct completed_option {
  std::vector<std::string> names; ///< "--game"; none for an argument
  std::string about;
  std::vector<std::string> values; ///< words that it takes; none: files
  bool flag = false;               ///< takes no value
};

struct completed_command {
  std::string name, about;
  std::vector<completed_option> options;
};

/// A script for "bash", "zsh" or "fish". The first command is the program itself.
std::string completion_script(const std::string& shell, const std::vector<completed_command>& commands);

/// Prints the script for the program that `app` describes.
int print_completion(const std::string& shell, const CLI::App& app, const choices& offered);

} // namespace tool
