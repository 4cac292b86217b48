// saddle sweep: phase diagrams.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "commands.hpp"
#include "output_file.hpp"
#include "sweep.hpp"
#include "sweep_plot.hpp"

namespace tool {
namespace {

struct options {
  std::vector<std::string> game;
  std::string rule, output = "-", plot, method = "prediction";
  rule_options steps;
  std::int64_t count = 1000;
  unsigned threads = 0;
  bool resume = false;
};

/// How far it is, on a terminal.
class progress_bar {
public:
  progress_bar(std::size_t done, std::size_t all) : done_(done), all_(all), shown_(isatty(STDERR_FILENO) == 1) {}
  ~progress_bar() {
    if (drawn_) fmt::print(stderr, "\r\033[K");
  }
  void step() {
    ++done_;
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    drawn_ = true;
    constexpr std::size_t width = 40;
    const std::size_t filled = width * done_ / all_;
    fmt::print(stderr, "\r[{}{}] {:3} %", std::string(filled, '#'), std::string(width - filled, ' '),
               100 * done_ / all_);
  }

private:
  std::size_t done_, all_;
  bool shown_, drawn_ = false;
  std::chrono::steady_clock::time_point last_{};
};

int run(const options& o) {
  require_dynamics(o.rule);
  rule_options written = o.steps;
  const chosen_game game = choose_game(o.game, written);
  const sweep_method method = o.method == "prediction"   ? sweep_method::prediction
                              : o.method == "simulation" ? sweep_method::simulation
                                                         : sweep_method::both;
  if (o.count < 1) throw usage_error{"--steps is a positive whole number"};
  const sweep_plan plan = plan_sweep(game, o.rule, written, method, static_cast<std::uint64_t>(o.count));
  if (!o.plot.empty() && !plan.has_y()) throw usage_error{"--plot: a diagram needs two ranges; one is a table"};
  if (o.resume && o.output == "-")
    throw usage_error{"--resume needs --output: the finished rows are kept beside that file"};
  // What cannot be written is found out before the work, not after it.
  if (!o.plot.empty()) {
    const picture probe(o.plot, 1, 1);
    if (probe.data == o.output) throw usage_error{fmt::format("--plot and --output both write {}", o.output)};
    output_file{probe.file};
  }
  if (o.output != "-") output_file{o.output};

  std::unique_ptr<row_store> store;
  if (o.resume) store = std::make_unique<row_store>(o.output + ".rows", plan, true);
  std::vector<sweep_row> known = store ? store->found() : std::vector<sweep_row>{};
  std::size_t done = 0;
  for (const sweep_row& row : known) done += row.empty() ? 0 : 1;
  const unsigned threads = o.threads > 0 ? o.threads : std::max(1u, std::thread::hardware_concurrency());
  std::vector<sweep_row> rows;
  {
    progress_bar bar(done, plan.rows());
    rows = compute_sweep(plan, std::move(known), threads, [&](std::size_t row, const sweep_row& cells) {
      if (store) store->add(row, cells);
      bar.step();
    });
  }
  const std::string table = sweep_csv(plan, rows);
  if (o.output == "-") {
    fmt::print("{}", table);
  } else {
    output_file out(o.output);
    out.write(table);
    out.commit();
  }
  if (!o.plot.empty()) plot_sweep(o.plot, plan, rows);
  if (store) store->remove();
  if (method == sweep_method::both) {
    const std::size_t apart = disagreements(rows), all = plan.rows() * plan.columns();
    fmt::print(stderr, "prediction and simulation disagree in {} of {} cells\n", apart, all);
  }
  return good;
}

} // namespace

void add_sweep(CLI::App& app, int& exit_status) {
  auto o = std::make_shared<options>();
  CLI::App* command = app.add_subcommand(
      "sweep", "Phase diagrams: regimes and rates over one or two parameters or step sizes.\n"
               "A quantity is a number, a range FROM:TO:COUNT[:log] (the first along x, a second along y), or a list "
               "V1,V2,… (a panel each)");
  add_game_option(*command, o->game);
  command->add_option("--dynamics", o->rule, "the rule, from 'saddle list dynamics'")->required();
  add_step_options(*command, o->steps);
  command->add_option("--by", o->method, "predict from the linearisation, simulate, or both with disagreements marked")
      ->check(CLI::IsMember({"prediction", "simulation", "both"}))
      ->capture_default_str();
  command->add_option("--steps", o->count, "steps of a simulation")->capture_default_str();
  command->add_option("--threads", o->threads, "threads to use (default: all cores); the result is the same for any")
      ->check(CLI::Range(1, 1024));
  command->add_option("--output", o->output, "write the table to this file, - for here")->capture_default_str();
  command->add_flag("--resume", o->resume, "keep finished rows beside the output, and go on where they end");
  command->add_option("--plot", o->plot, "draw the diagram: a file that ends in .png or .svg");
  command->footer(
      "Examples:\n  saddle sweep --game bilinear --dynamics optimistic --eta 0.05:0.7:14\n"
      "  saddle sweep --game quadratic a=0.05:2:100 b=0.2 --dynamics alternating --eta 0.1:2:100 --output q.csv --plot "
      "q-map.png\n"
      "  saddle sweep --game kernel_gan lambda=0.02:5:160:log sigma=0.5,1,2 eta_g=0.1 eta_d=0.02:2:160:log \\\n"
      "    --dynamics simultaneous --by both --steps 4000 --output kernel.csv --plot kernel-map.png");
  command->callback([o, &exit_status] { exit_status = guarded("sweep", [&] { return run(*o); }); });
}

} // namespace tool
