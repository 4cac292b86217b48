/* Plays the games of shop.hpp with the rules optimistic and cautious on each instruction set in turn, and holds every
 * trajectory against the same game written down here as plain loops, one game at a time. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <lab.h>
#include <shop.h>

enum { games = 19, steps = 200, blocks = 3, lanes = 8 };

/* F of the two games at P = 2, Q = 1. */
static void pricing(double cost, const double* z, double* f) {
  f[0] = z[0] - cost + z[2];
  f[1] = z[1] - cost + z[2];
  f[2] = z[2] - (z[0] + z[1]);
}
static void duel(double stake, const double* z, double* f) {
  f[0] = stake * z[2];
  f[1] = 2 * stake * z[2];
  f[2] = -stake * (z[0] + 2 * z[1]);
}
typedef void field(double, const double*, double*);

/* z - eta F, z - eta (2 F - F before), on plain numbers. */
static void alone(saddle_dynamics rule, field* of, double game, double eta, double* z) {
  double f[3], before[3];
  of(game, z, before);
  for (int s = 0; s < steps; ++s) {
    of(game, z, f);
    for (int i = 0; i < 3; ++i) {
      z[i] -= rule == SHOP_DYNAMICS_CAUTIOUS ? eta / 2 * f[i] : eta * (2 * f[i] - before[i]);
      before[i] = f[i];
    }
  }
}

static double number(int i) { return 0.25 + i * 0.375; }

/* The states of all games after the run, in rows of row.state; negative where a call was refused. */
static int together(const saddle_problem* problem, double eta, int count, double* rows, size_t* row) {
  static double game[blocks * lanes], state[blocks * lanes * 8], step[2 * lanes], numbers[games];
  const double etas[] = {eta, eta};
  const saddle_blocks of_game = {game, 0}, of_step = {step, 1};
  saddle_sizes sizes;
  int i;
  if (shop_problem_sizes(problem, &sizes) != SADDLE_OK || sizes.game != 1 || sizes.parameters != 2) return -1;
  for (i = 0; i < count; ++i) numbers[i] = number(i);
  for (i = 0; i < count * (int)sizes.state; ++i)
    rows[i] = i % (int)sizes.state < 3 ? 1 - 0.5 * (i % (int)sizes.state) : 0;
  if (shop_pack(SADDLE_DOUBLE, 1, numbers, count, game) != SADDLE_OK) return -2;
  if (shop_pack(SADDLE_DOUBLE, sizes.state, rows, count, state) != SADDLE_OK) return -3;
  if (shop_pack_shared(SADDLE_DOUBLE, 2, etas, step) != SADDLE_OK) return -4;
  if (shop_start(problem, of_game, state, count) != SADDLE_OK) return -5;
  if (shop_run(problem, of_game, of_step, state, count, steps, NULL) != SADDLE_OK) return -6;
  if (shop_unpack(SADDLE_DOUBLE, sizes.state, state, count, rows) != SADDLE_OK) return -7;
  *row = sizes.state;
  return 0;
}

static int check(const char* isa, const saddle_problem* problem, field* of, double eta) {
  static double all[games * 8], one[8];
  size_t row, row_of_one;
  int g, i, refused = together(problem, eta, games, all, &row);
  if (refused) return printf("%s: call %d was refused\n", isa, refused);
  for (g = 0; g < games; ++g) {
    double z[] = {1, 0.5, 0};
    alone(problem->dynamics, of, number(g), eta, z);
    for (i = 0; i < 3; ++i) { /* a few roundings a step, of numbers below ten */
      const double difference = fabs(all[g * row + i] - z[i]);
      if (!(difference <= 8 * steps * 2.3e-16 * 10)) return printf("%s: game %d is %g away\n", isa, g, difference);
    }
  }
  refused = together(problem, eta, 1, one, &row_of_one);
  if (refused || memcmp(one, all, row * sizeof *one) != 0) return printf("%s: a game alone has other bits\n", isa);
  return 0;
}

int main(void) {
  const char* names[8];
  const size_t count = shop_available_isas(names, 8);
  double rest[games * 8];
  size_t i, row;
  for (i = 0; i < count; ++i) {
    static const double eta[] = {0.05, 0.01};
    static const saddle_dynamics rules[] = {SADDLE_DYNAMICS_OPTIMISTIC, SHOP_DYNAMICS_CAUTIOUS};
    int rule;
    if (shop_select_isa(names[i]) != SADDLE_OK || strcmp(shop_isa_name(), names[i]) != 0) return 1;
    for (rule = 0; rule < 2; ++rule) {
      const saddle_problem prices = {rules[rule], SHOP_GAME_PRICING, SADDLE_DOUBLE, 2, 1};
      const saddle_problem fight = {rules[rule], SHOP_GAME_DUEL, SADDLE_DOUBLE, 2, 1};
      if (check(names[i], &prices, pricing, eta[0]) != 0 || check(names[i], &fight, duel, eta[1]) != 0) return 2;
    }
    printf("%s: as alone\n", names[i]);
  }
#ifdef __x86_64__ /* the baseline, and avx2 where the machine has it */
  if (count != (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 2 : 1)) return 3;
#endif

  { /* at rest: prices c / 3, demand 2 c / 3 */
    const saddle_problem prices = {SADDLE_DYNAMICS_OPTIMISTIC, SHOP_GAME_PRICING, SADDLE_DOUBLE, 2, 1};
    if (together(&prices, 0.3, games, rest, &row) != 0) return 4;
    for (i = 0; i < games; ++i)
      if (!(fabs(rest[i * row] - number((int)i) / 3) < 1e-9 && fabs(rest[i * row + 2] - number((int)i) / 1.5) < 1e-9))
        return 5;
  }

  { /* each library has what was asked for, its own choice of an instruction set, and no more */
    const saddle_problem prices = {SADDLE_DYNAMICS_OPTIMISTIC, SHOP_GAME_PRICING, SADDLE_DOUBLE, 2, 1};
    const saddle_problem floats = {SADDLE_DYNAMICS_OPTIMISTIC, SHOP_GAME_PRICING, SADDLE_FLOAT, 2, 1};
    const saddle_problem plain = {SADDLE_DYNAMICS_SIMULTANEOUS, SADDLE_GAME_BILINEAR, SADDLE_FLOAT, 2, 1};
    saddle_sizes sizes;
    if (shop_problem_sizes(&floats, &sizes) != SADDLE_NOT_AVAILABLE) return 6;
    if (shop_problem_sizes(&plain, &sizes) != SADDLE_NOT_AVAILABLE) return 7;
    if (laboratory_problem_sizes(&plain, &sizes) != SADDLE_OK) return 8;
    if (laboratory_problem_sizes(&prices, &sizes) != SADDLE_NOT_AVAILABLE) return 9;
    if (shop_select_isa(names[count - 1]) != SADDLE_OK || laboratory_select_isa(NULL) != SADDLE_OK) return 10;
    if (strcmp(shop_isa_name(), names[count - 1]) != 0 || strcmp(laboratory_isa_name(), names[0]) != 0) return 11;
#ifdef WITH_THE_DEFAULT_LIBRARY
    {
      const saddle_problem common = {SADDLE_DYNAMICS_OPTIMISTIC, SADDLE_GAME_BILINEAR, SADDLE_DOUBLE, 2, 2};
      if (saddle_problem_sizes(&common, &sizes) != SADDLE_OK) return 12;
      if (saddle_problem_sizes(&prices, &sizes) != SADDLE_NOT_AVAILABLE) return 13;
      if (saddle_version() != shop_version()) return 14;
    }
#endif
  }
  return 0;
}
