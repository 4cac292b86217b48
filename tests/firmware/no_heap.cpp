// Links as it stands. With SADDLE_EXPECT_ERROR it asks for memory, in the way that PLANTED spells, and must not link: the
// board's memory has no `end`, where the C library's heap would begin.
#include <cstddef>
#include <cstdlib>
#include <vector>

volatile std::size_t size = 8;
volatile char* memory;

int main() {
#ifdef SADDLE_EXPECT_ERROR
  memory = PLANTED;
#endif
  return memory == nullptr ? 0 : 1;
}
