// A phase diagram as a file: CSV for people and gnuplot, .npy for programs.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <iterator>

#include <fmt/format.h>

#include "sweep.hpp"
#include "threads.hpp"

namespace tool {
namespace {

bool has_prediction(const sweep_plan& p) { return p.method != sweep_method::simulation; }
bool has_simulation(const sweep_plan& p) { return p.method != sweep_method::prediction; }

void append(std::vector<char>& text, std::string_view more) { text.insert(text.end(), more.begin(), more.end()); }

void append(std::vector<char>& text, double x) {
  char digits[32]; // of the shortest number that is read back as this one
  const char* const end = std::to_chars(std::begin(digits), std::end(digits), x).ptr;
  text.insert(text.end(), std::cbegin(digits), end);
}

std::string csv_head(const sweep_plan& p) {
  std::string r = fmt::format("# saddle sweep: {}\n", identity(p));
  if (p.has_panels()) r += p.quantities[p.panel].name + ",";
  r += p.quantities[p.x].name + ",";
  if (p.has_y()) r += p.quantities[p.y].name + ",";
  return r + "predicted,predicted_rate,simulated,simulated_rate\n";
}

std::string npy_head(const sweep_plan& p) {
  std::string fields;
  const char* order = std::endian::native == std::endian::little ? "<" : ">";
  const auto add = [&](const char* name) {
    fields += fmt::format("{0}('{1}', '|u1'), ('{1}_rate', '{2}f8')", fields.empty() ? "" : ", ", name, order);
  };
  if (has_prediction(p)) add("predicted");
  if (has_simulation(p)) add("simulated");
  std::string head = fmt::format("{{'descr': [{}], 'fortran_order': False, 'shape': ({}, {}, {}), }}", fields,
                                 p.panels(), p.rows_a_panel(), p.columns());
  // Version 1.0 of the format: magic, version, length of the header, which ends in a newline on a multiple of 64 bytes.
  constexpr std::size_t before = 10;
  head.resize((before + head.size()) / 64 * 64 + 64 - before - 1, ' ');
  head += '\n';
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(head.size() % 256) +
         static_cast<char>(head.size() / 256) + head;
}

class csv_rows {
public:
  explicit csv_rows(const sweep_plan& p) : plan_(p) {
    for (const double x : p.quantities[p.x].values) columns_.push_back(fmt::format("{},", x));
  }

  void add(std::size_t row, const sweep_row& cells, std::vector<char>& text) const {
    const auto values = values_at(plan_, 0, row);
    const std::string panel = plan_.has_panels() ? fmt::format("{},", values[plan_.panel]) : "",
                      y = plan_.has_y() ? fmt::format("{},", values[plan_.y]) : "";
    const auto result = [&](bool there, saddle::regime regime, double rate, char end) {
      if (there) {
        append(text, to_string(regime));
        text.push_back(',');
        append(text, rate);
      } else {
        text.push_back(',');
      }
      text.push_back(end);
    };
    const bool predicted = has_prediction(plan_), simulated = has_simulation(plan_);
    for (std::size_t k = 0; k < cells.size(); ++k) {
      append(text, panel);
      append(text, columns_[k]);
      append(text, y);
      const cell c = cells[k];
      result(predicted, c.predicted.regime, c.predicted.rate, ',');
      result(simulated, c.simulated.regime, c.simulated.rate, '\n');
    }
  }

private:
  const sweep_plan& plan_;
  std::vector<std::string> columns_; ///< the places along x, each with its comma
};

// A regime and a rate in a record of .npy.
constexpr std::size_t npy_bytes = 1 + sizeof(double);

std::size_t record_bytes(const sweep_plan& p) {
  return npy_bytes * ((has_prediction(p) ? 1 : 0) + (has_simulation(p) ? 1 : 0));
}

// Puts one of the two into records that begin at `to`.
void put(const sweep_row::column& cells, char* to, std::size_t record) {
  for (std::size_t k = 0; k < cells.rates.size(); ++k, to += record) {
    *to = static_cast<char>(cells.regimes[k]);
    std::memcpy(to + 1, &cells.rates[k], sizeof(double));
  }
}

void put_row(const sweep_plan& p, const sweep_row& cells, char* to) {
  const std::size_t record = record_bytes(p);
  if (has_prediction(p)) put(cells.predicted(), to, record);
  if (has_simulation(p)) put(cells.simulated(), has_prediction(p) ? to + npy_bytes : to, record);
}

// Cells that are written at once: the system takes half of the time for pieces of 150 KB that it takes for those of 18.
// But every thread is to get many.
std::size_t rows_a_piece(const sweep_plan& p, unsigned threads) {
  constexpr std::size_t cells = std::size_t{1} << 14, pieces_a_thread = 64;
  const std::size_t most = p.rows() / (pieces_a_thread * std::max(threads, 1u));
  return std::max<std::size_t>(std::min(cells / p.columns(), most), 1);
}

} // namespace

void write_pieces(const sweep_plan& p, bool npy, unsigned threads, const std::function<row_source()>& begin,
                  const std::function<void(std::string_view, std::size_t)>& write) {
  const std::size_t rows = rows_a_piece(p, threads), row_bytes = p.columns() * record_bytes(p);
  const auto rows_in = [&](std::size_t piece) { return std::min(rows, p.rows() - piece * rows); };
  const csv_rows csv(p);
  write(npy ? npy_head(p) : csv_head(p), 0);
  const auto maker = [&] {
    return [&, row = begin()](std::size_t piece, std::vector<char>& text) {
      const std::size_t first = piece * rows, count = rows_in(piece);
      if (npy) {
        text.resize(count * row_bytes);
        for (std::size_t k = 0; k < count; ++k) put_row(p, row(first + k), text.data() + k * row_bytes);
      } else {
        text.clear();
        for (std::size_t k = 0; k < count; ++k) csv.add(first + k, row(first + k), text);
      }
    };
  };
  write_in_order(threads, (p.rows() + rows - 1) / rows, maker,
                 [&](std::string_view text, std::size_t piece) { write(text, rows_in(piece)); });
}

void each_piece(const sweep_plan& p, bool npy, const std::vector<sweep_row>& rows, unsigned threads,
                const std::function<void(std::string_view)>& write) {
  const auto begin = [&] { return [&](std::size_t row) -> const sweep_row& { return rows[row]; }; };
  write_pieces(p, npy, threads, begin, [&](std::string_view text, std::size_t) { write(text); });
}

} // namespace tool
