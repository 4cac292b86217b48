/// The program from outside: starts it as its users do and keeps what it says.
#pragma once

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace program_test {

struct finished {
  int code;
  std::string out, err;
};

inline std::string slurp(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Tests may run side by side: each writes to files of its own.
inline std::string scratch(const std::string& what) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  return std::string(SADDLE_SCRATCH) + "/" + test->test_suite_name() + "." + test->name() + "." + what;
}

/// Runs a command line of the shell.
inline finished shell(const std::string& command_line) {
  const std::string out = scratch("out"), err = scratch("err");
  const int code = std::system((command_line + " >'" + out + "' 2>'" + err + "'").c_str());
  return {WIFEXITED(code) ? WEXITSTATUS(code) : -1, slurp(out), slurp(err)};
}

inline finished saddle_program(const std::string& arguments, const std::string& input = "/dev/null") {
  return shell("'" SADDLE_PROGRAM "' " + arguments + " <'" + input + "'");
}

inline std::string written(const std::string& what, const std::string& contents) {
  const std::string file = scratch(what);
  std::ofstream(file, std::ios::binary) << contents;
  return file;
}

inline std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace program_test
