// A sweep that the ranks of an MPI job share.
#include <gtest/gtest.h>

#include "tool/program.hpp"

namespace {

using namespace program_test;

const std::string job = SADDLE_MPIEXEC " -n 2 --oversubscribe --allow-run-as-root '" SADDLE_PROGRAM "' ";

TEST(program_ranks, two_give_the_bits_of_one) {
  const std::string diagram = "sweep --game quadratic a=0.05:2:23 sigma=1,2 --dynamics alternating --eta 0.1:2.4:9:log "
                              "--by both --steps 200 --threads 1 --output ";
  for (const char* kind : {"csv", "npy"}) {
    const std::string alone = scratch(std::string("alone.") + kind), shared = scratch(std::string("shared.") + kind);
    const finished one = saddle_program(diagram + "'" + alone + "'");
    const finished two = shell(job + diagram + "'" + shared + "' --ranks");
    EXPECT_EQ(one.code, 0) << one.err;
    EXPECT_EQ(two.code, 0) << two.err;
    EXPECT_EQ(two.out, "");
    EXPECT_NE(slurp(alone), "");
    EXPECT_EQ(slurp(alone), slurp(shared)) << kind;
  }
}

// One message, and nobody waits for a rank that has left.
TEST(program_ranks, bad_input_ends_the_job) {
  const finished r = shell("timeout 60 " + job + "sweep --game bilinear --dynamics optimistic --eta 1:2:3 --ranks " +
                           "--output /no/such/file");
  EXPECT_EQ(r.code, 2);
  EXPECT_EQ(r.out, "");
  const std::string message = "/no/such/file: cannot be written: No such file or directory\n";
  const std::size_t at = r.err.find(message);
  ASSERT_NE(at, std::string::npos) << r.err;
  EXPECT_EQ(r.err.find(message, at + 1), std::string::npos) << r.err;
}

} // namespace
