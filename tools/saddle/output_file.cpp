#include "output_file.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

// POSIX leaves this to the program; some systems have it in a header as well.
extern char** environ; // NOLINT(readability-redundant-declaration)

namespace tool {

output_file::output_file(std::string name) : name_(std::move(name)), temporary_(fmt::format("{}.{}", name_, getpid())) {
  errno = 0;
  out_.open(temporary_, std::ios::binary | std::ios::trunc);
  if (!out_) fail("cannot be written");
}

output_file::~output_file() {
  if (done_) return;
  out_.close();
  std::remove(temporary_.c_str());
}

void output_file::fail(const char* what) const {
  throw file_error{name_, {}, errno != 0 ? fmt::format("{}: {}", what, std::strerror(errno)) : std::string(what)};
}

void output_file::write(std::string_view text) {
  errno = 0;
  if (!out_.write(text.data(), static_cast<std::streamsize>(text.size()))) fail("cannot be written");
}

void output_file::commit() {
  errno = 0;
  out_.close();
  if (!out_ || std::rename(temporary_.c_str(), name_.c_str()) != 0) fail("cannot be written");
  done_ = true;
}

picture::picture(const std::string& name, int width, int height) : file(name) {
  const std::size_t dot = name.rfind('.');
  const std::string kind = dot == name.npos ? "" : name.substr(dot);
  if (kind == ".png") terminal = fmt::format("set terminal pngcairo size {},{} font 'sans,11'\n", width, height);
  else if (kind == ".svg")
    terminal = fmt::format("set terminal svg size {},{} font 'sans,11' background 'white'\n", width, height);
  else throw file_error{name, {}, "a picture is a file that ends in .png or .svg"};
  data = name.substr(0, dot) + ".csv";
  script = name.substr(0, dot) + ".gp";
}

std::string gnuplot_quoted(std::string_view text) {
  std::string r = "'";
  for (const char c : text) {
    if (c == '\'') r += c;
    r += c;
  }
  return r + "'";
}

bool draw(const picture& to, std::string_view data, std::string_view script) {
  output_file data_file(to.data), script_file(to.script);
  data_file.write(data);
  script_file.write(fmt::format("# gnuplot {}\n{}set output {}\n", to.script, to.terminal, gnuplot_quoted(to.file)));
  script_file.write(script);
  // A folder that cannot hold the picture is found out before the data are in place.
  { output_file probe(to.file); }
  data_file.commit();
  script_file.commit();

  std::string program = "gnuplot", argument = to.script;
  char* const arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  int code = posix_spawnp(&child, "gnuplot", nullptr, nullptr, arguments, environ);
  if (code == 0) {
    while (waitpid(child, &code, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(code) && WEXITSTATUS(code) == 0) return true;
    // Depending on the system a missing program is noticed by the child only.
    if (!WIFEXITED(code) || WEXITSTATUS(code) != 127) {
      std::remove(to.file.c_str());
      fmt::print(stderr, "saddle: gnuplot failed on {}: there is no picture\n", to.script);
      return false;
    }
  }
  fmt::print(stderr, "saddle: gnuplot is not installed: there is no picture, but {} and {} to make it from\n", to.data,
             to.script);
  return false;
}

} // namespace tool
