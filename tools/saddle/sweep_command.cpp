// saddle sweep: phase diagrams.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "command_files.hpp"
#include "commands.hpp"
#include "output_file.hpp"
#include "ranks.hpp"
#include "sweep.hpp"
#include "sweep_plot.hpp"

namespace tool {
namespace {

/// How far it is, on a terminal.
class progress_bar {
public:
  progress_bar(std::size_t done, std::size_t all, bool wanted)
      : done_(done), all_(all), shown_(wanted && isatty(STDERR_FILENO) == 1) {}
  ~progress_bar() {
    if (drawn_) fmt::print(stderr, "\r\033[K");
  }
  /// As many rows more; other ranks are believed to be as far as this one.
  void step(std::size_t rows) {
    done_ = std::min(done_ + rows, all_);
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

/// A sweep before it begins: what is computed, and where it goes.
struct prepared {
  sweep_plan plan;
  std::optional<picture> drawn;
  command_files files;
};

// A table on its way to a file, or to the standard output.
class table_output {
public:
  explicit table_output(const std::string& name) {
    if (name != "-") file_.emplace(name);
  }
  void write(std::string_view text) {
    if (file_) return file_->write(text);
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
      throw std::system_error(errno, std::generic_category());
  }
  void commit() {
    if (file_) file_->commit();
  }

private:
  std::optional<output_file> file_;
};

std::string rows_file(const sweep_options& o) { return o.output + ".rows"; }

bool wants_npy(const sweep_options& o) { return o.output.ends_with(".npy"); }

void write_table(const sweep_options& o, const sweep_plan& plan, const std::vector<sweep_row>& rows, unsigned threads) {
  table_output out(o.output);
  each_piece(plan, wants_npy(o), rows, threads, [&](std::string_view piece) { out.write(piece); });
  out.commit();
}

// A table of millions of cells is written as it is computed. Memory that was never touched before costs a page fault every
// few hundred cells, which together took as long as 200 steps of them: here it is used again.
void sweep_in_passing(const sweep_options& o, const sweep_plan& plan, unsigned threads) {
  table_output out(o.output);
  progress_bar bar(0, plan.rows(), true);
  const auto begin = [&] {
    return
        [maker = std::make_shared<row_maker>(plan)](std::size_t row) -> const sweep_row& { return maker->make(row); };
  };
  write_pieces(plan, wants_npy(o), threads, begin, [&](std::string_view text, std::size_t rows) {
    out.write(text);
    bar.step(rows);
  });
  out.commit();
}

prepared prepare(const sweep_options& o) {
  require_dynamics(o.rule);
  rule_options written = o.steps;
  const chosen_game game = choose_game(o.game, written);
  const sweep_method method = o.method == "prediction"   ? sweep_method::prediction
                              : o.method == "simulation" ? sweep_method::simulation
                                                         : sweep_method::both;
  if (o.look_at == "end" && method != sweep_method::simulation)
    throw usage_error{"--look end goes with --by simulation alone: it sees less than a prediction says"};
  prepared r{plan_sweep(game, o.rule, written, method, static_cast<std::uint64_t>(o.count),
                        o.look_at == "end" ? look::at_end : look::closely),
             {},
             {}};
  if (!o.plot.empty() && !r.plan.has_y()) throw usage_error{"--plot: a diagram needs two ranges; one is a table"};
  if (o.resume && (o.output == "-" || !is_file(o.output)))
    throw usage_error{"--resume needs --output: the finished rows are kept beside that file"};
  if (!game.file.empty()) r.files.reads("--game", game.file);
  r.files.writes("--output", o.output);
  if (o.resume) r.files.writes("--resume", rows_file(o));
  if (!o.plot.empty()) r.files.writes("--plot", r.drawn.emplace(o.plot), o.output);
  return r;
}

// All of a sweep but the part of the ranks behind the first, which compute and hand over.
void sweep_on(const ranks& job, const sweep_options& o, const prepared& with, row_store* store) {
  const sweep_plan& plan = with.plan;
  std::vector<sweep_row> rows = store != nullptr ? store->found() : std::vector<sweep_row>{};
  std::size_t done = 0;
  for (const sweep_row& row : rows) done += row.empty() ? 0 : 1;
  const unsigned threads = o.threads > 0 ? o.threads : std::max(1u, std::thread::hardware_concurrency());
  // Nobody needs the rows again, and there are so many that to keep them takes longer than to compute them.
  constexpr std::size_t many = std::size_t{1} << 16;
  if (job.count() == 1 && store == nullptr && o.plot.empty() && plan.method == sweep_method::simulation &&
      plan.rows() * plan.columns() >= many)
    return sweep_in_passing(o, plan, threads);
  {
    progress_bar bar(done, plan.rows(), job.first());
    const auto finished = [&](std::size_t row, const sweep_row& cells) {
      if (store != nullptr) store->add(row, cells);
      bar.step(job.count());
    };
    rows = compute_sweep(plan, std::move(rows), threads, finished, job.own(), job.count());
  }
  job.gather(plan, rows);
  if (!job.first()) return;
  write_table(o, plan, rows, threads);
  if (with.drawn) plot_sweep(*with.drawn, plan, rows);
  if (store != nullptr) store->remove();
  if (plan.method == sweep_method::both) {
    const std::size_t apart = disagreements(rows), all = plan.rows() * plan.columns();
    fmt::print(stderr, "prediction and simulation disagree in {} of {} cells\n", apart, all);
  }
}

} // namespace

int sweep(const sweep_options& o) {
  if (o.ranks && o.resume) throw usage_error{"--ranks and --resume exclude each other: rows are kept by one process"};
  const ranks job(o.ranks);
  std::optional<prepared> with;
  std::unique_ptr<row_store> store;
  // Whatever is wrong, the first rank says so and the others leave with it.
  std::exception_ptr wrong;
  try {
    with.emplace(prepare(o));
    if (job.first()) with->files.require_writable();
    if (o.resume) store = std::make_unique<row_store>(rows_file(o), with->plan, true);
  } catch (...) { wrong = std::current_exception(); }
  if (job.first() && wrong) {
    job.agreed(false);
    std::rethrow_exception(wrong);
  }
  if (!job.agreed(true) || wrong) return bad_input;
  sweep_on(job, o, *with, store.get());
  return good;
}

} // namespace tool
