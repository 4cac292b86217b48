// The trajectories in the format SADDLE_NUMBER have the bits that are written down for this core's class.
#include "golden/expected.hpp"

#include "firmware/check.hpp"

int main() {
  using T = SADDLE_NUMBER;
  for (const char* const* complaint = golden::complaints; *complaint != nullptr; ++complaint)
    firmware::check{*complaint}.holds(false);
  unsigned computed = 0;
  golden::each_trajectory<T>([&](const golden::entry& e) {
    const golden::entry* expected = golden::find<T>(e);
    firmware::check{"a trajectory has the bits that are written down (./dev generate golden):", e.rule.data()}.holds(
        expected != nullptr && golden::same_bits(e, *expected));
    ++computed;
  });
  firmware::check{"every trajectory that is written down was computed"}.holds(computed == golden::written<T>());
  return firmware::result();
}
