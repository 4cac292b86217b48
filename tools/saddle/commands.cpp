#include "commands.hpp"

#include <fmt/format.h>

#include "games_file.hpp"

namespace tool {

int guarded(const char* command, const std::function<int()>& run) {
  try {
    return run();
  } catch (const file_error& e) { fmt::print(stderr, "{}\n", to_string(e)); } catch (const usage_error& e) {
    fmt::print(stderr, "saddle {}: {}\n", command, e.message);
  }
  return bad_input;
}

} // namespace tool
