// A phase diagram as a file: CSV for people and gnuplot, .npy for programs.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <iterator>

#include <fmt/format.h>

#include "sweep.hpp"

namespace tool {
namespace {

bool has_prediction(const sweep_plan& p) { return p.method != sweep_method::simulation; }
bool has_simulation(const sweep_plan& p) { return p.method != sweep_method::prediction; }

void append(std::vector<char>& text, std::string_view more) { text.insert(text.end(), more.begin(), more.end()); }

void append(std::vector<char>& text, double x) {
  char digits[32]; // of the shortest number that is read back as this one
  append(text, {digits, static_cast<std::size_t>(std::to_chars(std::begin(digits), std::end(digits), x).ptr - digits)});
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

} // namespace

sweep_table::sweep_table(const sweep_plan& p, bool npy)
    : plan_(p), npy_(npy), head_(npy ? npy_head(p) : csv_head(p)) {
  for (const double x : p.quantities[p.x].values) columns_.push_back(fmt::format("{},", x));
}

void sweep_table::format(std::size_t row, const sweep_row& cells, std::vector<char>& text) const {
  text.clear();
  if (npy_) format_npy(cells, text);
  else format_csv(row, cells, text);
}

void sweep_table::format_csv(std::size_t row, const sweep_row& cells, std::vector<char>& text) const {
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

void sweep_table::format_npy(const sweep_row& cells, std::vector<char>& text) const {
  constexpr std::size_t bytes = 1 + sizeof(double);
  const bool predicted = has_prediction(plan_), simulated = has_simulation(plan_);
  text.resize(cells.size() * bytes * (predicted && simulated ? 2 : 1));
  char* to = text.data();
  const auto put = [&](saddle::regime regime, double rate) {
    *to = static_cast<char>(regime);
    std::memcpy(to + 1, &rate, sizeof rate);
    to += bytes;
  };
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const cell c = cells[k];
    if (predicted) put(c.predicted.regime, c.predicted.rate);
    if (simulated) put(c.simulated.regime, c.simulated.rate);
  }
}

void each_piece(const sweep_plan& p, bool npy, const std::vector<sweep_row>& rows, unsigned threads,
                const std::function<void(std::string_view)>& write) {
  const sweep_table table(p, npy);
  write(table.head());
  // Some rows a thread, then they are written and their memory is used again.
  std::vector<std::vector<char>> texts(8 * threads);
  for (std::size_t first = 0; first < rows.size(); first += texts.size()) {
    const std::size_t count = std::min(texts.size(), rows.size() - first);
    on_threads(threads, count, [&](std::size_t k) { table.format(first + k, rows[first + k], texts[k]); });
    for (std::size_t k = 0; k < count; ++k) write({texts[k].data(), texts[k].size()});
  }
}

} // namespace tool
