#include "commands.hpp"

#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>

#include <fmt/format.h>

#include "number.hpp"

namespace tool {

void complain(std::string_view message) { fmt::print(stderr, "{}\n", printable(message)); }

void flush_output() {
  errno = 0;
  // What was lost before is not lost again: the stream remembers it.
  const bool lost = std::ferror(stdout) != 0;
  if (std::fflush(stdout) != 0 || lost) throw std::system_error(errno != 0 ? errno : EIO, std::generic_category());
}

int guarded(const char* command, const std::function<int()>& run) {
  try {
    const int result = run();
    flush_output();
    return result;
  } catch (const std::system_error& e) {
    complain(fmt::format("standard output: cannot be written: {}", e.code().message()));
  } catch (const file_error& e) { complain(to_string(e)); } catch (const usage_error& e) {
    complain(fmt::format("saddle {}: {}", command, e.message));
  } catch (const std::bad_alloc&) {
    complain(fmt::format("saddle {}: there is not enough memory", command));
  } catch (const std::exception& e) { complain(fmt::format("saddle {}: {}", command, e.what())); }
  return bad_input;
}

} // namespace tool
