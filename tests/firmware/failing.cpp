// A check that fails: the program has to end with 1, or all the others show nothing.
#include "firmware/check.hpp"

int main() {
  firmware::check{"a check that fails ends the program with 1"}.holds(false);
  return firmware::result();
}
