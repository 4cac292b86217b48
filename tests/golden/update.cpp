// Prints the class of this target and its trajectories, which `./dev generate golden` writes to one file a rule.
#include <cstdio>

#include "golden/trajectories.hpp"

static_assert(saddle::fused<float> == saddle::fused<double>, "a target of two classes can compare but not write");

namespace {

template <class T> void print_all() {
  golden::each_trajectory<T>([](const golden::entry& e) {
    std::printf("GOLDEN(%s, %s, %s, %zu, %zu", e.rule.data(), e.game.data(), e.format.data(), e.p, e.q);
    for (std::size_t i = 0; i < e.p + e.q; ++i) std::printf(", %a", e.z[i]);
    std::printf(")\n");
  });
}

} // namespace

int main() {
  std::printf("%s %u\n", saddle::fused<float> ? "fused" : "unfused", static_cast<unsigned>(golden::steps));
  print_all<float>();
  print_all<double>();
}
