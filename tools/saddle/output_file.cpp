#include "output_file.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "number.hpp"

// POSIX leaves this to the program; some systems have it in a header as well.
extern char** environ; // NOLINT(readability-redundant-declaration)

namespace tool {
namespace {

// Names of files that a signal takes away with the program; null where there is none.
std::array<std::atomic<const char*>, 16> unfinished;
static_assert(std::atomic<const char*>::is_always_lock_free, "a signal handler reads it");

extern "C" void remove_unfinished(int signal) {
  for (const auto& name : unfinished)
    if (const char* const file = name.load()) unlink(file);
  // The handler was for once: now the program ends as it would have.
  raise(signal);
}

// What the caller of the program ignores stays ignored.
void catch_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGXFSZ, SIGXCPU}) {
    struct sigaction action {};
    if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) continue;
    action.sa_handler = remove_unfinished;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_NODEFER;
    sigaction(signal, &action, nullptr);
  }
}

void remove_on_signal(const std::string& file) {
  static const bool caught = (catch_signals(), true);
  static_cast<void>(caught);
  for (auto& name : unfinished) {
    const char* none = nullptr;
    if (name.compare_exchange_strong(none, file.c_str())) return;
  }
}

void keep_on_signal(const std::string& file) {
  for (auto& name : unfinished) {
    const char* same = file.c_str();
    name.compare_exchange_strong(same, nullptr);
  }
}

} // namespace

int descriptor_of(const std::string& name) {
  for (const std::string& folder :
       {std::string("/dev/fd/"), std::string("/proc/self/fd/"), fmt::format("/proc/{}/fd/", getpid())}) {
    if (!name.starts_with(folder)) continue;
    int number = -1;
    const char* const last = name.data() + name.size();
    const auto [end, error] = std::from_chars(name.data() + folder.size(), last, number);
    if (error == std::errc{} && end == last) return number;
  }
  return -1;
}

std::string behind_links(const std::string& name) {
  namespace fs = std::filesystem;
  fs::path path = name;
  constexpr int most = 40; // as the system has it
  for (int k = 0; k < most && descriptor_of(path) < 0; ++k) {
    std::error_code no_link;
    const fs::path to = fs::read_symlink(path, no_link);
    if (no_link) break;
    path = path.parent_path() / to; // which is `to` where that is absolute
  }
  return path;
}

bool is_file(const std::string& name) {
  const std::string target = behind_links(name);
  struct stat there {};
  return descriptor_of(target) < 0 && (stat(target.c_str(), &there) != 0 || S_ISREG(there.st_mode));
}

output_file::output_file(std::string name) : name_(std::move(name)), target_(behind_links(name_)) {
  errno = 0;
  if (const int open_already = descriptor_of(target_); open_already >= 0) out_ = dup(open_already);
  else if (is_file(target_)) open_beside();
  else out_ = open(target_.c_str(), O_WRONLY | O_CLOEXEC);
  if (out_ < 0) fail();
}

void output_file::open_beside() {
  struct stat there {};
  const bool replaces = stat(target_.c_str(), &there) == 0;
  if (replaces && access(target_.c_str(), W_OK) != 0) fail();
  for (int k = 0; k < 100 && out_ < 0; ++k) {
    temporary_ = k == 0 ? fmt::format("{}.{}", target_, getpid()) : fmt::format("{}.{}.{}", target_, getpid(), k);
    remove_on_signal(temporary_);
    out_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (out_ >= 0) break;
    keep_on_signal(temporary_);
    if (errno != EEXIST) break;
  }
  if (out_ < 0) {
    temporary_.clear();
    return;
  }
  if (!replaces) return;
  // The owner only where this program may give files away; no file is worse for it.
  const bool given = fchown(out_, there.st_uid, there.st_gid) == 0;
  fchmod(out_, there.st_mode & (given ? 07777 : 0777));
}

output_file::~output_file() {
  if (out_ >= 0) close(out_);
  if (temporary_.empty()) return;
  unlink(temporary_.c_str());
  keep_on_signal(temporary_);
}

