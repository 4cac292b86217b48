/// The C interface: checks arguments, finds the kernel, calls it.
#include <cstdint>
#include <cstring>

#include <saddle/status.hpp>

#include "dispatch.hpp"

namespace {

// The two lists of endings are one: a kernel's status crosses the wall as a byte.
template <saddle::status Ours, saddle_status Theirs> constexpr bool same = static_cast<int>(Ours) == Theirs;
static_assert(same<saddle::status::ok, SADDLE_OK>);
static_assert(same<saddle::status::converged, SADDLE_CONVERGED>);
static_assert(same<saddle::status::not_converged, SADDLE_NOT_CONVERGED>);
static_assert(same<saddle::status::diverged, SADDLE_DIVERGED>);
static_assert(same<saddle::status::non_finite, SADDLE_NON_FINITE>);
static_assert(same<saddle::status::singular, SADDLE_SINGULAR>);
static_assert(same<saddle::status::unsolved, SADDLE_UNSOLVED>);
static_assert(same<saddle::status::bad_argument, SADDLE_BAD_ARGUMENT>);

constexpr size_t line = 64; // bytes of a block's share of one scalar

size_t size_of(saddle_scalar scalar) { return scalar == SADDLE_FLOAT ? sizeof(float) : sizeof(double); }
bool known(saddle_scalar scalar) { return scalar == SADDLE_FLOAT || scalar == SADDLE_DOUBLE; }

/// Whether a pointer may hold scalars of this type. No more is asked: kernels load and store without alignment.
bool aligned(const void* p, saddle_scalar scalar) {
  return reinterpret_cast<uintptr_t>(p) % (scalar == SADDLE_FLOAT ? alignof(float) : alignof(double)) == 0;
}

/// Whether `games` rows of `row` scalars have a size: their blocks, in bytes, fit a size_t.
bool countable(saddle_scalar scalar, size_t row, size_t games) {
  const size_t b = line / size_of(scalar);
  if (games > SIZE_MAX - (b - 1)) return false;
  const size_t blocks = (games + b - 1) / b;
  return blocks == 0 || row <= SIZE_MAX / line / blocks;
}

/// The byte of scalar `s` of row `g` in blocks of rows of `row` scalars.
size_t place(size_t size, size_t row, size_t g, size_t s) {
  const size_t games = line / size;
  return g / games * row * line + s * line + g % games * size;
}

size_t stride(const saddle_blocks& blocks, size_t row, size_t games_a_block) {
  return blocks.shared ? 0 : row * games_a_block;
}

bool known(const saddle_spectral_problem* problem) { return problem != nullptr && known(problem->scalar); }

/// Checks what every call takes, finds the kernel and fills in the call.
saddle_status prepare(const saddle_problem* problem, saddle_blocks game, void* states, size_t games,
                      saddle_kernel_call& call, const saddle_kernel*& kernel) {
  if (problem == nullptr || !known(problem->scalar)) return SADDLE_BAD_ARGUMENT;
  if (games > 0 && (game.data == nullptr || states == nullptr)) return SADDLE_BAD_ARGUMENT;
  if (!aligned(game.data, problem->scalar) || !aligned(states, problem->scalar)) return SADDLE_BAD_ARGUMENT;
  kernel = saddle_dispatch::find(*problem);
  if (kernel == nullptr) return SADDLE_NOT_AVAILABLE;
  const size_t rows[] = {kernel->game_scalars, kernel->parameter_scalars, kernel->state_scalars};
  for (const size_t row : rows)
    if (!countable(problem->scalar, row, games)) return SADDLE_BAD_ARGUMENT;
  call.game = game.data;
  call.game_stride = stride(game, kernel->game_scalars, line / size_of(problem->scalar));
  call.states = states;
  call.games = games;
  return SADDLE_OK;
}

/// The same for a call that steps.
saddle_status prepare(const saddle_problem* problem, saddle_blocks game, saddle_blocks parameters, void* states,
                      size_t games, const saddle_report* report, saddle_kernel_call& call,
                      const saddle_kernel*& kernel) {
  if (games > 0 && parameters.data == nullptr) return SADDLE_BAD_ARGUMENT;
  const saddle_status status = prepare(problem, game, states, games, call, kernel);
  if (status != SADDLE_OK) return status;
  if (!aligned(parameters.data, problem->scalar)) return SADDLE_BAD_ARGUMENT;
  call.parameters = parameters.data;
  call.parameter_stride = stride(parameters, kernel->parameter_scalars, line / size_of(problem->scalar));
  call.report = report;
  return SADDLE_OK;
}

} // namespace

