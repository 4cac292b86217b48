/* Steps 10 000 games of matching pennies, all with their own stakes: the library's C interface in a nutshell. */
#include <stdlib.h>

#include <saddle/saddle.h>

enum { games = 10000, steps = 2000 };

int main(void) {
  const saddle_problem problem = {SADDLE_DYNAMICS_OPTIMISTIC, SADDLE_GAME_BILINEAR, SADDLE_DOUBLE, 2, 2};
  const double eta[] = {0.15, 0.15};
  saddle_sizes row;
  if (saddle_problem_sizes(&problem, &row) != SADDLE_OK) return 1;
  double step[2 * 8], *rows = malloc(games * row.state * sizeof *rows);
  double* game = malloc(saddle_block_memory(SADDLE_DOUBLE, row.game, games) * sizeof *game);
  double* state = malloc(saddle_block_memory(SADDLE_DOUBLE, row.state, games) * sizeof *state);
  if (!rows || !game || !state) return 2;

  for (size_t i = 0; i < 4 * games; ++i) rows[i] = (i % 4 % 3 == 0 ? 1 : -0.5) * (1 + i / 4 / (double)games);
  saddle_pack(SADDLE_DOUBLE, row.game, rows, games, game);
  for (size_t i = 0; i < games * row.state; ++i) rows[i] = 1;
  saddle_pack(SADDLE_DOUBLE, row.state, rows, games, state);
  saddle_pack_shared(SADDLE_DOUBLE, row.parameters, eta, step);

  const saddle_blocks of_game = {game, 0}, of_step = {step, 1};
  if (saddle_start(&problem, of_game, state, games) != SADDLE_OK) return 3;
  if (saddle_run(&problem, of_game, of_step, state, games, steps, NULL) != SADDLE_OK) return 4;

  saddle_unpack(SADDLE_DOUBLE, row.state, state, games, rows);
  for (size_t i = 0; i < games * row.state; ++i) /* every game is drawn to its equilibrium, zero */
    if (i % row.state < 4 && !(rows[i] < 0.1 && rows[i] > -0.1)) return 5;
  free(state), free(game), free(rows);
}
