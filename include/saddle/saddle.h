/**
 * saddle in C: batches of games on the block layout, with compiled kernels for the instruction set of the machine.
 *
 * Conventions
 *   A problem is a rule, a game, its dimensions and a scalar type. A value of it (a game, its step sizes, a state) is a
 *   row of scalars; saddle_sizes says how many. Arrays of rows are packed into blocks before a call and unpacked after:
 *   element s of row g is scalar (g / B)*S*B + s*B + g % B, B = 64 / sizeof scalar, S = scalars a row.
 *   Rows: bilinear game = C row by row; quadratic = A, B, C row by row, then a, b. Step sizes = eta of theta, eta of
 *   omega, then gamma of both where the rule has one. State = theta, omega, then what the rule remembers.
 *   The caller owns all memory. No call allocates, locks, throws or prints. Calls are re-entrant, and a batch may be split
 *   at block boundaries among threads: every game has the same bits however the batch is split.
 *   Pointers to scalars need the alignment of one scalar, or the call is SADDLE_BAD_ARGUMENT; 64 bytes is fastest. Blocks
 *   may not overlap.
 *   saddle_pack zeroes the padding behind the last game. Calls may read and change it; what it holds changes no game.
 *   saddle_run and its like return SADDLE_OK once every game was stepped; how each ended is in the report.
 */
#ifndef SADDLE_SADDLE_H
#define SADDLE_SADDLE_H

#include <stddef.h>
#include <stdint.h>

#include <saddle/ids.h>

#if defined(SADDLE_SHARED) && defined(SADDLE_BUILDING)
#define SADDLE_API __attribute__((visibility("default")))
#else
#define SADDLE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** How a call or a game ended. */
/* clang-format off */
typedef SADDLE_ENUM(saddle_status) {
  SADDLE_OK = 0,            /**< did what was asked */
  SADDLE_CONVERGED = 1,     /**< the residual fell to the tolerance */
  SADDLE_NOT_CONVERGED = 2, /**< the cap was reached first */
  SADDLE_DIVERGED = 3,      /**< the residual grew past the divergence limit */
  SADDLE_NON_FINITE = 4,    /**< an iterate or residual is NaN or infinite */
  SADDLE_SINGULAR = 5,      /**< a linear system had no usable pivot */
  SADDLE_UNSOLVED = 6,      /**< the equation inside a step was not solved */
  SADDLE_BAD_ARGUMENT = 7,  /**< an argument makes no sense: a null pointer, a size that overflows; nothing was touched */
  SADDLE_NOT_AVAILABLE = 8  /**< no such kernel or instruction set in this build or machine; nothing was touched */
} saddle_status;

typedef SADDLE_ENUM(saddle_scalar) { SADDLE_FLOAT = 0, SADDLE_DOUBLE = 1 } saddle_scalar;
/* clang-format on */

/** Fails to compile with -fshort-enums, which lays the structs below out differently from the library. */
typedef char saddle_enumerations_are_ints[sizeof(saddle_scalar) == sizeof(int) ? 1 : -1];

/** What is played how. p and q are the sizes of theta and omega. */
typedef struct saddle_problem {
  saddle_dynamics dynamics;
  saddle_game game;
  saddle_scalar scalar;
  unsigned p, q;
} saddle_problem;

/** Which spectral estimate of n x n matrices. */
typedef struct saddle_spectral_problem {
  saddle_spectral spectral;
  saddle_scalar scalar;
  unsigned n;
} saddle_spectral_problem;

/** Arrays of one value a matrix, each null when not wanted. */
typedef struct saddle_spectral_report {
  uint8_t* status;     /**< saddle_status of each matrix: ok, converged, not_converged or non_finite */
  int32_t* iterations; /**< QR sweeps of the eigenvalues; zero for the other estimates */
} saddle_spectral_report;

/** Scalars of one row of each kind. */
typedef struct saddle_sizes {
  size_t game, parameters, state;
} saddle_sizes;

/** Blocks of rows. `shared` is not zero where one row, packed by saddle_pack_shared, serves every game. */
typedef struct saddle_blocks {
  const void* data;
  int shared;
} saddle_blocks;

/** When saddle_run_until ends a game; see saddle::limits. */
typedef struct saddle_limits {
  double tolerance;     /**< residual ||F(z)|| at which a game has converged, >= 0 */
  uint64_t cap;         /**< steps at the most */
  uint64_t check_every; /**< steps between two looks at the residual, >= 1 */
  double divergence;    /**< growth of the residual that counts as divergence, > 1 */
} saddle_limits;

