// What the program writes, under whatever name: whole or not at all, and never over what it reads or writes elsewhere.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include <gtest/gtest.h>

#include "tool/program.hpp"

namespace {

namespace fs = std::filesystem;
using namespace program_test;

const std::string sweep = "sweep --game quadratic a=0.05:2:4 b=0.2 --dynamics alternating --eta 0.1:2:4 ";

// Of all the commands in a line.
finished together(const std::string& commands) { return shell("( " + commands + " )"); }

class program_files : public testing::Test {
protected:
  void SetUp() override {
    folder = scratch("folder");
    fs::remove_all(folder);
    fs::create_directories(folder);
    ASSERT_EQ(chdir(folder.c_str()), 0);
    table = saddle_program(sweep).out;
    ASSERT_EQ(lines(table), 18u);
  }

  // Names in the folder, in order.
  std::string names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder)) all.push_back(entry.path().filename());
    std::sort(all.begin(), all.end());
    std::string r;
    for (const std::string& name : all) r += name + " ";
    return r;
  }

  std::string folder, table;
};

TEST_F(program_files, links_are_followed_and_modes_kept) {
  std::ofstream("secret.csv") << "old";
  fs::permissions("secret.csv", fs::perms(0600));
  fs::create_directory("elsewhere");
  fs::create_symlink("../secret.csv", "elsewhere/one.csv");
  fs::create_symlink("elsewhere/one.csv", "two.csv");
  fs::create_symlink("elsewhere/new.csv", "nowhere.csv");
  for (const char* name : {"two.csv", "nowhere.csv"}) EXPECT_EQ(saddle_program(sweep + "--output " + name).code, 0);
  EXPECT_TRUE(fs::is_symlink("two.csv") && fs::is_symlink("elsewhere/one.csv") && fs::is_symlink("nowhere.csv"));
  EXPECT_EQ(slurp("secret.csv"), table);
  EXPECT_EQ(slurp("elsewhere/new.csv"), table);
  EXPECT_EQ(fs::status("secret.csv").permissions(), fs::perms(0600));
  EXPECT_EQ(names(), "elsewhere nowhere.csv secret.csv two.csv ");
  EXPECT_EQ(saddle_program("run --game bilinear --dynamics optimistic --eta 0.1 --steps 3 --trajectory two.csv").code,
            0);
  EXPECT_TRUE(fs::is_symlink("two.csv"));
  EXPECT_EQ(lines(slurp("secret.csv")), 5u);
}

TEST_F(program_files, devices_and_pipes_are_written_into) {
  const std::string program = "'" SADDLE_PROGRAM "' " + sweep;
  EXPECT_EQ(saddle_program(sweep + "--output /dev/null").out, "");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_EQ(saddle_program(sweep + "--output /dev/stdout").out, table);
  // Where the standard output stands, and no further ahead.
  EXPECT_EQ(together("echo begin; " + program + "--output /dev/stdout; echo end").out, "begin\n" + table + "end\n");
  fs::create_symlink("/dev/fd/3", "three");
  EXPECT_EQ(together(program + "--output three 3>&1 | cat").out, table);
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  EXPECT_EQ(together("cat pipe & " + program + "--output pipe; wait").out, table);
  EXPECT_TRUE(fs::is_fifo("pipe"));
  EXPECT_EQ(together("bash -c \"" + program + "--output >(cat)\" | cat").out, table);
  const finished full = saddle_program(sweep + "--output /dev/full"), dir = saddle_program(sweep + "--output .");
  EXPECT_EQ(full.code, 2);
  EXPECT_EQ(full.err, "/dev/full: cannot be written: No space left on device\n");
  EXPECT_EQ(dir.code, 2);
  EXPECT_EQ(dir.err, ".: cannot be written: Is a directory\n");
  EXPECT_EQ(names(), "pipe three ");
  EXPECT_EQ(saddle_program(sweep + "--resume --output /dev/null").err.substr(0, 38),
            "saddle sweep: --resume needs --output:");
}

// Half of a file is nothing's, whoever ends the program.
TEST_F(program_files, a_signal_leaves_nothing_behind) {
  for (const char* signal : {"INT", "TERM", "HUP"}) {
    const std::string name = signal;
    const finished r = together(
        "env --default-signal=" + name +
        " '" SADDLE_PROGRAM "' sweep --game quadratic a=0.05:2:400 b=0.2 --dynamics alternating --eta 0.1:2:400 "
        "--by simulation --look end --steps 100000000 --threads 1 --output table.csv & "
        "for k in $(seq 1000); do ls table.csv.* 2>/dev/null && break; sleep 0.02; done; kill -" +
        name + " $!; wait $!");
    EXPECT_GT(r.code, 128) << signal << r.err;
    EXPECT_EQ(r.out.substr(0, 10), "table.csv.") << "there was a file to remove";
    EXPECT_EQ(names(), "") << signal;
  }
}

