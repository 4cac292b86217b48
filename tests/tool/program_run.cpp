// saddle run and saddle sweep from outside.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tool/npy.hpp"
#include "tool/program.hpp"

namespace {

using namespace program_test;

nlohmann::json ran(const std::string& arguments, int code = 0) {
  const finished r = saddle_program("run --json " + arguments);
  EXPECT_EQ(r.code, code) << arguments << ": " << r.err;
  EXPECT_EQ(r.err, "") << arguments;
  return nlohmann::json::parse(r.out);
}

// The closed form of a bilinear game: ρ² = (1 + √(1 − 4s²))/2, s = ησ ≤ ½.
TEST(program_run, measures_what_theory_predicts) {
  const auto r = ran("--game bilinear sigma=2 --dynamics optimistic --eta 0.2 --tol 1e-10");
  const double s = 0.4, rate = std::sqrt((1 + std::sqrt(1 - 4 * s * s)) / 2);
  EXPECT_EQ(r["status"], "converged");
  EXPECT_NEAR(r["predicted_rate"], rate, 1e-8);
  EXPECT_NEAR(r["measured_rate"], rate, 0.02 * (1 - rate));
  EXPECT_EQ(r["predicted_regime"], "oscillates");
  EXPECT_EQ(r["measured_regime"], "oscillates");
}

TEST(program_run, every_model_runs_with_every_rule) {
  for (const char* game :
       {"bilinear", "quadratic", "polymatrix", "dirac_gan r1=0.5", "dirac_gan r1=0.5 loss=wasserstein",
        "dirac_gan r1=0.5 loss=non_saturating", "noisy_dirac_gan", "uniform_gan", "uniform_gan loss=wasserstein",
        "linear_quadratic_gan", "covariance_gan", "gaussian_mean_gan", "kernel_gan offset=0.1",
        "kernel_gan offset=0.1 mass1=0.5 mass2=0.5", "'" SADDLE_GAMES "'"})
    for (const char* rule : {"simultaneous --eta 0.05", "alternating --eta 0.05", "optimistic --eta 0.05",
                             "consensus --eta 0.05 --gamma 0.1", "implicit --eta 0.2",
                             "predictive --eta 0.05 --gamma 0.05", "gradient_penalty --eta 0.05 --gamma 0.05"}) {
      const auto r = ran("--game " + std::string(game) + " --dynamics " + rule + " --steps 20");
      EXPECT_EQ(r["steps"], 20) << game << ' ' << rule << ' ' << r;
      EXPECT_TRUE(r["residual"].is_number()) << game << ' ' << rule;
      EXPECT_TRUE(r["predicted_rate"].is_number()) << game << ' ' << rule;
    }
}

TEST(program_run, writes_its_trajectory) {
  const finished r =
      saddle_program("run --game bilinear --dynamics simultaneous --eta 0.1 --steps 10 --stride 4 --trajectory -");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_TRUE(r.out.starts_with("step,residual,theta1,omega1\n0,")) << r.out;
  EXPECT_EQ(lines(r.out), 5u); // the heading, 0, 4, 8 and the last
  EXPECT_NE(r.out.find("\n10,"), std::string::npos);
  // The first step of F = (ω, −θ) from where it says it began.
  const auto first = ran("--game bilinear --dynamics simultaneous --eta 0.5 --start 1,2 --steps 1");
  EXPECT_EQ(first["end"], (nlohmann::json{0.0, 2.5}));
}

TEST(program_run, games_of_files_keep_their_size) {
  const std::string file =
      written("txt", "game one\nbilinear 1 1\nC 1\ngame two\nbilinear 3 2\nC 1 0 0 1 0 0\nstart 1 2 3 4 5\n");
  const finished r =
      saddle_program("run --game '" + file + ":two' --dynamics simultaneous --eta 1 --steps 1 --trajectory -");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find(",theta1,theta2,theta3,omega1,omega2\n"), std::string::npos) << r.out;
  EXPECT_TRUE(r.out.ends_with(",-3,-3,3,5,7\n")) << r.out;
}

TEST(program_run, says_when_it_does_not_arrive) {
  const auto r = ran("--game bilinear --dynamics simultaneous --eta 0.1 --tol 1e-8 --steps 50", 1);
  EXPECT_EQ(r["status"], "not converged");
}

