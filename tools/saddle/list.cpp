// saddle list: what the registry holds.
#include <memory>
#include <string>

#include <fmt/format.h>
#include <saddle/saddle.hpp>

#include "commands.hpp"
#include "shipped.hpp"

namespace tool {
namespace {

using point = saddle::point<double, 1, 1>;

void list_dynamics() {
  constexpr std::string_view row = "{:>3}  {:<13} {:<7} {:<11} {:>6} {:>9} {:>7} {:>7}  {:<9} {}\n";
  fmt::print(fmt::runtime(row), "id", "name", "symbol", "parameters", "fields", "products", "solves", "memory",
             "bilinear", "source");
  saddle::registry::each_dynamics([&]<class Rule>(int id, const char* name) {
    std::string parameters;
    for (const char* p : saddle::parameters_t<Rule, point>::names)
      parameters += (parameters.empty() ? "" : ", ") + std::string(p);
    constexpr saddle::facts f = Rule::about;
    fmt::print(fmt::runtime(row), id, name, f.symbol, parameters, f.field_evaluations, f.products, f.solves, f.memory,
               f.converges_bilinear ? "converges" : "no", f.source);
  });
  fmt::print(
      "\nfields, products, solves: evaluations of F, of J·v or Jᵀ·v, and equations solved a step; memory: points "
      "kept beside the\niterate; bilinear: whether some step size converges on every bilinear game.\n");
}

void list_games() {
  fmt::print("{:>3}  {}\n", "id", "name");
#define SADDLE_DYNAMICS(id, name)
#define SADDLE_GAME(id, name) fmt::print("{:>3}  {}\n", id, #name);
#define SADDLE_SPECTRAL(id, name)
#define SADDLE_DIMENSIONS(P, Q)
#include <saddle/registry.def>
#undef SADDLE_DYNAMICS
#undef SADDLE_GAME
#undef SADDLE_SPECTRAL
#undef SADDLE_DIMENSIONS
}

void list_models() {
  fmt::print("{:>3}  {}\n", "id", "name");
#define SADDLE_DYNAMICS(id, name)
#define SADDLE_GAME(id, name)
#define SADDLE_MODEL(id, name) fmt::print("{:>3}  {}\n", id, #name);
#define SADDLE_SPECTRAL(id, name)
#define SADDLE_DIMENSIONS(P, Q)
#include <saddle/registry.def>
#undef SADDLE_DYNAMICS
#undef SADDLE_GAME
#undef SADDLE_MODEL
#undef SADDLE_SPECTRAL
#undef SADDLE_DIMENSIONS
}

void list_dimensions() {
  fmt::print("{:>3} {:>3}\n", "P", "Q");
  for (const auto& [p, q] : dimensions()) fmt::print("{:>3} {:>3}\n", p, q);
}

} // namespace

void add_list(CLI::App& app, int& exit_status) {
  auto what = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("list", "Show what the library ships");
  command->add_option("WHAT", *what, "dynamics, games, models or dimensions")
      ->required()
      ->check(CLI::IsMember({"dynamics", "games", "models", "dimensions"}));
  command->callback([what, &exit_status] {
    if (*what == "dynamics") list_dynamics();
    else if (*what == "games") list_games();
    else if (*what == "models") list_models();
    else list_dimensions();
    exit_status = good;
  });
}

} // namespace tool