extern "C" {

int saddle_version(void) { return SADDLE_VERSION_NUMBER; }

const char* saddle_isa_name(void) { return saddle_dispatch::current().name; }

size_t saddle_available_isas(const char** names, size_t capacity) {
  const saddle_dispatch::isa_list all = saddle_dispatch::built();
  size_t count = 0;
  for (size_t i = 0; i < all.count; ++i) {
    if (!all.entries[i].supported()) continue;
    if (names != nullptr && count < capacity) names[count] = all.entries[i].name;
    ++count;
  }
  return count;
}

saddle_status saddle_select_isa(const char* name) {
  return saddle_dispatch::select(name) ? SADDLE_OK : SADDLE_NOT_AVAILABLE;
}

saddle_status saddle_problem_sizes(const saddle_problem* problem, saddle_sizes* sizes) {
  if (problem == nullptr || sizes == nullptr || !known(problem->scalar)) return SADDLE_BAD_ARGUMENT;
  const saddle_kernel* kernel = saddle_dispatch::find(*problem);
  if (kernel == nullptr) return SADDLE_NOT_AVAILABLE;
  *sizes = {kernel->game_scalars, kernel->parameter_scalars, kernel->state_scalars};
  return SADDLE_OK;
}

size_t saddle_block_memory(saddle_scalar scalar, size_t row, size_t games) {
  if (!known(scalar) || !countable(scalar, row, games)) return 0;
  const size_t b = line / size_of(scalar);
  return (games + b - 1) / b * b * row;
}

saddle_status saddle_pack(saddle_scalar scalar, size_t row, const void* rows, size_t games, void* blocks) {
  if (!known(scalar) || !countable(scalar, row, games)) return SADDLE_BAD_ARGUMENT;
  if (games > 0 && row > 0 && (rows == nullptr || blocks == nullptr)) return SADDLE_BAD_ARGUMENT;
  const size_t size = size_of(scalar), b = line / size, padded = (games + b - 1) / b * b;
  const auto* from = static_cast<const unsigned char*>(rows);
  auto* to = static_cast<unsigned char*>(blocks);
  for (size_t g = 0; g < padded; ++g)
    for (size_t s = 0; s < row; ++s) {
      unsigned char* target = to + place(size, row, g, s);
      if (g < games) std::memcpy(target, from + (g * row + s) * size, size);
      else std::memset(target, 0, size);
    }
  return SADDLE_OK;
}

saddle_status saddle_pack_shared(saddle_scalar scalar, size_t row, const void* one, void* block) {
  if (!known(scalar) || !countable(scalar, row, 1) || one == nullptr || block == nullptr) return SADDLE_BAD_ARGUMENT;
  const size_t size = size_of(scalar);
  for (size_t g = 0; g < line / size; ++g)
    for (size_t s = 0; s < row; ++s)
      std::memcpy(static_cast<unsigned char*>(block) + place(size, row, g, s),
                  static_cast<const unsigned char*>(one) + s * size, size);
  return SADDLE_OK;
}

saddle_status saddle_unpack(saddle_scalar scalar, size_t row, const void* blocks, size_t games, void* rows) {
  if (!known(scalar) || !countable(scalar, row, games)) return SADDLE_BAD_ARGUMENT;
  if (games > 0 && row > 0 && (rows == nullptr || blocks == nullptr)) return SADDLE_BAD_ARGUMENT;
  const size_t size = size_of(scalar);
  for (size_t g = 0; g < games; ++g)
    for (size_t s = 0; s < row; ++s)
      std::memcpy(static_cast<unsigned char*>(rows) + (g * row + s) * size,
                  static_cast<const unsigned char*>(blocks) + place(size, row, g, s), size);
  return SADDLE_OK;
}

saddle_status saddle_start(const saddle_problem* problem, saddle_blocks game, void* states, size_t games) {
  saddle_kernel_call call{};
  const saddle_kernel* kernel = nullptr;
  const saddle_status status = prepare(problem, game, states, games, call, kernel);
  return status == SADDLE_OK ? kernel->start(&call) : status;
}

saddle_status saddle_run(const saddle_problem* problem, saddle_blocks game, saddle_blocks parameters, void* states,
                         size_t games, uint64_t steps, const saddle_report* report) {
  saddle_kernel_call call{};
  const saddle_kernel* kernel = nullptr;
  const saddle_status status = prepare(problem, game, parameters, states, games, report, call, kernel);
  if (status != SADDLE_OK) return status;
  call.steps = steps;
  return kernel->run(&call);
}

saddle_status saddle_run_until(const saddle_problem* problem, saddle_blocks game, saddle_blocks parameters,
                               void* states, size_t games, const saddle_limits* stop, const saddle_report* report) {
  if (stop == nullptr) return SADDLE_BAD_ARGUMENT;
  saddle_kernel_call call{};
  const saddle_kernel* kernel = nullptr;
  const saddle_status status = prepare(problem, game, parameters, states, games, report, call, kernel);
  if (status != SADDLE_OK) return status;
  call.stop = stop;
  return kernel->run_until(&call); // refuses limits that make no sense before it touches anything
}

saddle_status saddle_sweep(const saddle_problem* problem, const void* game, const void* start, saddle_blocks parameters,
                           void* states, size_t count, uint64_t steps, const saddle_report* report) {
  if (count > 0 && start == nullptr) return SADDLE_BAD_ARGUMENT;
  saddle_kernel_call call{};
  const saddle_kernel* kernel = nullptr;
  const saddle_status status = prepare(problem, {game, 1}, parameters, states, count, report, call, kernel);
  if (status != SADDLE_OK || count == 0) return status; // without sets of steps there may be no game either
  if (!aligned(start, problem->scalar)) return SADDLE_BAD_ARGUMENT;
  call.start = start;
  call.steps = steps;
  return kernel->sweep(&call);
}

size_t saddle_spectral_values(const saddle_spectral_problem* problem) {
  const saddle_spectral_kernel* kernel = known(problem) ? saddle_dispatch::find(*problem) : nullptr;
  return kernel == nullptr ? 0 : kernel->values;
}

saddle_status saddle_spectra(const saddle_spectral_problem* problem, const void* matrices, void* values, size_t count,
                             const saddle_spectral_report* report) {
  if (!known(problem)) return SADDLE_BAD_ARGUMENT;
  if (count > 0 && (matrices == nullptr || values == nullptr)) return SADDLE_BAD_ARGUMENT;
  if (!aligned(matrices, problem->scalar) || !aligned(values, problem->scalar)) return SADDLE_BAD_ARGUMENT;
  const saddle_spectral_kernel* kernel = saddle_dispatch::find(*problem);
  if (kernel == nullptr) return SADDLE_NOT_AVAILABLE;
  const size_t matrix = size_t{problem->n} * problem->n;
  if (!countable(problem->scalar, matrix, count) || !countable(problem->scalar, kernel->values, count))
    return SADDLE_BAD_ARGUMENT;
  const saddle_spectral_call call{matrices, values, count, report};
  return kernel->compute(&call);
}

} // extern "C"
