// saddle compare FILE: every registered rule on every game of a file.
#include <cstdio>
#include <limits>
#include <string>

#include <fmt/format.h>
#include <saddle/lane/batch.hpp>

#include "block_kernels.hpp"
#include "commands.hpp"
#include "compare_report.hpp"

namespace tool {
namespace {

template <class T> comparison measure_all(const compare_options& o, double tolerance) {
  comparison c{.file = o.file,
               .type = o.type,
               .lane_width = saddle::width<saddle::native_lane<T>>,
               .options = {.tolerance = tolerance,
                           .which = o.steps == "derived" ? edition::derived : edition::published,
                           .timing = !o.no_timing},
               .games = {}};
  for (auto& game : read_games(o.file)) {
    try {
      c.games.push_back({game, analyse(game), {}});
    } catch (const not_comparable& e) {
      throw file_error{o.file, game.where, fmt::format("game '{}': {}", game.name, e.why)};
    }
  }
  // The whole file is known to be good before the first game runs.
  for (auto& g : c.games) {
    try {
      g.rows = measure<T>(g.game, g.facts, c.options);
    } catch (const not_comparable& e) {
      throw file_error{o.file, g.game.where, fmt::format("game '{}': {}", g.game.name, e.why)};
    }
  }
  return c;
}

} // namespace

int compare(const compare_options& o) {
  require_own_isa("comparisons");
  const bool single = o.type == "float";
  const double epsilon = single ? std::numeric_limits<float>::epsilon() : std::numeric_limits<double>::epsilon();
  const double tolerance = o.tolerance > 0 ? o.tolerance : single ? 1e-4 : 1e-8;
  if (tolerance < 64 * epsilon) {
    complain(fmt::format("saddle compare: a relative distance of {:.3g} cannot be seen in {}; the tolerance is at "
                         "least {:.2g}",
                         tolerance, o.type, 64 * epsilon));
    return bad_input;
  }
  try {
    const comparison c = single ? measure_all<float>(o, tolerance) : measure_all<double>(o, tolerance);
    fmt::print("{}", o.json ? as_json(c) : as_table(c));
    int result = good;
    for (const auto& g : c.games)
      for (const auto& m : g.rows)
        if (!m.verified) {
          complain(fmt::format("saddle compare: {} on '{}' gave other bits in a batch than alone: no time is shown",
                               m.rule, g.game.name));
          result = check_failed;
        }
    return result;
  } catch (const file_error& e) {
    complain(to_string(e));
    return bad_input;
  }
}

} // namespace tool