TEST(program_run, draws) {
  const std::string stem = scratch("run");
  const finished r = saddle_program("run --game dirac_gan --dynamics alternating --eta 0.3 --steps 100 --plot '" +
                                    stem + ".svg' --trajectory '" + stem + ".t.csv'");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(slurp(stem + ".csv"), slurp(stem + ".t.csv"));
  EXPECT_EQ(std::filesystem::exists(stem + ".svg"), r.err.empty()) << r.err;
}

TEST(program_run, refuses_in_one_line) {
  const struct {
    std::string arguments, message;
  } cases[] = {
      {"run --game bilinaer --dynamics optimistic --eta 1 --steps 1",
       "unknown game 'bilinaer'; did you mean 'bilinear'?"},
      {"run --game bilinear --dynamics optimistc --eta 1 --steps 1",
       "unknown dynamics 'optimistc'; did you mean 'optimistic'?"},
      {"run --game bilinear sgima=1 --dynamics optimistic --eta 1 --steps 1",
       "bilinear has no parameter 'sgima'; did you mean 'sigma'?"},
      {"run --game bilinear sigma --dynamics optimistic --eta 1 --steps 1", "--game: 'sigma' is not NAME=VALUE"},
      {"run --game bilinear sigma=x --dynamics optimistic --eta 1 --steps 1", "sigma: 'x' is not a number"},
      {"run --game bilinear sigma=1:2:3 --dynamics optimistic --eta 1 --steps 1",
       "sigma: a run takes one value for each parameter; 'saddle sweep' takes ranges"},
      {"run --game bilinear sigma=1 sigma=2 --dynamics optimistic --eta 1 --steps 1", "sigma is given twice"},
      {"run --game dirac_gan loss=wassertein --dynamics optimistic --eta 1 --steps 1",
       "unknown loss 'wassertein'; did you mean 'wasserstein'?"},
      {"run --game bilinear --dynamics optimistic --eta 0 --steps 1", "--eta must be positive, not 0"},
      {"run --game bilinear --dynamics optimistic --eta=-1 --steps 1", "--eta must be positive, not -1"},
      {"run --game bilinear --dynamics optimistic --steps 1", "--eta is missing"},
      {"run --game bilinear --dynamics optimistic --eta 1 --gamma 1 --steps 1", "optimistic has no gamma"},
      {"run --game bilinear --dynamics consensus --eta 1 --steps 1", "--gamma is missing"},
      {"run --game bilinear --dynamics optimistic --eta 1", "a run ends somewhere: give --steps N, --tol T or both"},
      {"run --game bilinear --dynamics optimistic --eta 1 --steps 1 --start 1,2,3",
       "the start has 3 coordinates, the game 2"},
      {"sweep --game bilinear --dynamics optimistic --eta 1",
       "nothing varies: give a range, such as --eta 0.01:1:100:log"},
      {"sweep --game quadratic a=1:2:3 b=1:2:3 --dynamics optimistic --eta 1:2:3",
       "a third range, of eta: a diagram has two axes"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2", "eta: '1:2' is no range"},
      {"sweep --game bilinear --dynamics optimistic --eta 2:1:5", "eta: the range '2:1:5' does not rise"},
      {"sweep --game bilinear --dynamics optimistic --eta 0:1:5", "eta must be positive, not 0"},
      {"sweep --game bilinear sigma=0:1:5:log --dynamics optimistic --eta 1",
       "sigma: a logarithmic range begins above zero"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2:1", "eta: a range has 2 to 65536 values, not '1'"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2:3 --plot x.png", "--plot: a diagram needs two ranges"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2:3 --resume", "--resume needs --output"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2:3 --look end", "--look end goes with --by simulation"},
      {"sweep --game bilinear --dynamics optimistic --eta 1:2:3 --resume --ranks --output x",
       "--ranks and --resume exclude each other"},
  };
  for (const auto& c : cases) {
    const finished r = saddle_program(c.arguments);
    const std::string start = "saddle " + c.arguments.substr(0, c.arguments.find(' ')) + ": " + c.message;
    EXPECT_EQ(r.code, 2) << c.arguments;
    EXPECT_EQ(r.out, "") << c.arguments;
    EXPECT_EQ(r.err.substr(0, start.size()), start) << c.arguments;
    EXPECT_EQ(lines(r.err), 1u) << c.arguments;
  }
}

const std::string diagram =
    "sweep --game quadratic a=0.05:2:23 b=0.3 --dynamics alternating --eta 0.1:2.4:9:log --by both "
    "--steps 200 ";

TEST(program_sweep, is_the_same_for_any_number_of_threads) {
  const finished one = saddle_program(diagram + "--threads 1"), many = saddle_program(diagram + "--threads 7");
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_EQ(one.out, many.out);
  EXPECT_EQ(lines(one.out), 2 + 23u * 9);
  EXPECT_EQ(one.err, many.err);
}

// Large tables are written as they are computed; with --resume the same rows are kept until all are there.
TEST(program_sweep, large_tables_are_the_same_either_way) {
  const std::string large = "sweep --game bilinear sigma=0.5:2:300 --dynamics optimistic --eta 0.01:0.9:220 "
                            "--by simulation --steps 20 --output ";
  for (const char* kind : {"csv", "npy"}) {
    const std::string kept = scratch(std::string("kept.") + kind), passing = scratch(std::string("passing.") + kind);
    std::filesystem::remove(kept + ".rows");
    EXPECT_EQ(saddle_program(large + "'" + kept + "' --resume").code, 0);
    for (const char* threads : {"1", "3"}) {
      const finished r = saddle_program(large + "'" + passing + "' --threads " + threads);
      EXPECT_EQ(r.code, 0) << r.err;
      EXPECT_TRUE(slurp(passing) == slurp(kept)) << kind;
    }
  }
  EXPECT_GT(lines(slurp(scratch("kept.csv"))), 65536u);
}

// A write that fails in the middle of a large table: one line, and neither the file nor a part of it.
TEST(program_sweep, leaves_nothing_of_a_table_that_does_not_fit) {
  const std::string folder = scratch("folder"), output = folder + "/table.npy";
  std::filesystem::create_directories(folder);
  std::ofstream(output) << "old";
  for (const char* threads : {"1", "3"}) {
    const finished r = shell("(trap '' XFSZ; ulimit -f 400; exec '" SADDLE_PROGRAM
                             "' sweep --game bilinear sigma=0.5:2:300 --dynamics optimistic --eta 0.01:0.9:220 "
                             "--by simulation --steps 20 --output '" +
                             output + "' --threads " + threads + ")");
    EXPECT_EQ(r.code, 2);
    EXPECT_EQ(r.err, output + ": cannot be written: File too large\n");
    EXPECT_EQ(slurp(output), "old");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  }
}

// A cell is a lane: its numbers do not depend on the cells beside it.
TEST(program_sweep, cells_do_not_know_their_neighbours) {
  const auto last_line = [](const std::string& text) { return text.substr(text.rfind('\n', text.size() - 2) + 1); };
  const finished wide = saddle_program("sweep --game quadratic b=0.3 a=0.1:0.9:9 --dynamics optimistic --by simulation "
                                       "--steps 100 --eta 0.2"),
                 narrow =
                     saddle_program("sweep --game quadratic b=0.3 a=0.5:0.9:2 --dynamics optimistic --by simulation "
                                    "--steps 100 --eta 0.2");
  EXPECT_EQ(wide.code, 0) << wide.err;
  EXPECT_EQ(last_line(wide.out), last_line(narrow.out));
}

TEST(program_sweep, simulation_agrees_with_prediction_away_from_boundaries) {
  const finished r =
      saddle_program("sweep --game bilinear --dynamics optimistic --eta 0.05:0.95:19 --by both --steps 4000");
  ASSERT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.err, "prediction and simulation disagree in 0 of 19 cells\n") << r.out;
}

