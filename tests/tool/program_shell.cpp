// What surrounds the subcommands: completion, the benchmark program, --isa.
#include <filesystem>

#include <gtest/gtest.h>

#include "tool/program.hpp"

namespace {

using namespace program_test;

// What bash offers for the last of these words.
std::string offered(const std::string& words, int last) {
  const std::string script =
      written("sh", "source \"$1\"\nCOMP_WORDS=(saddle " + words + ")\nCOMP_CWORD=" + std::to_string(last) +
                        "\n_saddle\necho \"${COMPREPLY[@]}\"\n");
  const std::string completion = scratch("completion");
  const finished printed = saddle_program("completion bash");
  EXPECT_EQ(printed.code, 0) << printed.err;
  std::ofstream(completion) << printed.out;
  const finished r = shell("bash '" + script + "' '" + completion + "'");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.err, "");
  return r.out;
}

TEST(program_completion, bash_completes_commands_options_and_names) {
  EXPECT_EQ(offered("swe", 1), "sweep\n");
  EXPECT_EQ(offered("sweep --dyn", 2), "--dynamics\n");
  EXPECT_EQ(offered("run --dynamics opt", 3), "optimistic\n");
  EXPECT_EQ(offered("--isa x run --game dirac", 5), "dirac_gan\n");
  EXPECT_EQ(offered("list d", 2), "dynamics dimensions\n");
  EXPECT_EQ(offered("sweep --by si", 3), "simulation\n");
  EXPECT_EQ(offered("compare --type ''", 3), "double float\n");
  // After an option that takes a number or a file the shell offers files.
  EXPECT_EQ(offered("sweep --output x", 3), "\n");
  EXPECT_NE(offered("sweep --is", 2).find("--isa"), std::string::npos);
}

TEST(program_completion, every_shell_has_a_script) {
  for (const char* shell_name : {"bash", "zsh", "fish"}) {
    const finished r = saddle_program(std::string("completion ") + shell_name);
    EXPECT_EQ(r.code, 0) << r.err;
    for (const char* word : {"sweep", "dynamics", "optimistic", "kernel_gan", "bash"})
      EXPECT_NE(r.out.find(word), std::string::npos) << shell_name << ' ' << word;
  }
  EXPECT_EQ(saddle_program("completion tcsh").code, 2);
}

TEST(program_isa, names_of_the_list_are_taken_and_others_refused) {
  const finished names = saddle_program("list isas");
  ASSERT_GE(lines(names.out), 1u);
  const std::string name = names.out.substr(0, names.out.find('\n'));
  EXPECT_EQ(saddle_program("list games --isa " + name).code, 0);
  EXPECT_EQ(saddle_program("--isa " + name + " run --game bilinear --dynamics optimistic --eta 0.1 --steps 3").code, 0);
  for (const char* command : {"list games", "run --game bilinear --dynamics optimistic --eta 0.1 --steps 3"}) {
    const finished r = saddle_program(std::string(command) + " --isa mmx");
    EXPECT_EQ(r.code, 2) << command;
    EXPECT_EQ(r.out, "") << command;
    EXPECT_NE(r.err.find("--isa: 'mmx' is none of " + name), std::string::npos) << r.err;
  }
}

