/// What a test firmware counts and says. It ends with exit code 0 only when it made checks and none of them failed.
#pragma once

#include "board.hpp"
#include "support/equal_bits.hpp"

namespace firmware {

struct tally {
  unsigned checks = 0, failures = 0;
};
inline constinit tally counted;

/// One law on one subject. A check that fails is printed with both.
struct check {
  const char* law;
  const char* subject = "";

  void holds(bool good) const noexcept {
    ++counted.checks;
    if (good) return;
    ++counted.failures;
    board::print("failed: ");
    board::print(law);
    board::print(" ");
    board::print(subject);
    board::print("\n");
  }
  template <class T> void at_most(T value, T bound) const noexcept { holds(value <= bound); }
  template <class T> void more_than(T value, T bound) const noexcept { holds(value > bound); }
  template <class X> void same_bits(const X& a, const X& b) const noexcept { holds(saddle_test::all_equal_bits(a, b)); }
};

/// The exit code of a program that has made its checks.
inline int result() noexcept {
  board::print(counted.checks);
  board::print(" checks, ");
  board::print(counted.failures);
  board::print(" failed\n");
  return counted.checks > 0 && counted.failures == 0 ? 0 : 1;
}

} // namespace firmware
