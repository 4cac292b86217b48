// The compiled kernels behind the C interface, where the program has them.
#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include <saddle/registry.hpp>

#ifdef SADDLE_TOOL_KERNELS
#include <saddle/saddle.h>
#endif

#include "block_kernels.hpp"
#include "game_choice.hpp"
#include "shipped.hpp"

namespace tool {

#ifdef SADDLE_TOOL_KERNELS
namespace {

void require(saddle_status s) {
  if (s != SADDLE_OK) throw std::logic_error("a compiled kernel refused its arguments");
}

class by_c_interface final : public block_kernels {
public:
  by_c_interface(const saddle_problem& problem, const saddle_sizes& sizes, bool solves) : problem_(problem) {
    step_scalars = sizes.parameters;
    state_scalars = sizes.state;
    can_fail = solves;
  }

  void start(const tile& t) const override {
    constexpr std::size_t block = 64 / sizeof(double);
    const std::size_t point = block * (problem_.p + problem_.q);
    for (std::size_t k = 0; k < t.games / block; ++k)
      std::copy_n(t.points + k * point, point, t.states + k * block * state_scalars);
    require(saddle_start(&problem_, {t.game, 0}, t.states, t.games));
  }
  void run(const tile& t, std::uint64_t steps) const override {
    static_assert(sizeof(saddle::status) == 1);
    const saddle_report report{reinterpret_cast<std::uint8_t*>(t.status), nullptr, nullptr};
    require(saddle_run(&problem_, {t.game, 0}, {t.steps, 0}, t.states, t.games, steps,
                       t.status != nullptr ? &report : nullptr));
  }

private:
  saddle_problem problem_;
};

} // namespace

std::unique_ptr<block_kernels> compiled_kernels(std::string_view rule, game_kind kind, std::size_t p, std::size_t q) {
  saddle_problem problem{SADDLE_DYNAMICS_SIMULTANEOUS,
                         kind == game_kind::bilinear ? SADDLE_GAME_BILINEAR : SADDLE_GAME_QUADRATIC, SADDLE_DOUBLE,
                         static_cast<unsigned>(p), static_cast<unsigned>(q)};
  bool solves = false;
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if (rule != entry.name) return;
    problem.dynamics = static_cast<saddle_dynamics>(entry.id);
    solves = Rule::about.solves > 0;
  });
  saddle_sizes sizes;
  if (saddle_problem_sizes(&problem, &sizes) != SADDLE_OK) return nullptr;
  return std::make_unique<by_c_interface>(problem, sizes, solves);
}

std::vector<std::string_view> compiled_isas() {
  std::vector<const char*> names(saddle_available_isas(nullptr, 0));
  saddle_available_isas(names.data(), names.size());
  return {names.begin(), names.end()};
}

namespace {
bool select_compiled(std::string_view name) { return saddle_select_isa(std::string(name).c_str()) == SADDLE_OK; }
} // namespace

#else

std::unique_ptr<block_kernels> compiled_kernels(std::string_view, game_kind, std::size_t, std::size_t) {
  return nullptr;
}
std::vector<std::string_view> compiled_isas() { return {}; }

namespace {
bool select_compiled(std::string_view) { return false; }
} // namespace

#endif

namespace {
std::string forced;
} // namespace

bool force_isa(std::string_view name) {
  if (!select_compiled(name) && name != isa()) return false;
  forced = name;
  return true;
}

std::string_view forced_isa() { return forced; }

void require_own_isa(std::string_view what) {
  if (forced.empty() || forced == isa()) return;
  throw usage_error{
      fmt::format("--isa {}: no compiled kernel does {}; the program itself is compiled for {}", forced, what, isa())};
}

} // namespace tool
