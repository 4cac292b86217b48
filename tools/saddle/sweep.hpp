/// Phase diagrams: what a rule does on a game over one or two of its quantities.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "game_choice.hpp"
#include "native.hpp"
#include "row_player.hpp"

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

/// The cells of a row, as compact as millions of them had better be. What was not computed takes no memory.
class sweep_row {
public:
  struct column {
    std::vector<saddle::regime> regimes;
    std::vector<double> rates;
    void resize(std::size_t n) {
      regimes.resize(n);
      rates.resize(n);
    }
    void set(std::size_t k, saddle::regime regime, double rate) {
      regimes[k] = regime;
      rates[k] = rate;
    }
    bool operator==(const column&) const = default;
  };

  sweep_row() = default;
  sweep_row(const sweep_plan& p) : cells_(p.columns()) {
    if (p.method != sweep_method::simulation) predicted_.resize(cells_);
    if (p.method != sweep_method::prediction) simulated_.resize(cells_);
  }
  std::size_t size() const { return cells_; }
  bool empty() const { return cells_ == 0; }
  cell operator[](std::size_t k) const {
    cell c;
    if (!predicted_.rates.empty()) c.predicted = {predicted_.regimes[k], predicted_.rates[k]};
    if (!simulated_.rates.empty()) c.simulated = {simulated_.regimes[k], simulated_.rates[k]};
    return c;
  }
  const column& predicted() const { return predicted_; }
  const column& simulated() const { return simulated_; }
  void set_predicted(std::size_t k, const forecast& f) { predicted_.set(k, f.regime, f.rate); }
  void set_simulated(std::size_t k, const outcome& o) { simulated_.set(k, o.regime, o.rate); }
  /// Where simulations write.
  outcomes place_of_simulated() { return {simulated_.regimes, simulated_.rates}; }
  /// All that is in it as memory: f(pointer, bytes).
  template <class F> void each_part(F f) {
    for (column* c : {&predicted_, &simulated_})
      if (!c->rates.empty()) {
        f(c->regimes.data(), c->regimes.size());
        f(c->rates.data(), c->rates.size() * sizeof(double));
      }
  }
  bool operator==(const sweep_row&) const = default;

private:
  std::size_t cells_ = 0;
  column predicted_, simulated_;
};

/// Makes rows, one at a time, in memory that the next one uses again: threads that make many have one of these each. A row
/// is the same whoever makes it and when.
class row_maker {
public:
  explicit row_maker(const sweep_plan& p);
  /// There until the next call.
  const sweep_row& make(std::size_t row);

private:
  const sweep_plan& plan_;
  sweep_row cells_;
  std::unique_ptr<row_player> player_; ///< null where games go behind virtual calls
};

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

/// Gives rows by their number. One is there until it gives the next.
using row_source = std::function<const sweep_row&(std::size_t)>;

/// The table of a plan as a file, in pieces: calls write(text, rows) for one after the other, each with the number of rows
/// that are in it. They are made on `threads` threads, each of which gets its rows from where begin() says. CSV has a line
/// for each cell; .npy is a NumPy array of records, of shape (panels, rows, columns): regimes as numbers, rates in full.
void write_pieces(const sweep_plan& p, bool npy, unsigned threads, const std::function<row_source()>& begin,
                  const std::function<void(std::string_view, std::size_t)>& write);

/// The same of rows that are all there.
void each_piece(const sweep_plan& p, bool npy, const std::vector<sweep_row>& rows, unsigned threads,
                const std::function<void(std::string_view)>& write);

/// Cells of which prediction and simulation say different things.
std::size_t disagreements(const std::vector<sweep_row>& rows);

} // namespace tool