TEST(program_sweep, takes_up_where_it_was_interrupted) {
  const std::string output = scratch("csv"), whole = scratch("whole.csv");
  const std::string slow = "sweep --game kernel_gan lambda=0.1:3:16 sigma=1 eta_d=0.05:2:60 eta_g=0.2 --dynamics "
                           "simultaneous --by simulation --steps 3000 --threads 1 --resume --output ";
  for (const std::string& left_over : {output, output + ".rows", whole}) std::filesystem::remove(left_over);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", ("exec '" SADDLE_PROGRAM "' " + slow + "'" + output + "' 2>/dev/null").c_str(),
          nullptr);
    _exit(127);
  }
  // As soon as a few rows are there it is killed, most likely in the middle of one.
  for (int k = 0; k < 60000 && lines(slurp(output + ".rows")) < 5; ++k)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the sweep ended before it was interrupted";
  const std::string rows = slurp(output + ".rows");
  EXPECT_GE(lines(rows), 5u);
  EXPECT_FALSE(std::filesystem::exists(output));

  // Rows of another sweep are refused, half a line is not believed.
  const finished other =
      saddle_program("sweep --game bilinear --dynamics optimistic --eta 1:2:3 --resume --output '" + output + "'");
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.err.find(".rows:1:1: these rows belong to another sweep"), std::string::npos) << other.err;
  std::ofstream(output + ".rows", std::ios::binary | std::ios::app) << "59 1 0.5 0";
  const finished resumed = saddle_program(slow + "'" + output + "'"), fresh = saddle_program(slow + "'" + whole + "'");
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_EQ(fresh.code, 0) << fresh.err;
  EXPECT_EQ(slurp(output), slurp(whole));
  EXPECT_FALSE(std::filesystem::exists(output + ".rows"));
}

