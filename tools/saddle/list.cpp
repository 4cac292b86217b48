// saddle list: what the registry holds.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <saddle/saddle.hpp>

#include "catalogue.hpp"
#include "commands.hpp"
#include "shipped.hpp"

namespace tool {
namespace {

using point = saddle::point<double, 1, 1>;

void list_dynamics() {
  constexpr std::string_view row = "{:>3}  {:<13} {:<7} {:<11} {:>6} {:>9} {:>7} {:>7}  {:<9} {}\n";
  fmt::print(fmt::runtime(row), "id", "name", "symbol", "parameters", "fields", "products", "solves", "memory",
             "bilinear", "source");
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    std::string parameters;
    for (const char* p : saddle::parameters_t<Rule, point>::names)
      parameters += (parameters.empty() ? "" : ", ") + std::string(p);
    constexpr saddle::facts f = Rule::about;
    fmt::print(fmt::runtime(row), entry.id, entry.name, f.symbol, parameters, f.field_evaluations, f.products, f.solves,
               f.memory, f.converges_bilinear ? "converges" : "no", f.source);
  });
  fmt::print(
      "\nfields, products, solves: evaluations of F, of J·v or Jᵀ·v, and equations solved a step; memory: points "
      "kept beside the\niterate; bilinear: whether some step size converges on every bilinear game.\n");
}

// The names of one kind in the registry.
std::vector<std::pair<int, std::string_view>> games_of_registry() {
  std::vector<std::pair<int, std::string_view>> r;
  saddle::registry::all_games::each([&](auto game) { r.emplace_back(game.id, game.name); });
  return r;
}

std::vector<std::pair<int, std::string_view>> models_of_registry() {
  std::vector<std::pair<int, std::string_view>> r;
  for (const saddle::registry::model& m : saddle::registry::all_models) r.emplace_back(m.id, m.name);
  return r;
}

// With what --game takes of each.
void list_families(const std::vector<std::pair<int, std::string_view>>& entries) {
  for (const auto& [id, name] : entries) {
    const family* f = find_family(name);
    if (f == nullptr) {
      fmt::print("{:>3}  {}\n", id, name);
      continue;
    }
    fmt::print("{:>3}  {:<21} {} ({})\n", id, name, f->about, f->source);
    for (const parameter& p : f->parameters)
      fmt::print("       {:<19} {}\n", fmt::format("{}={:g}", p.name, p.value), p.meaning);
    if (f->has_loss) fmt::print("       {:<19} or non_saturating, wasserstein\n", "loss=saturating");
  }
}

void list_dimensions() {
  fmt::print("{:>3} {:>3}\n", "P", "Q");
  for (const auto& [p, q] : dimensions()) fmt::print("{:>3} {:>3}\n", p, q);
}

void list_isas() {
  for (const std::string_view name : isas()) fmt::print("{}\n", name);
}

} // namespace

int list(const std::string& what) {
  if (what == "dynamics") list_dynamics();
  else if (what == "games") list_families(games_of_registry());
  else if (what == "models") list_families(models_of_registry());
  else if (what == "isas") list_isas();
  else list_dimensions();
  return good;
}

} // namespace tool
