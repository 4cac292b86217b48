#include <cstdio>
#include <saddle/saddle.hpp>
int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) std::printf("%s\n", argv[i]);
}
