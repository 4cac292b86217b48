/// The kernels whose size, stack and instructions are counted. All have one shape, so that one harness calls them and the
/// call costs all of them the same.
#pragma once

#include <cstddef>

using kernel = void (*)(const void* game, const void* plan, void* state);

/// The plain step of a rule (plain/<rule>.hpp) on N + N numbers of type T; nullptr for a rule that nobody has spelt out.
template <class T, std::size_t N> kernel plain_step(const char* rule, const char* game);
