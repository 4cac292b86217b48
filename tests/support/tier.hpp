/// How much this build tries: the value of SADDLE_TEST_TIER, which toolchains/test_tier.cmake explains.
#pragma once

// A program that is no test, and borrows the tests' games.
#ifndef SADDLE_TEST_TIER
#define SADDLE_TEST_TIER host
#endif

namespace saddle_test {

enum class tier { lanes, second, host, full };

inline constexpr tier this_tier = tier::SADDLE_TEST_TIER;

} // namespace saddle_test
