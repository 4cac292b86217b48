/// A file that appears under its name when it is complete, and not before.
#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "games_file.hpp"

namespace tool {

/// Writes beside `name` and renames at `commit`: what was there before stays until then, and an interrupted program
/// leaves no half of a file under that name. Throws file_error where it cannot write.
class output_file {
public:
  explicit output_file(std::string name);
  ~output_file();
  output_file(const output_file&) = delete;
  output_file& operator=(const output_file&) = delete;

  void write(std::string_view text);
  void commit();

private:
  [[noreturn]] void fail(const char* what) const;

  std::string name_, temporary_;
  std::ofstream out_;
  bool done_ = false;
};

/// A picture and the two files that make it: data and gnuplot script, beside it and of the same name.
struct picture {
  std::string file, data, script;
  std::string terminal; ///< the line with which a script begins for this kind of picture

  /// `file` ends in .png or .svg; throws file_error else. Sizes are in pixels.
  picture(const std::string& file, int width, int height);
};

/// A text between the quotes of a gnuplot script.
std::string gnuplot_quoted(std::string_view text);

/// Writes both files and runs gnuplot on the script. Without gnuplot, or where it fails, says so on stderr and returns
/// false: the data and the script are there all the same.
bool draw(const picture& to, std::string_view data, std::string_view script);

} // namespace tool
