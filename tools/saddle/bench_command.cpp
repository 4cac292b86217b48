// saddle bench: hands over to the benchmark program.
#include <unistd.h>

#include <filesystem>

#include "block_kernels.hpp"
#include "commands.hpp"

namespace tool {

int bench(const std::vector<std::string>& arguments) {
  require_own_isa("the benchmark");
  namespace fs = std::filesystem;
  std::error_code unknown;
  const fs::path own = fs::read_symlink("/proc/self/exe", unknown), here = own.parent_path();
  std::vector<std::string> words{"bench_step"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  // As it is installed, as it is built, and wherever else it may be.
  if (!unknown)
    for (const char* where : {"../libexec/saddle/bench_step", "../../bench/bench_step"})
      execv((here / where).c_str(), argv.data());
  execvp(argv[0], argv.data());
  throw usage_error{"there is no benchmark program beside this one or on the path: build the target bench_step"};
}

} // namespace tool