TEST(program_sweep, draws_a_kernel_gan) {
  const std::string stem = scratch("map");
  const finished r =
      saddle_program("sweep --game kernel_gan lambda=0.05:5:12:log sigma=0.5,1 eta_g=0.1 eta_d=0.05:2:10:log "
                     "--dynamics simultaneous --plot '" +
                     stem + ".svg' --output '" + stem + ".table'");
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(lines(slurp(stem + ".table")), 2 + 2u * 12 * 10);
  EXPECT_EQ(std::filesystem::exists(stem + ".svg"), r.err.empty()) << r.err;
}

TEST(program_sweep, unwritable_output_is_found_out_first) {
  const finished r = saddle_program("sweep --game bilinear --dynamics optimistic --eta 1:2:3 --output /no/such/file");
  EXPECT_EQ(r.code, 2);
  EXPECT_EQ(r.err, "/no/such/file: cannot be written: No such file or directory\n");
}

// What the help and the manual page show is what works.
TEST(program_help, examples_run) {
  std::vector<std::string> commands;
  for (const char* command : {"compare", "spectrum", "run", "sweep", "list"}) {
    const finished r = saddle_program(std::string(command) + " --help");
    EXPECT_EQ(r.code, 0);
    std::istringstream text(r.out);
    bool examples = false;
    for (std::string line; std::getline(text, line);) {
      if (line == "Examples:") examples = true;
      else if (examples && line.starts_with("  saddle ")) commands.push_back(line.substr(2));
      else if (examples && line.starts_with("    ")) commands.back() += line;
    }
  }
  std::istringstream manual(slurp(SADDLE_SOURCE "/docs/saddle.1"));
  bool examples = false;
  for (std::string line; std::getline(manual, line);) {
    if (line == ".EX") examples = true;
    else if (line == ".EE") examples = false;
    else if (examples) commands.push_back(line);
  }
  EXPECT_GE(commands.size(), 11u);
  const std::string folder = scratch("folder");
  std::filesystem::create_directories(folder + "/examples");
  std::filesystem::copy_file(SADDLE_GAMES, folder + "/examples/games.txt",
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::copy_file(SADDLE_SOURCE "/examples/jacobian.txt", folder + "/examples/jacobian.txt",
                             std::filesystem::copy_options::overwrite_existing);
  for (const char* name : {"matrix.txt", "payoff.csv"}) std::ofstream(folder + "/" + name) << "0.5\n";
  std::ofstream(folder + "/jacobian.npy")
      << npy_test::array({1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, {4, 4}, 1, false, false);
  for (std::string command : commands) {
    for (std::size_t at; (at = command.find('\\')) != command.npos;) command.erase(at, 1);
    // Large diagrams are shown; small ones are as good for a test.
    for (std::size_t at; (at = command.find(":160")) != command.npos;) command.replace(at, 4, ":6");
    const finished r = shell("cd '" + folder + "' && '" SADDLE_PROGRAM "'" + command.substr(6) + " </dev/null");
    EXPECT_EQ(r.code, 0) << command << '\n' << r.err;
  }
}

} // namespace
