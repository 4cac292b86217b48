/* Written by `./dev generate` from registry.def: do not edit. */
#ifndef SADDLE_IDS_H
#define SADDLE_IDS_H

/* clang-format off */
/* In C++ an enumeration of a fixed type may hold any number of that type, as it may in C. */
#ifdef __cplusplus
#define SADDLE_ENUM(name) enum name : int
#else
#define SADDLE_ENUM(name) enum name
#endif

typedef SADDLE_ENUM(saddle_dynamics) {
  SADDLE_DYNAMICS_SIMULTANEOUS = 0,
  SADDLE_DYNAMICS_ALTERNATING = 1,
  SADDLE_DYNAMICS_OPTIMISTIC = 2,
  SADDLE_DYNAMICS_CONSENSUS = 3,
  SADDLE_DYNAMICS_IMPLICIT = 4,
  SADDLE_DYNAMICS_PREDICTIVE = 5,
  SADDLE_DYNAMICS_GRADIENT_PENALTY = 6
} saddle_dynamics;

typedef SADDLE_ENUM(saddle_game) {
  SADDLE_GAME_BILINEAR = 0,
  SADDLE_GAME_QUADRATIC = 1
} saddle_game;

typedef SADDLE_ENUM(saddle_spectral) {
  SADDLE_SPECTRAL_EIGENVALUES = 0,
  SADDLE_SPECTRAL_SYMMETRIC_EIGENVALUES = 10,
  SADDLE_SPECTRAL_SINGULAR_VALUES = 11,
  SADDLE_SPECTRAL_SPECTRAL_RADIUS = 12,
  SADDLE_SPECTRAL_SPECTRAL_ABSCISSA = 13,
  SADDLE_SPECTRAL_NORMS = 14,
  SADDLE_SPECTRAL_GERSHGORIN = 15,
  SADDLE_SPECTRAL_SYMMETRIC_PART = 16,
  SADDLE_SPECTRAL_IS_SCHUR_STABLE = 17,
  SADDLE_SPECTRAL_IS_HURWITZ = 18,
  SADDLE_SPECTRAL_POWER_ITERATION = 19
} saddle_spectral;

#endif