TEST_F(program_files, what_is_written_is_nothing_else) {
  const std::string data = "1 2\n3 4\n", game = "game g\nbilinear 1 1\nC 1\n";
  std::ofstream("data.csv") << data;
  std::ofstream("g.gp") << game;
  std::ofstream("g.csv") << game;
  fs::create_symlink("data.csv", "link");
  fs::create_hard_link("data.csv", "hard");
  fs::create_symlink("k.csv", "new");
  const std::string run = "run --dynamics optimistic --eta 0.1 --steps 3 --game ";
  const struct {
    std::string arguments, error;
  } cases[] = {
      {"spectrum data.csv --plot data.png", "saddle spectrum: --plot writes data.csv, which FILE reads:"},
      {"spectrum link --plot ./data.svg", "saddle spectrum: --plot writes ./data.csv, which FILE reads as link:"},
      {"spectrum hard --plot data.png", "saddle spectrum: --plot writes data.csv, which FILE reads as hard:"},
      {"spectrum - --plot data.png <data.csv", "saddle spectrum: --plot writes data.csv, which FILE reads as -:"},
      {run + "g.csv:g --plot g.png", "saddle run: --plot writes g.csv, which --game reads:"},
      {run + "g.gp:g --plot g.png", "saddle run: --plot writes g.gp, which --game reads:"},
      {run + "g.csv:g --trajectory ../" + fs::path(folder).filename().string() + "/g.csv",
       "saddle run: --trajectory writes ../"},
      {run + "bilinear --trajectory k.gp --plot k.png",
       "saddle run: --plot writes k.gp, which --trajectory writes too:"},
      {sweep + "--output s.png --plot s.png", "saddle sweep: --plot writes s.png, which --output writes too:"},
      {sweep + "--output s.gp --plot ./s.png",
       "saddle sweep: --plot writes ./s.gp, which --output writes too as s.gp:"},
      {sweep + "--output t.csv >>t.csv", "saddle sweep: --output writes t.csv, which is the standard output too"},
      {"sweep --game g.csv:g --dynamics optimistic --eta 1:2:3 --output g.csv",
       "saddle sweep: --output writes g.csv, which --game reads:"},
      {sweep + "--output a --resume --plot a.rows.png", ""},
  };
  for (const auto& c : cases) {
    const bool with_streams = c.arguments.find(" <") != c.arguments.npos || c.arguments.find(">>") != c.arguments.npos;
    const finished r = with_streams ? together("'" SADDLE_PROGRAM "' " + c.arguments) : saddle_program(c.arguments);
    EXPECT_EQ(r.err.substr(0, c.error.size()), c.error) << r.err;
    EXPECT_EQ(r.code, c.error.empty() ? 0 : 2) << c.arguments;
    EXPECT_EQ(lines(r.err), c.error.empty() ? 0u : 1u) << r.err;
    EXPECT_EQ(slurp("data.csv") + slurp("g.csv") + slurp("g.gp"), data + game + game) << c.arguments;
  }
  EXPECT_EQ(names(), "a a.rows.csv a.rows.gp a.rows.png data.csv g.csv g.gp hard link new t.csv ");
}

// The natural names: the table and its picture.
TEST_F(program_files, a_table_and_its_picture_share_a_name) {
  const bool drawn = shell("command -v gnuplot").code == 0;
  EXPECT_EQ(saddle_program(sweep + "--output k.csv --plot k.png").code, 0);
  EXPECT_EQ(slurp("k.csv"), table);
  EXPECT_NE(slurp("k.gp").find("$data << END\n"), std::string::npos);
  EXPECT_EQ(names(), drawn ? "k.csv k.gp k.png " : "k.csv k.gp ");
  EXPECT_EQ(saddle_program(sweep + "--output other.csv --plot q.png").code, 0);
  EXPECT_NE(slurp("q.gp").find("'q.csv'"), std::string::npos);
  EXPECT_EQ(
      saddle_program("run --game bilinear --dynamics optimistic --eta 0.1 --steps 3 --trajectory r.csv --plot r.svg")
          .code,
      0);
  EXPECT_EQ(lines(slurp("r.csv")), 5u);
  if (!drawn) return;
  // The script makes the same picture again.
  const std::string picture = slurp("k.png");
  EXPECT_EQ(picture.substr(1, 3), "PNG");
  fs::remove("k.png");
  EXPECT_EQ(shell("gnuplot k.gp").code, 0);
  EXPECT_EQ(slurp("k.png"), picture);
  // Where gnuplot fails, the picture of before stays.
  std::ofstream("gnuplot") << "#!/bin/sh\nexit 1\n";
  fs::permissions("gnuplot", fs::perms::owner_all);
  const finished failed = shell("PATH=.:$PATH '" SADDLE_PROGRAM "' " + sweep + "--plot k.png");
  EXPECT_NE(failed.err.find("saddle: gnuplot failed on k.gp: there is no picture"), std::string::npos) << failed.err;
  EXPECT_EQ(slurp("k.png"), picture);
}

TEST_F(program_files, the_standard_output_is_looked_after) {
  for (const char* arguments : {"--help", "--version", "run --help", "list games", "completion bash"}) {
    const finished r = together("'" SADDLE_PROGRAM "' " + std::string(arguments) + " >/dev/full");
    EXPECT_EQ(r.code, 2) << arguments;
    EXPECT_EQ(r.err, "standard output: cannot be written: No space left on device\n") << arguments;
    EXPECT_EQ(together("'" SADDLE_PROGRAM "' " + std::string(arguments) + " >&-").code, 2) << arguments;
  }
}

} // namespace
