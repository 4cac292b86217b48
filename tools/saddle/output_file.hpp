/// What is written: files that appear under their names when they are complete, and pictures.
#pragma once

#include <string>
#include <string_view>

#include "games_file.hpp"

namespace tool {

/// The file behind all links of a name; of a link that leads nowhere, where it leads. Names of open descriptors, such as
/// /dev/stdout, stay what they are.
std::string behind_links(const std::string& name);

/// The number of the open descriptor that a name without links stands for, such as /dev/fd/63; −1 for others.
int descriptor_of(const std::string& name);

/// Whether a name is that of a regular file, or of none yet: not of a device, a pipe or an open descriptor.
bool is_file(const std::string& name);

/// Writes beside the file that `name` leads to and renames at `commit`: what was there before stays until then, and an
/// interrupted program leaves no half of a file. A file that was there keeps its mode. What is no regular file, such as a
/// device or a pipe, is written straight into. Throws file_error where it cannot write.
class output_file {
public:
  explicit output_file(std::string name);
  ~output_file();
  output_file(const output_file&) = delete;
  output_file& operator=(const output_file&) = delete;

  void write(std::string_view text);
  void commit();

  int descriptor() const { return out_; } ///< for a program that writes instead

  /// Throws file_error where `name` cannot be written; writes nothing, and opens no pipe.
  static void require_writable(const std::string& name);

private:
  [[noreturn]] void fail() const;
  void open_beside();

  std::string name_, target_, temporary_; ///< no temporary where it is written straight
  int out_ = -1;
};

/// A picture and the two files that make it: data and gnuplot script, beside it and of the same name.
struct picture {
  std::string file, data, script;
  bool data_in_script = false; ///< there is no file of data: its name is that of another table

  /// `file` ends in .png or .svg; throws file_error else.
  explicit picture(const std::string& file);

  /// What a script plots.
  std::string source() const;
};

/// A text between the quotes of a gnuplot script.
std::string gnuplot_quoted(std::string_view text);

/// Sizes are in pixels. Writes both files and runs gnuplot on the script. Without gnuplot, or where it fails, says so on stderr and returns
/// false: the data and the script are there all the same.
bool draw(const picture& to, int width, int height, std::string_view data, std::string_view script);

} // namespace tool