// What the parser finds wrong, in one line too.
TEST(program_arguments, are_refused_in_one_line) {
  const struct {
    const char *arguments, *message;
  } cases[] = {
      {"comprae x", "saddle: unknown command 'comprae'; did you mean 'compare'?"},
      {"", "saddle: a command is missing; 'saddle --help' names them"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2:3 --thread 2",
       "saddle sweep: unknown option '--thread'; did you mean '--threads'?"},
      {"spectrum a.txt b.txt", "saddle spectrum: unexpected argument 'b.txt'"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2:3 --by simulatoin",
       "saddle sweep: --by: simulatoin not in {prediction,simulation,both}"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2:3 --threads 0", "saddle sweep: --threads: "},
      {"list everything", "saddle list: WHAT: everything not in {"},
      {"run --dynamics", "saddle run: --dynamics"},
  };
  for (const auto& c : cases) {
    const finished r = saddle_program(c.arguments);
    EXPECT_EQ(r.code, 2) << c.arguments;
    EXPECT_EQ(r.out, "") << c.arguments;
    EXPECT_EQ(r.err.substr(0, std::string_view(c.message).size()), c.message) << c.arguments;
    EXPECT_EQ(lines(r.err), 1u) << r.err;
  }
}

// One reader of numbers, whatever option they stand behind.
TEST(program_arguments, numbers_are_finite_decimal_and_whole) {
  const std::string matrix = written("matrix", "1 0\n0 2\n"), run = "run --game bilinear --dynamics optimistic ",
                    sweep = "sweep --game bilinear --dynamics optimistic ",
                    plot = "spectrum '" + matrix + "' --plot x.png --dynamics consensus ";
  const struct {
    std::string before, option, after;
    bool whole = false;
  } options[] = {
      {run + "--eta 0.1 --steps 5 ", "--tol", ""},
      {run + "--eta 0.1 --steps 5 ", "--start", ",1"},
      {run + "--steps 5 ", "--eta", ""},
      {run + "--steps 5 --eta 1 --eta-theta 1 ", "--eta-omega", ""},
      {run + "--eta 0.1 ", "--steps", "", true},
      {run + "--eta 0.1 --steps 5 ", "--stride", "", true},
      {"compare '" SADDLE_GAMES "' ", "--tolerance", ""},
      {plot, "--eta", ""},
      {plot + "--eta 1 ", "--gamma", ""},
      {"spectrum '" + matrix + "' ", "--game", ",1", true},
      {sweep, "--eta", ":2:3"},
      {sweep + "--eta 1:2:3 ", "--threads", "", true},
      {sweep + "--eta 1:2:3 ", "--steps", "", true},
      {"run --dynamics optimistic --eta 0.1 --steps 5 --game bilinear ", "sigma", ""},
  };
  for (const auto& o : options)
    for (const char* number :
         {"nan", "inf", "-inf", "1e400", "0x10", "0x1p3", "1x", "1 ", " 1", "x", "--1", "NaN(1)", "1.5.2"}) {
      const finished r = saddle_program(o.before + "'" + o.option + "=" + number + o.after + "'");
      EXPECT_EQ(r.code, 2) << o.option << ' ' << number;
      EXPECT_EQ(r.out, "");
      EXPECT_EQ(lines(r.err), 1u) << r.err;
      const std::string name = o.option.substr(0, 5) == "--eta" ? "eta" : o.option;
      EXPECT_NE(r.err.find(name + ": '" + number + "' is "), std::string::npos) << o.option << ": " << r.err;
    }
  for (const char* empty : {"--tol ''", "--start 1,,1", "--start ''", "--stride ''"}) {
    const finished r = saddle_program(run + "--eta 0.1 --steps 5 " + empty);
    EXPECT_EQ(r.code, 2) << empty;
    EXPECT_EQ(r.err.substr(0, 14), std::string("saddle run: --tol").substr(0, 14)) << r.err;
  }
  EXPECT_EQ(saddle_program(run + "--eta 1d-1 --steps 5 --start -1,2e0 --tol +1E-3").code, 1);
}

// As far apart as numbers go, what is between is one of them.
TEST(program_arguments, ranges_over_all_numbers_have_no_infinite_ones) {
  const finished r =
      saddle_program("sweep --game quadratic a=-1.7e308:1.7e308:3 --dynamics optimistic --eta 1e-300:1e300:3:log");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("\n0,1,"), std::string::npos) << r.out;
}

// An argument is not to move the cursor of who reads the message, nor to be cut inside a letter.
TEST(program_arguments, are_quoted_printable) {
  for (const char* arguments : {"$'spec\\e[2Jtrum'", "spectrum $'no\\e[2J\\nfile'", "spectrum x $'--plo\\x07'",
                                "run --dynamics optimistic --eta 1 --game $'a\\x9b'", "list $'\\e[31m'",
                                "run --dynamics $'\\x7f' --eta 1 --steps 1 --game bilinear", "list x --isa $'\\e'",
                                "run --dynamics optimistic --game bilinear --steps 1 --eta $'\\e1'"}) {
    const finished r = shell("bash -c \"'" SADDLE_PROGRAM "' " + std::string(arguments) + "\"");
    EXPECT_EQ(r.code, 2) << arguments;
    EXPECT_EQ(lines(r.err), 1u) << r.err;
    EXPECT_NE(r.err.find("\\x"), std::string::npos) << r.err;
    for (const char c : r.err) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c - 0x20) < 0x5F || c < 0) << r.err;
  }
}

// In a folder of its own, so that the benchmark of this build is not found.
TEST(program_bench, hands_over_to_the_program_beside_it) {
  namespace fs = std::filesystem;
  const fs::path root = scratch("installed");
  fs::remove_all(root);
  fs::create_directories(root / "bin");
  fs::copy_file(SADDLE_PROGRAM, root / "bin/saddle");
  const std::string program = "PATH=/usr/bin:/bin '" + (root / "bin/saddle").string() + "' bench";
  const finished missing = shell(program);
  EXPECT_EQ(missing.code, 2);
  EXPECT_EQ(missing.out, "");
  EXPECT_EQ(missing.err.substr(0, 48), "saddle bench: there is no benchmark program besi");

  fs::create_directories(root / "libexec/saddle");
  const fs::path script = root / "libexec/saddle/bench_step";
  std::ofstream(script) << "#!/bin/sh\necho \"ran $*\"\nexit 3\n";
  fs::permissions(script, fs::perms::owner_all);
  const finished found = shell(program + " -- --benchmark_filter=optimistic x");
  EXPECT_EQ(found.code, 3);
  EXPECT_EQ(found.out, "ran --benchmark_filter=optimistic x\n");
}

} // namespace