/** Arrays of one value a game, each null when not wanted. `residual` holds scalars of the problem's type. */
typedef struct saddle_report {
  uint8_t* status; /**< saddle_status of each game */
  uint64_t* steps; /**< steps each game took */
  void* residual;  /**< last residual of each game; NaN after saddle_run, which looks at none */
} saddle_report;

/** The library's version, 10000*major + 100*minor + patch. */
SADDLE_API int saddle_version(void);

/** The instruction set whose kernels run: the best of the machine, or the one selected. */
SADDLE_API const char* saddle_isa_name(void);

/** Writes up to `capacity` names of instruction sets that this build has and this machine runs, best first; returns how
 *  many there are. `names` may be null: nothing is written then. */
SADDLE_API size_t saddle_available_isas(const char** names, size_t capacity);

/** Selects an instruction set by name for all later calls of the process; null selects the best again.
 *  SADDLE_NOT_AVAILABLE, and no change, where the build has none of that name or the machine cannot run it. */
SADDLE_API saddle_status saddle_select_isa(const char* name);

/** Rows' sizes. SADDLE_NOT_AVAILABLE where the build has no kernel for the problem. */
SADDLE_API saddle_status saddle_problem_sizes(const saddle_problem* problem, saddle_sizes* sizes);

/** Scalars of memory for `games` rows of `row` scalars in blocks, padding included; 0 for an unknown scalar type and
 *  where the bytes overflow a size_t. */
SADDLE_API size_t saddle_block_memory(saddle_scalar scalar, size_t row, size_t games);

/** Copies `games` rows of `row` scalars into blocks and zeroes the padding behind the last. */
SADDLE_API saddle_status saddle_pack(saddle_scalar scalar, size_t row, const void* rows, size_t games, void* blocks);

/** Fills one block with one row: `row` scalars times 64 bytes over the size of a scalar. */
SADDLE_API saddle_status saddle_pack_shared(saddle_scalar scalar, size_t row, const void* one, void* block);

/** Copies `games` rows out of blocks. */
SADDLE_API saddle_status saddle_unpack(saddle_scalar scalar, size_t row, const void* blocks, size_t games, void* rows);

/** Fills in what the rule remembers at a start, from the theta and omega of each state. */
SADDLE_API saddle_status saddle_start(const saddle_problem* problem, saddle_blocks game, void* states, size_t games);

/** Takes `steps` steps of every game. `report` may be null. */
SADDLE_API saddle_status saddle_run(const saddle_problem* problem, saddle_blocks game, saddle_blocks parameters,
                                    void* states, size_t games, uint64_t steps, const saddle_report* report);

/** Steps every game until its residual is at most stop->tolerance, each frozen as soon as it has ended.
 *  SADDLE_BAD_ARGUMENT for limits outside the ranges above, as the problem's scalar type holds them. */
SADDLE_API saddle_status saddle_run_until(const saddle_problem* problem, saddle_blocks game, saddle_blocks parameters,
                                          void* states, size_t games, const saddle_limits* stop,
                                          const saddle_report* report);

/** Plays one game from one start with `count` sets of step sizes: writes to `states` where `steps` steps with each lead.
 *  `game` and `start` are plain rows of scalars, not blocks; `start` is theta, omega. `report` may be null. */
SADDLE_API saddle_status saddle_sweep(const saddle_problem* problem, const void* game, const void* start,
                                      saddle_blocks parameters, void* states, size_t count, uint64_t steps,
                                      const saddle_report* report);

/** Scalars of one result of a spectral estimate; 0 where the build has no kernel for the problem.
 *    eigenvalues: n real parts, n imaginary parts          symmetric_eigenvalues: n, ascending (reads the lower triangle)
 *    singular_values: n, descending                        spectral_radius, spectral_abscissa: value, error bound
 *    norms: 1, infinity, Frobenius, 2; then their error bounds
 *    gershgorin: bounds of the real parts, left and right; bound of the moduli
 *    symmetric_part: smallest and largest eigenvalue, error bound
 *    is_schur_stable, is_hurwitz: 1 yes, -1 no, 0 undecided; margin; error bound
 *    power_iteration: real part, imaginary part >= 0, residual */
SADDLE_API size_t saddle_spectral_values(const saddle_spectral_problem* problem);

/** The estimate of each of `count` matrices. `matrices` holds blocks of rows of n*n scalars, row by row; `values` gets
 *  blocks of rows of saddle_spectral_values scalars. `report` may be null. */
SADDLE_API saddle_status saddle_spectra(const saddle_spectral_problem* problem, const void* matrices, void* values,
                                        size_t count, const saddle_spectral_report* report);

#ifdef __cplusplus
}
#endif

#endif
