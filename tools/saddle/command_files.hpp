/// The files that a command reads and writes.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "output_file.hpp"

namespace tool {

/// The one file that a name leads to, whatever else it is called.
struct file_identity {
  std::string path; ///< absolute, without links
  bool exists = false, regular = true;
  dev_t device = 0;
  ino_t number = 0;
};

file_identity identify(const std::string& name);

/// Whether both names are those of one file, there or not yet. Devices and pipes may be shared: they are never the same.
bool same_file(const file_identity& a, const file_identity& b);

/// All names of a command, each with the option that gives it. What is written is neither read nor written by another
/// option, also under another name: throws usage_error with both options. "-" is a standard stream.
class command_files {
public:
  command_files();
  void reads(const std::string& option, const std::string& name);
  void writes(const std::string& option, const std::string& name);
  /// The picture, its script and its data, which go into the script where the data's name is that of `table`.
  void writes(const std::string& option, picture& p, const std::string& table = "");

  /// Throws file_error for the first name that cannot be written.
  void require_writable() const;

private:
  struct file {
    std::string option, name;
    file_identity which;
    bool written;
  };
  std::vector<file> all_;
};

} // namespace tool
