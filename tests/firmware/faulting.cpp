// An access where the board has no memory: the processor stops the program, which has to end with board::fault.
#include "board.hpp"

#include <cstdint>

int main() {
  constexpr std::uintptr_t nowhere = 0xA0000000;
  return *reinterpret_cast<volatile int*>(nowhere);
}
