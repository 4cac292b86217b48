#include "command_files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "game_choice.hpp"

namespace tool {
namespace {

constexpr const char* standard_output = "the standard output";

void describe(const struct stat& s, file_identity& r) {
  r.exists = true;
  r.regular = S_ISREG(s.st_mode);
  r.device = s.st_dev;
  r.number = s.st_ino;
}

file_identity identify_descriptor(int descriptor) {
  file_identity r;
  struct stat there {};
  if (fstat(descriptor, &there) == 0) describe(there, r);
  else r.regular = false;
  return r;
}

} // namespace

file_identity identify(const std::string& name) {
  const std::string target = behind_links(name);
  file_identity r;
  std::error_code unknown;
  r.path = std::filesystem::weakly_canonical(std::filesystem::absolute(target, unknown), unknown);
  if (unknown) r.path = target;
  struct stat there {};
  if (stat(target.c_str(), &there) == 0) describe(there, r);
  return r;
}

bool same_file(const file_identity& a, const file_identity& b) {
  if (!a.regular || !b.regular || a.exists != b.exists) return false;
  return a.exists ? a.device == b.device && a.number == b.number : a.path == b.path;
}

command_files::command_files() {
  if (const file_identity out = identify_descriptor(STDOUT_FILENO); out.exists && out.regular)
    all_.push_back({standard_output, "", out, true});
}

void command_files::reads(const std::string& option, const std::string& name) {
  all_.push_back({option, name, name == "-" ? identify_descriptor(STDIN_FILENO) : identify(name), false});
}

void command_files::writes(const std::string& option, const std::string& name) {
  if (name.empty() || name == "-" || descriptor_of(behind_links(name)) >= 0) return;
  const file_identity which = identify(name);
  for (const file& other : all_) {
    if (!same_file(which, other.which)) continue;
    if (other.option == standard_output)
      throw usage_error{fmt::format("{} writes {}, which is the standard output too", option, name)};
    throw usage_error{fmt::format("{} writes {}, which {} {}{}: one of them needs another name", option, name,
                                  other.option, other.written ? "writes too" : "reads",
                                  other.name == name ? "" : fmt::format(" as {}", other.name))};
  }
  all_.push_back({option, name, which, true});
}

void command_files::writes(const std::string& option, picture& p, const std::string& table) {
  p.data_in_script = !table.empty() && table != "-" && same_file(identify(p.data), identify(table));
  if (!p.data_in_script) writes(option, p.data);
  writes(option, p.script);
  writes(option, p.file);
}

void command_files::require_writable() const {
  for (const file& f : all_)
    if (f.written && f.option != standard_output) output_file::require_writable(f.name);
}

} // namespace tool
