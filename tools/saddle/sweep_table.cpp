// A phase diagram as a file: CSV for people and gnuplot, .npy for programs.
#include <array>
#include <bit>
#include <cstring>
#include <functional>

#include <fmt/format.h>

#include "sweep.hpp"

namespace tool {
namespace {

bool has_prediction(const sweep_plan& p) { return p.method != sweep_method::simulation; }
bool has_simulation(const sweep_plan& p) { return p.method != sweep_method::prediction; }

} // namespace

std::vector<std::string> sweep_csv(const sweep_plan& p, const std::vector<sweep_row>& rows, unsigned threads) {
  std::vector<std::string> pieces(1 + rows.size());
  std::string& head = pieces.front();
  head = fmt::format("# saddle sweep: {}\n", identity(p));
  if (p.has_panels()) head += p.quantities[p.panel].name + ",";
  head += p.quantities[p.x].name + ",";
  if (p.has_y()) head += p.quantities[p.y].name + ",";
  head += "predicted,predicted_rate,simulated,simulated_rate\n";

  std::vector<std::string> columns;
  for (const double x : p.quantities[p.x].values) columns.push_back(fmt::format("{},", x));
  on_threads(threads, rows.size(), [&](std::size_t row) {
    const auto values = values_at(p, 0, row);
    const std::string panel = p.has_panels() ? fmt::format("{},", values[p.panel]) : "",
                      y = p.has_y() ? fmt::format("{},", values[p.y]) : "";
    fmt::memory_buffer text;
    const auto result = [&](bool there, saddle::regime regime, double rate, char end) {
      if (there) {
        text.append(std::string_view(to_string(regime)));
        text.push_back(',');
        fmt::format_to(std::back_inserter(text), "{}", rate);
      } else {
        text.push_back(',');
      }
      text.push_back(end);
    };
    for (std::size_t k = 0; k < rows[row].size(); ++k) {
      for (const std::string& part : {std::cref(panel), std::cref(columns[k]), std::cref(y)}) text.append(part);
      const cell& c = rows[row][k];
      result(has_prediction(p), c.predicted.regime, c.predicted.rate, ',');
      result(has_simulation(p), c.simulated.regime, c.simulated.rate, '\n');
    }
    pieces[1 + row] = fmt::to_string(text);
  });
  return pieces;
}

std::vector<std::string> sweep_npy(const sweep_plan& p, const std::vector<sweep_row>& rows, unsigned threads) {
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
  std::vector<std::string> pieces(1 + rows.size());
  pieces.front() = std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(head.size() % 256) +
                   static_cast<char>(head.size() / 256) + head;

  on_threads(threads, rows.size(), [&](std::size_t row) {
    constexpr std::size_t bytes = 1 + sizeof(double);
    const std::size_t both = has_prediction(p) && has_simulation(p) ? 2 : 1;
    std::string text(rows[row].size() * bytes * both, '\0');
    char* to = text.data();
    const auto put = [&](saddle::regime regime, double rate) {
      *to = static_cast<char>(regime);
      std::memcpy(to + 1, &rate, sizeof rate);
      to += bytes;
    };
    for (const cell& c : rows[row]) {
      if (has_prediction(p)) put(c.predicted.regime, c.predicted.rate);
      if (has_simulation(p)) put(c.simulated.regime, c.simulated.rate);
    }
    pieces[1 + row] = std::move(text);
  });
  return pieces;
}

} // namespace tool
