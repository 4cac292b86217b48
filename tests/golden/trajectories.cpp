// This target's trajectories have the bits that are written down for its class.
#include "golden/expected.hpp"

#include <ios>
#include <iterator>

#include "support/lanes.hpp"

namespace {

template <class T> class golden_trajectories : public ::testing::Test {};
TYPED_TEST_SUITE(golden_trajectories, saddle_test::scalars);

TYPED_TEST(golden_trajectories, have_the_bits_that_are_written_down) {
  std::size_t computed = 0;
  golden::each_trajectory<TypeParam>([&](const golden::entry& e) {
    SCOPED_TRACE(testing::Message() << e.rule << ' ' << e.game << ' ' << e.p << " x " << e.q);
    ++computed;
    const golden::entry* expected = golden::find<TypeParam>(e);
    ASSERT_NE(expected, nullptr) << "not written down: build the target golden_update";
    for (std::size_t i = 0; i < e.p + e.q; ++i)
      EXPECT_TRUE(saddle_test::equal_bits(e.z[i], expected->z[i]))
          << "number " << i << ": " << std::hexfloat << e.z[i] << " and " << expected->z[i];
  });
  EXPECT_EQ(computed, golden::written<TypeParam>()) << "more are written down: build the target golden_update";
}

// Were the two classes the same, the comparison above would show less than it says.
TEST(golden_classes, differ_in_their_bits) {
  ASSERT_EQ(std::size(golden::fused), std::size(golden::unfused));
  std::size_t different = 0;
  for (std::size_t i = 0; i < std::size(golden::fused); ++i) {
    EXPECT_TRUE(golden::fused[i].names_the_same(golden::unfused[i]));
    different += golden::same_bits(golden::fused[i], golden::unfused[i]) ? 0u : 1u;
  }
  EXPECT_GT(different, std::size(golden::fused) / 2);
}

} // namespace
