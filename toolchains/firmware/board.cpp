// From reset to main on any Cortex-M with the memory of memory.ld, and the three services of board.hpp.
#include "board.hpp"

#include <cstddef>
#include <cstdint>

extern "C" {
// Defined by memory.ld; only their addresses mean something.
extern std::uint32_t data_begin[], data_end[], data_image[], bss_begin[], bss_end[], stack_bottom[], stack_top[];
extern void (*init_array_begin[])();
extern void (*init_array_end[])();

/// main under another name: ISO C++ lets no program call it.
int program() asm("main");
[[noreturn]] void reset();
[[noreturn]] void stopped();

/// The stack's top and the first entries of the vector table: reset, then NMI and the faults.
struct vector_table {
  std::uint32_t* stack;
  void (*entries[15])();
};
[[gnu::section(".vectors"), gnu::used]] const vector_table vectors{
    stack_top, {reset, stopped, stopped, stopped, stopped, stopped, stopped}};
}

namespace {

// Numbers of "Semihosting for AArch32 and AArch64" (ARM IHI 0100).
enum operation : std::uint32_t { write0 = 0x04, exit_extended = 0x20 };
// ADP_Stopped_ApplicationExit: the exit code that follows is the program's own.
constexpr std::uint32_t application_exit = 0x20026;

void semihosting(operation what, const void* argument) noexcept {
  register std::uint32_t r0 asm("r0") = what;
  register const void* r1 asm("r1") = argument;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

} // namespace

namespace board {

void print(const char* text) noexcept { semihosting(write0, text); }

void print(unsigned number) noexcept {
  char digits[11];
  char* first = digits + sizeof digits - 1;
  *first = 0;
  do *--first = static_cast<char>('0' + number % 10);
  while ((number /= 10) != 0);
  print(first);
}

void exit(int code) noexcept {
  const std::uint32_t block[] = {application_exit, static_cast<std::uint32_t>(code)};
  semihosting(exit_extended, block);
  for (;;) {}
}

unsigned char* stack_bottom() noexcept { return reinterpret_cast<unsigned char*>(::stack_bottom); }
unsigned char* stack_top() noexcept { return reinterpret_cast<unsigned char*>(::stack_top); }

} // namespace board

void reset() {
  // The FPU is off after reset: CPACR gives access to coprocessors 10 and 11. Before anything that could use it.
  constexpr std::uintptr_t cpacr = 0xE000ED88;
  auto* const access = reinterpret_cast<volatile std::uint32_t*>(cpacr);
  *access = *access | 0xFu << 20;
  asm volatile("dsb\n\tisb" ::: "memory");
  const std::uint32_t* from = data_image;
  for (std::uint32_t* to = data_begin; to != data_end;) *to++ = *from++;
  for (std::uint32_t* to = bss_begin; to != bss_end;) *to++ = 0;
  for (auto* f = init_array_begin; f != init_array_end; ++f) (*f)();
  board::exit(program());
}

void stopped() {
  board::print("stopped by the processor: a fault\n");
  board::exit(board::fault);
}
