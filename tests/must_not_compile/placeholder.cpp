#include <saddle/saddle.hpp>

#include <type_traits>

template <class T> constexpr T half(T eta) {
  static_assert(std::is_arithmetic_v<T>, "a step size has to be a number");
  return eta / 2;
}

int main() {
#ifdef SADDLE_EXPECT_ERROR
  return half(nullptr) == nullptr;
#else
  return half(1.0) > 1.0;
#endif
}
