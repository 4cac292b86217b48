/// Everything that needs no SIMD library: lanes, linear algebra, every registered rule, game and estimate, the engine.
/// Add <saddle/lane/batch.hpp> for hardware vectors and <saddle/engine/batch.hpp> for batches of games.
#pragma once

#include <saddle/engine/projected.hpp>
#include <saddle/engine/run.hpp>
#include <saddle/lane/dual.hpp>
#include <saddle/lane/group.hpp>
#include <saddle/projections/simplex.hpp>
#include <saddle/recommend.hpp>
#include <saddle/registry.hpp>
#include <saddle/stability/rate.hpp>
#include <saddle/stability/smooth_market.hpp>
#include <saddle/stability/theory.hpp>
#include <saddle/stability/theory/bilinear.hpp>
#include <saddle/stability/theory/gan.hpp>
#include <saddle/stability/theory/kernel_gan.hpp>
#include <saddle/stability/theory/smooth_market.hpp>
#include <saddle/stability/theory/zhang_yu.hpp>
