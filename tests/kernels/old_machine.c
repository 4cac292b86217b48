/* Runs on a processor of 2008, under an emulator: the library has to choose what that processor has, and to refuse what
 * it lacks. `old_machine run` steps one batch of every kernel; `old_machine refuse NAME` is refused that instruction
 * set; `old_machine trespass` runs AVX on purpose: the control that shows that the emulator minds. */
#include <immintrin.h>
#include <stdio.h>
#include <string.h>

#include <saddle/saddle.h>

enum { games = 19, most = 64 * 64 };

__attribute__((target("avx"), noinline)) static int trespass(double* x) {
  const __m256d sum = _mm256_add_pd(_mm256_loadu_pd(x), _mm256_loadu_pd(x + 4));
  _mm256_storeu_pd(x, sum);
  return x[0] > 1e9;
}

/* Steps one problem there and back; 0 where the library does not have it. */
static int run(const saddle_problem* problem) {
  static double game[most], parameters[most], states[most];
  const saddle_limits stop = {1e-3, 50, 5, 1e6};
  const saddle_blocks g = {game, 0}, p = {parameters, 0};
  saddle_sizes sizes;
  if (saddle_problem_sizes(problem, &sizes) != SADDLE_OK) return 0;
  memset(game, 0, sizeof game);
  memset(parameters, 0, sizeof parameters);
  memset(states, 0, sizeof states);
  if (sizes.game * (games + 16) > most) return 0;
  return saddle_start(problem, g, states, games) == SADDLE_OK &&
         saddle_run(problem, g, p, states, games, 10, NULL) == SADDLE_OK &&
         saddle_run_until(problem, g, p, states, games, &stop, NULL) == SADDLE_OK;
}

int main(int count, char** arguments) {
  double x[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  int kernels = 0, rule, rival, scalar;
  unsigned p, q;
  if (count == 2 && strcmp(arguments[1], "trespass") == 0) return trespass(x);
  if (strcmp(saddle_isa_name(), "sse2") != 0) {
    printf("selected %s\n", saddle_isa_name());
    return 1;
  }
  if (count == 3 && strcmp(arguments[1], "refuse") == 0) {
    return saddle_select_isa(arguments[2]) == SADDLE_NOT_AVAILABLE && strcmp(saddle_isa_name(), "sse2") == 0 ? 0 : 2;
  }
  for (rule = 0; rule < 64; ++rule)
    for (rival = 0; rival < 8; ++rival)
      for (scalar = SADDLE_FLOAT; scalar <= SADDLE_DOUBLE; ++scalar)
        for (p = 1; p <= 8; ++p)
          for (q = 1; q <= 8; ++q) {
            saddle_problem problem;
            problem.dynamics = (saddle_dynamics)rule;
            problem.game = (saddle_game)rival;
            problem.scalar = (saddle_scalar)scalar;
            problem.p = p;
            problem.q = q;
            kernels += run(&problem);
          }
  printf("%d kernels ran\n", kernels);
  return kernels > 0 ? 0 : 3;
}
