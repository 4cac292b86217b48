// This target's trajectories have the bits that are written down for its class.
#include "golden/expected.hpp"

#include <ios>
#include <set>
#include <string_view>

#include "support/lanes.hpp"

namespace {

TEST(golden_files, are_those_of_the_registered_rules) {
  for (const char* const* complaint = golden::complaints; *complaint != nullptr; ++complaint)
    ADD_FAILURE() << *complaint;
}

template <class T> class golden_trajectories : public ::testing::Test {};
TYPED_TEST_SUITE(golden_trajectories, saddle_test::scalars);

TYPED_TEST(golden_trajectories, have_the_bits_that_are_written_down) {
  std::size_t known = 0;
  std::set<std::string_view> unknown; // rules: each is said once, not for every trajectory
  golden::each_trajectory<TypeParam>([&](const golden::entry& e) {
    SCOPED_TRACE(testing::Message() << e.rule << ' ' << e.game << ' ' << e.p << " x " << e.q);
    const golden::entry* expected = golden::find<TypeParam>(e);
    if (expected == nullptr) {
      if (unknown.insert(e.rule).second) ADD_FAILURE() << e.rule << " is not written down: run ./dev generate golden";
      return;
    }
    ++known;
    for (std::size_t i = 0; i < e.p + e.q; ++i)
      EXPECT_TRUE(saddle_test::equal_bits(e.z[i], expected->z[i]))
          << "number " << i << ": " << std::hexfloat << e.z[i] << " and " << expected->z[i]
          << "; if the rule was meant to change, run ./dev generate golden";
  });
  EXPECT_EQ(known, golden::written<TypeParam>()) << "more are written down: run ./dev generate golden";
}

// Were the two classes the same, the comparison above would show less than it says.
TEST(golden_classes, differ_in_their_bits) {
  ASSERT_EQ(golden::fused.size(), golden::unfused.size()) << "run ./dev generate golden";
  std::size_t different = 0;
  for (std::size_t i = 0; i < golden::fused.size(); ++i) {
    EXPECT_TRUE(golden::fused[i].names_the_same(golden::unfused[i]));
    different += golden::same_bits(golden::fused[i], golden::unfused[i]) ? 0u : 1u;
  }
  EXPECT_GT(different, golden::fused.size() / 2);
}

} // namespace
