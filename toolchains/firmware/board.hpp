/// What a firmware has of its board: a line of text and a way to end, both through the debugger (ARM's semihosting).
#pragma once

namespace board {

/// Writes a text that ends with a zero.
void print(const char* text) noexcept;

/// Writes a whole number, in decimal.
void print(unsigned number) noexcept;

/// Ends the program with an exit code that the emulator passes on.
[[noreturn]] void exit(int code) noexcept;

/// The lowest and the highest address of the stack.
unsigned char* stack_bottom() noexcept;
unsigned char* stack_top() noexcept;

/// Exit code of a program that the processor stopped: an access or instruction that it does not allow.
inline constexpr int fault = 99;

} // namespace board
