// Prints the trajectories of this target as the .def file of its class. Run by the target golden_update.
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
  std::printf("// Iterate %u of every rule on every game, where fma rounds %s. Written by the target golden_update.\n",
              static_cast<unsigned>(golden::steps), saddle::fused<float> ? "once" : "twice");
  print_all<float>();
  print_all<double>();
}