void output_file::fail() const {
  throw file_error{
      name_, {}, errno != 0 ? fmt::format("cannot be written: {}", std::strerror(errno)) : "cannot be written"};
}

void output_file::write(std::string_view text) {
  while (!text.empty()) {
    errno = 0;
    const ssize_t count = ::write(out_, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void output_file::commit() {
  errno = 0;
  const int last = std::exchange(out_, -1);
  if (close(last) != 0) fail();
  if (temporary_.empty()) return;
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) fail();
  keep_on_signal(temporary_);
  temporary_.clear();
}

void output_file::require_writable(const std::string& name) {
  const std::string target = behind_links(name);
  if (is_file(target)) {
    const output_file probe(name);
    return;
  }
  errno = 0;
  const int open_already = descriptor_of(target);
  if (std::error_code none; open_already < 0 && std::filesystem::is_directory(target, none)) errno = EISDIR;
  if (errno != 0 || (open_already >= 0 ? fcntl(open_already, F_GETFD) < 0 : access(target.c_str(), W_OK) != 0))
    throw file_error{name, {}, fmt::format("cannot be written: {}", std::strerror(errno))};
}

picture::picture(const std::string& name) : file(name) {
  if (!name.ends_with(".png") && !name.ends_with(".svg"))
    throw file_error{name, {}, "a picture is a file that ends in .png or .svg"};
  if (std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
    throw file_error{name, {}, "a picture's name stands in a script of one command a line: it has no control bytes"};
  const std::string stem = name.substr(0, name.rfind('.'));
  data = stem + ".csv";
  script = stem + ".gp";
}

std::string gnuplot_quoted(std::string_view text) {
  std::string r = "'";
  for (const char c : text) {
    if (c == '\'') r += c;
    r += c;
  }
  return r + "'";
}

std::string picture::source() const { return data_in_script ? "$data" : gnuplot_quoted(data); }

bool draw(const picture& to, int width, int height, std::string_view data, std::string_view script) {
  const std::string terminal =
      to.file.ends_with(".png")
          ? fmt::format("set terminal pngcairo size {},{} font 'sans,11'\n", width, height)
          : fmt::format("set terminal svg size {},{} font 'sans,11' background 'white'\n", width, height);
  std::optional<output_file> data_file;
  if (!to.data_in_script) data_file.emplace(to.data).write(data);
  const std::string body = (to.data_in_script ? fmt::format("$data << END\n{}END\n", data) : "") + std::string(script);
  output_file script_file(to.script);
  script_file.write(fmt::format("# gnuplot {}\n{}set output {}\n", to.script, terminal, gnuplot_quoted(to.file)));
  script_file.write(body);
  // A folder that cannot hold the picture is found out before the data are in place.
  output_file picture_file(to.file);
  if (data_file) data_file->commit();
  script_file.commit();

  // The same script without a line for the output, which is ours to put in place.
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> input(std::tmpfile(), std::fclose);
  errno = 0;
  if (!input || std::fputs((terminal + body).c_str(), input.get()) < 0 || std::fflush(input.get()) != 0)
    throw file_error{to.script, {}, fmt::format("cannot be handed to gnuplot: {}", std::strerror(errno))};
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_adddup2(&streams, fileno(input.get()), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&streams, picture_file.descriptor(), STDOUT_FILENO);
  std::string program = "gnuplot", argument = "/dev/stdin";
  char* const arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  int code = posix_spawnp(&child, "gnuplot", &streams, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&streams);
  if (code == 0) {
    while (waitpid(child, &code, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(code) && WEXITSTATUS(code) == 0) {
      picture_file.commit();
      return true;
    }
    // Depending on the system a missing program is noticed by the child only.
    if (!WIFEXITED(code) || WEXITSTATUS(code) != 127) {
      fmt::print(stderr, "saddle: gnuplot failed on {}: there is no picture\n", printable(to.script));
      return false;
    }
  }
  fmt::print(stderr, "saddle: gnuplot is not installed: there is no picture, but {}{} to make it from\n",
             to.data_in_script ? "" : printable(to.data) + " and ", printable(to.script));
  return false;
}

} // namespace tool
