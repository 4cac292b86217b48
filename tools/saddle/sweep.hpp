/// Phase diagrams: what a rule does on a game over one or two of its quantities.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "game_choice.hpp"
#include "native.hpp"

namespace tool {

enum class sweep_method { prediction, simulation, both };

/// What is computed. A quantity is a parameter of the game or a step size; each has the values it was given, and those
/// that were not given have their defaults.
struct sweep_plan {
  chosen_game game;
  std::string rule;
  std::vector<values_of> quantities;
  std::size_t x = 0;            ///< index of the quantity along the columns
  std::size_t y = 0, panel = 0; ///< of the quantities along the rows and over the panels; as many as quantities: none
  sweep_method method = sweep_method::prediction;
  std::uint64_t steps = 1000; ///< of a simulation
  look how = look::closely;   ///< it is watched
  bool kernels = true;        ///< games that have compiled kernels of their own are simulated by them

  bool has_y() const { return y < quantities.size(); }
  bool has_panels() const { return panel < quantities.size(); }
  std::size_t columns() const { return quantities[x].values.size(); }
  std::size_t rows_a_panel() const { return has_y() ? quantities[y].values.size() : 1; }
  std::size_t panels() const { return has_panels() ? quantities[panel].values.size() : 1; }
  std::size_t rows() const { return rows_a_panel() * panels(); }
};

/// Throws usage_error where the quantities make no diagram: no range or more than two, several lists, steps that are not
/// positive or not there.
sweep_plan plan_sweep(const chosen_game& game, const std::string& rule, const rule_options& steps, sweep_method method,
                      std::uint64_t count, look how = look::closely);

/// One line that says what a plan computes: two plans have the same rows if and only if it is the same.
std::string identity(const sweep_plan& p);

/// The values of all quantities at a place of the diagram.
std::vector<double> values_at(const sweep_plan& p, std::size_t column, std::size_t row);

/// The value of a quantity or a parameter by its name among `values`.
double value_named(const sweep_plan& p, const std::vector<double>& values, std::string_view name);

/// What the rule gets there.
rule_steps<double> steps_at(const sweep_plan& p, const std::vector<double>& values);

forecast forecast_at(const sweep_plan& p, const std::vector<double>& values);

struct cell {
  forecast predicted;
  outcome simulated;
  bool operator==(const cell&) const = default;
};

using sweep_row = std::vector<cell>;

/// One row. The same whoever computes it and when.
sweep_row compute_row(const sweep_plan& p, std::size_t row);

/// Rows of an unfinished sweep, one line each, behind a line with the identity of the plan.
class row_store {
public:
  /// Nothing is stored. A file that is there is read if `resume`, and thrown away else. Throws file_error if it belongs to
  /// another sweep.
  row_store(std::string file, const sweep_plan& p, bool resume);
  ~row_store();
  row_store(const row_store&) = delete;
  row_store& operator=(const row_store&) = delete;

  /// Rows that were there; empty ones were not.
  const std::vector<sweep_row>& found() const { return rows_; }
  void add(std::size_t row, const sweep_row& cells);
  /// All is done and kept elsewhere.
  void remove();

private:
  std::string file_;
  std::vector<sweep_row> rows_;
  std::FILE* out_ = nullptr;
};

/// All rows, on `threads` threads; of `parts` that share the work, those of number `part`. Rows in `known` are not computed
/// again. `finished` is called for every new row, by one thread at a time. The result does not depend on the number of
/// threads or parts.
std::vector<sweep_row> compute_sweep(const sweep_plan& p, std::vector<sweep_row> known, unsigned threads,
                                     const std::function<void(std::size_t, const sweep_row&)>& finished,
                                     std::size_t part = 0, std::size_t parts = 1);

/// Calls work(0) to work(count - 1), each once, on `threads` threads. What one of them throws is thrown when all have
/// stopped.
void on_threads(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& work);

/// The table as pieces of a file, one after the other: a line for each cell.
std::vector<std::string> sweep_csv(const sweep_plan& p, const std::vector<sweep_row>& rows, unsigned threads);

/// The same as a NumPy array of records, of shape (panels, rows, columns): regimes as numbers, rates in full.
std::vector<std::string> sweep_npy(const sweep_plan& p, const std::vector<sweep_row>& rows, unsigned threads);

/// Cells of which prediction and simulation say different things.
std::size_t disagreements(const std::vector<sweep_row>& rows);

} // namespace tool
