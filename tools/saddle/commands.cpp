#include "commands.hpp"

#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>

#include <fmt/format.h>

namespace tool {

int guarded(const char* command, const std::function<int()>& run) {
  try {
    const int result = run();
    errno = 0;
    if (std::fflush(stdout) != 0) throw std::system_error(errno, std::generic_category());
    return result;
  } catch (const std::system_error& e) {
    fmt::print(stderr, "standard output: cannot be written: {}\n", e.code().message());
  } catch (const file_error& e) { fmt::print(stderr, "{}\n", to_string(e)); } catch (const usage_error& e) {
    fmt::print(stderr, "saddle {}: {}\n", command, e.message);
  } catch (const std::bad_alloc&) { fmt::print(stderr, "saddle {}: there is not enough memory\n", command); }
  return bad_input;
}

} // namespace tool
