// The arguments of all subcommands. One file: every one that includes the parser takes as long to compile as ten others.
#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <sstream>
#include <type_traits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "block_kernels.hpp"
#include "commands.hpp"
#include "completion.hpp"
#include "nearest.hpp"
#include "number.hpp"
#include "shipped.hpp"

namespace tool {
namespace {

/// A subcommand that calls `call` with its options set to what its own arguments say.
template <class Options, class Run> CLI::App* command(CLI::App& app, int& status, const char* name, const char* about,
                                                      std::shared_ptr<Options> o, Run call) {
  CLI::App* c = app.add_subcommand(name, about);
  c->callback([=, &status] { status = guarded(name, [&] { return call(*o); }); });
  return c;
}

template <class Names> CLI::IsMember one_of(const Names& names) {
  return CLI::IsMember(std::vector<std::string>(std::begin(names), std::end(names)));
}

// Numbers of all options go through the reader that files have: the parser's own takes nan, inf, 0x10 and 010.
using number_check = std::string (*)(double);

std::string any_number(double) { return ""; }
std::string not_negative(double x) { return x >= 0 ? "" : "is negative"; }
std::string positive(double x) { return x > 0 ? "" : "is not positive"; }
std::string share(double x) { return x >= 1e-300 && x <= 0.5 ? "" : "is not between 0 and 0.5"; }

double number_of(const std::string& option, const std::string& text, number_check check) {
  double value = 0;
  std::string wrong = read_number(text, value);
  if (wrong.empty() && !check(value).empty()) wrong = quoted_text(text) + " " + check(value);
  if (!wrong.empty()) throw CLI::ValidationError(option, wrong);
  return value;
}

CLI::Option* add_number(CLI::App& c, const std::string& name, double& to, const std::string& about,
                        number_check check) {
  const auto take = [&to, name, check](const std::string& text) { to = number_of(name, text, check); };
  return c.add_option_function<std::string>(name, take, about)->type_name("FLOAT");
}

template <class Integer> CLI::Option* add_whole_number(CLI::App& c, const std::string& name, Integer& to,
                                                       const std::string& about, std::int64_t most) {
  const auto take = [&to, name, most](const std::string& text) {
    std::int64_t value = 0;
    if (const std::string wrong = read_whole_number(text, 1, most, value); !wrong.empty())
      throw CLI::ValidationError(name, wrong);
    to = static_cast<Integer>(value);
  };
  return c.add_option_function<std::string>(name, take, about)->type_name(std::is_signed_v<Integer> ? "INT" : "UINT");
}

constexpr std::int64_t any_count = std::numeric_limits<std::int64_t>::max();

const std::vector<std::string_view> listable{"dynamics", "games", "models", "isas", "dimensions"};

// Names that completion offers and the command checks for itself, to suggest the nearest.
void offer(const CLI::Option* option, const std::vector<std::string_view>& names, choices& to) {
  to[option].assign(names.begin(), names.end());
}

void add_compare(CLI::App& app, int& status) {
  auto o = std::make_shared<compare_options>();
  CLI::App* c = command(app, status, "compare", "Run every dynamics on the games of a file and compare", o, compare);
  c->add_option("FILE", o->file, "games, in the format of docs/games-format.md")->required();
  add_number(*c, "--tolerance", o->tolerance,
             "share of the first distance to the equilibrium at which a run has arrived (default: 1e-8, for float "
             "1e-4)",
             share)
      ->type_name("FLOAT:between 0 and 0.5");
  c->add_option("--type", o->type, "number type of the runs")
      ->check(CLI::IsMember({"double", "float"}))
      ->capture_default_str();
  c->add_option("--steps", o->steps,
                "steps of the theorems as published, or the sharper derived ones where there are any")
      ->check(CLI::IsMember({"published", "derived"}))
      ->capture_default_str();
  c->add_flag("--json", o->json, "print JSON instead of a table");
  c->add_flag("--no-timing", o->no_timing, "skip the clock: same output on every run");
}

void add_list(CLI::App& app, int& status) {
  auto what = std::make_shared<std::string>();
  CLI::App* c = command(app, status, "list", "Show what the library ships", what, list);
  c->add_option("WHAT", *what, "dynamics, games, models, isas or dimensions")->required()->check(one_of(listable));
}

void add_game_option(CLI::App& c, std::vector<std::string>& to, choices& offered) {
  std::vector<std::string_view> names;
  for (const family& f : families()) names.push_back(f.name);
  offer(c.add_option("--game", to,
                     "NAME and its parameters as NAME=VALUE, from 'saddle list games' and 'models'; or FILE:GAME, a "
                     "game of a file")
            ->required()
            ->expected(1, 64),
        names, offered);
}

void add_rule_options(CLI::App& c, std::string& rule, rule_options& to, choices& offered) {
  offer(c.add_option("--dynamics", rule, "the rule, from 'saddle list dynamics'")->required(), dynamics_names(),
        offered);
  c.add_option("--eta", to.eta, "step size of all players");
  c.add_option("--eta-theta", to.eta_theta, "step size of theta, the generator");
  c.add_option("--eta-omega", to.eta_omega, "step size of omega, the discriminator");
  c.add_option("--gamma", to.gamma, "second parameter of rules that have one");
  c.add_option("--gamma-theta", to.gamma_theta, "the same for theta only");
  c.add_option("--gamma-omega", to.gamma_omega, "the same for omega only");
}

void add_run(CLI::App& app, int& status, choices& offered) {
  auto o = std::make_shared<run_options>();
  CLI::App* c = command(app, status, "run", "Run one of the dynamics on a game and watch it", o, run);
  add_game_option(*c, o->game, offered);
  add_rule_options(*c, o->rule, o->steps, offered);
  add_whole_number(*c, "--steps", o->count, "steps to take, at the most", any_count);
  add_number(*c, "--tol", o->tolerance, "|F| at which the run has arrived; exit status 1 if it does not", not_negative)
      ->type_name("FLOAT:NONNEGATIVE");
  // Parted here: the parser drops what is empty between commas.
  const auto start = [o](const std::vector<std::string>& all) {
    for (const std::string& text : all)
      for (std::size_t begin = 0, end = 0; end != text.npos; begin = end + 1) {
        end = text.find(',', begin);
        o->start.push_back(number_of("--start", text.substr(begin, end - begin), any_number));
      }
  };
  c->add_option_function<std::vector<std::string>>("--start", start, "coordinates to begin at, theta first")
      ->type_name("FLOAT");
  c->add_option("--trajectory", o->trajectory, "write the iterates as CSV to this file, or - for here");
  add_whole_number(*c, "--stride", o->stride, "write every n-th iterate", any_count);
  c->add_option("--plot", o->plot, "draw the run: a file that ends in .png or .svg");
  c->add_flag("--json", o->json, "print JSON");
  c->footer("Examples:\n  saddle run --game bilinear sigma=2 --dynamics optimistic --eta 0.1 --tol 1e-8\n"
            "  saddle run --game dirac_gan r1=0.5 --dynamics alternating --eta 0.1 --steps 500 --plot run.png\n"
            "  saddle run --game examples/games.txt:well-conditioned --dynamics predictive --eta 0.2 --gamma 0.2 "
            "--steps 100");
}

void add_spectrum(CLI::App& app, int& status, choices& offered) {
  auto o = std::make_shared<spectrum_options>();
  CLI::App* c =
      command(app, status, "spectrum", "Eigenvalues of small matrices, and what dynamics make of them", o, spectra);
  c->add_option("FILE", o->file, "matrices up to 32 x 32: text, CSV, Matrix Market or .npy; - is standard input")
      ->required();
  const auto sizes = [o](const std::vector<std::string>& all) {
    for (const std::string& text : all) {
      std::int64_t value = 0;
      if (const std::string wrong = read_whole_number(text, 0, any_count, value); !wrong.empty())
        throw CLI::ValidationError("--game", wrong);
      o->game.push_back(static_cast<std::size_t>(value));
    }
  };
  c->add_option_function<std::vector<std::string>>(
       "--game", sizes,
       "P,Q: the matrices are Jacobians of games of P + Q coordinates; adds stable and best steps of all dynamics")
      ->delimiter(',')
      ->expected(2)
      ->type_name("UINT");
  c->add_flag("--payoff", o->payoff, "the matrices are payoffs C of bilinear games");
  c->add_flag("--float", o->single, "compute in float");
  c->add_flag("--json", o->json, "print JSON");
  c->add_option("--plot", o->plot, "draw the eigenvalues: a file that ends in .png or .svg");
  offer(c->add_option("--dynamics", o->dynamics, "with --plot: draw the stable region of this rule"), dynamics_names(),
        offered);
  add_number(*c, "--eta", o->eta, "its step size", positive);
  add_number(*c, "--gamma", o->gamma, "its second parameter (default: eta)", not_negative);
  c->footer("Examples:\n  saddle spectrum matrix.txt\n  saddle spectrum jacobian.npy --game 2,2 --json\n"
            "  saddle spectrum payoff.csv --payoff --plot plane.png --dynamics optimistic --eta 0.2");
}

void add_sweep(CLI::App& app, int& status, choices& offered) {
  auto o = std::make_shared<sweep_options>();
  CLI::App* c =
      command(app, status, "sweep",
              "Phase diagrams: regimes and rates over one or two parameters or step sizes.\n"
              "A quantity is a number, a range FROM:TO:COUNT[:log] (the first along x, a second along y), or a list "
              "V1,V2,… (a panel each)",
              o, sweep);
  add_game_option(*c, o->game, offered);
  add_rule_options(*c, o->rule, o->steps, offered);
  c->add_option("--by", o->method, "predict from the linearisation, simulate, or both with disagreements marked")
      ->check(CLI::IsMember({"prediction", "simulation", "both"}))
      ->capture_default_str();
  add_whole_number(*c, "--steps", o->count, "steps of a simulation", any_count)->default_str(fmt::to_string(o->count));
  c->add_option("--look", o->look_at,
                "what a simulation looks at: |F| and the iterate on the way, or |F| at its end only, which is faster "
                "and does not see oscillations")
      ->check(CLI::IsMember({"way", "end"}))
      ->capture_default_str();
  add_whole_number(*c, "--threads", o->threads, "threads to use (default: all cores); the result is the same for any",
                   1024)
      ->type_name("UINT:INT in [1 - 1024]");
  c->add_option("--output", o->output, "write the table to this file, - for here; a .npy gets a NumPy array of records")
      ->capture_default_str();
  c->add_flag("--resume", o->resume, "keep finished rows beside the output, and go on where they end");
  c->add_flag("--ranks", o->ranks, "share the rows with the other ranks of an MPI job; rank 0 writes");
  c->add_option("--plot", o->plot, "draw the diagram: a file that ends in .png or .svg");
  c->footer(
      "Examples:\n  saddle sweep --game bilinear --dynamics optimistic --eta 0.05:0.7:14\n"
      "  saddle sweep --game quadratic a=0.05:2:100 b=0.2 --dynamics alternating --eta 0.1:2:100 --output q.csv --plot "
      "q-map.png\n"
      "  saddle sweep --game kernel_gan lambda=0.02:5:160:log sigma=0.5,1,2 eta_g=0.1 eta_d=0.02:2:160:log \\\n"
      "    --dynamics simultaneous --by both --steps 4000 --output kernel.csv --plot kernel-map.png");
}

void add_bench(CLI::App& app, int& status) {
  auto arguments = std::make_shared<std::vector<std::string>>();
  CLI::App* c =
      command(app, status, "bench", "Run the benchmark of the dynamics' steps and print its table", arguments, bench);
  c->add_option("ARGUMENTS", *arguments, "arguments of the benchmark program, after --");
  c->footer("Example:\n  saddle bench -- --benchmark_filter=optimistic");
}

void add_completion(CLI::App& app, int& status, const std::shared_ptr<choices>& offered) {
  auto shell = std::make_shared<std::string>();
  CLI::App* c = command(app, status, "completion", "Print what makes a shell complete these commands", shell,
                        [&app, offered](const std::string& name) { return print_completion(name, app, *offered); });
  c->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  c->footer("Examples:\n  saddle completion bash > ~/.local/share/bash-completion/completions/saddle\n"
            "  saddle completion fish > ~/.config/fish/completions/saddle.fish");
}

completed_option described(const CLI::Option& o, const choices& offered) {
  completed_option r;
  for (const std::string& name : o.get_lnames()) r.names.push_back("--" + name);
  for (const std::string& name : o.get_snames()) r.names.push_back("-" + name);
  r.about = o.get_description();
  r.flag = o.get_items_expected_max() == 0;
  if (const auto at = offered.find(&o); at != offered.end()) r.values = at->second;
  // The parser's own check of a list of words describes itself as TYPE:{one,two}.
  const std::string type = o.get_type_name();
  if (const std::size_t open = type.find('{'); r.values.empty() && open != type.npos)
    r.values = CLI::detail::split(type.substr(open + 1, type.rfind('}') - open - 1), ',');
  return r;
}

completed_command described(const CLI::App& app, const choices& offered) {
  completed_command r{app.get_name(), app.get_description(), {}};
  for (const CLI::Option* o : app.get_options()) r.options.push_back(described(*o, offered));
  return r;
}

void select_isa(const std::string& name) {
  if (force_isa(name)) return;
  std::string known;
  for (const std::string_view one : isas()) known += (known.empty() ? "" : ", ") + std::string(one);
  const char* without = compiled_isas().empty() ? "; this program was built without the compiled kernels" : "";
  throw CLI::ValidationError("--isa", quoted_text(name) + " is none of " + known + without);
}

} // namespace

int print_completion(const std::string& shell, const CLI::App& app, const choices& offered) {
  std::vector<completed_command> commands{described(app, offered)};
  for (const CLI::App* c : app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back(described(*c, offered));
  const std::string script = completion_script(shell, commands);
  std::fwrite(script.data(), 1, script.size(), stdout);
  return good;
}

namespace {

// One line, as for all bad input; what is not known suggests the nearest.
std::string complaint(const CLI::App& app, const CLI::ParseError& e) {
  const auto parsed = app.get_subcommands();
  const CLI::App& where = parsed.empty() ? app : *parsed.front();
  const std::string name = parsed.empty() ? "saddle" : "saddle " + where.get_name();
  const std::vector<std::string> extra = app.remaining(true);
  std::vector<std::string> known;
  if (extra.empty()) {
    if (parsed.empty() && e.get_name() == "RequiredError")
      return name + ": a command is missing; 'saddle --help' names them";
    std::string text = e.what();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return name + ": " + text;
  }
  const std::string& word = extra.front();
  const bool option = word.starts_with('-');
  if (option)
    for (const CLI::App* of : {&where, &app})
      for (const CLI::Option* o : of->get_options())
        for (const std::string& one : o->get_lnames()) known.push_back("--" + one);
  else if (parsed.empty())
    for (const CLI::App* c : app.get_subcommands([](const CLI::App*) { return true; })) known.push_back(c->get_name());
  const std::vector<std::string_view> words(known.begin(), known.end());
  const char* what = option ? "unknown option" : parsed.empty() ? "unknown command" : "unexpected argument";
  return name + ": " + what + " " + quoted_text(word) + did_you_mean(word, words);
}

} // namespace

int command_line(int argc, char** argv) {
  CLI::App app{"Saddle-point dynamics: what they do on your games, and how fast.", "saddle"};
  app.set_version_flag("--version", SADDLE_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  auto offered = std::make_shared<choices>();
  offer(app.add_option_function<std::string>("--isa", select_isa,
                                             "the instruction set to simulate on, from 'saddle list isas'")
            ->trigger_on_parse(),
        isas(), *offered);
  int status = good;
  add_bench(app, status);
  add_compare(app, status);
  add_completion(app, status, offered);
  add_list(app, status);
  add_run(app, status, *offered);
  add_spectrum(app, status, *offered);
  add_sweep(app, status, *offered);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0)
      return guarded("--help", [&] {
        std::ostringstream text;
        app.exit(e, text, text);
        fmt::print("{}", text.str());
        return good;
      });
    complain(complaint(app, e));
    return bad_input;
  }
  return status;
}

} // namespace tool
