// The rows of a sweep on their way: what an interrupted one has finished is not computed again.
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "input_text.hpp"
#include "sweep.hpp"

namespace tool {
namespace {

std::string first_line(const sweep_plan& p) { return "saddle sweep rows 1: " + identity(p); }

std::string as_line(std::size_t row, const sweep_row& cells) {
  std::string r = fmt::format("{}", row);
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const cell c = cells[k];
    r += fmt::format(" {} {} {} {}", static_cast<int>(c.predicted.regime), c.predicted.rate,
                     static_cast<int>(c.simulated.regime), c.simulated.rate);
  }
  return r + " .\n";
}

// A line that an interruption cut, or that makes no sense, counts as a row that is not there.
bool parse(std::string_view line, const sweep_plan& p, std::vector<sweep_row>& rows) {
  const auto number = [&](auto& to) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), to);
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    return error == std::errc{};
  };
  const auto regime = [&](saddle::regime& to) {
    int code = 0;
    if (!number(code) || code < 0 || code > static_cast<int>(saddle::regime::undefined)) return false;
    to = static_cast<saddle::regime>(code);
    return true;
  };
  std::size_t row = 0;
  if (!number(row) || row >= rows.size()) return false;
  sweep_row cells(p);
  for (std::size_t k = 0; k < cells.size(); ++k) {
    cell c;
    if (!regime(c.predicted.regime) || !number(c.predicted.rate) || !regime(c.simulated.regime) ||
        !number(c.simulated.rate))
      return false;
    if (p.method != sweep_method::simulation) cells.set_predicted(k, c.predicted);
    if (p.method != sweep_method::prediction) cells.set_simulated(k, c.simulated);
  }
  if (line != " .") return false;
  rows[row] = std::move(cells);
  return true;
}

} // namespace

row_store::row_store(std::string file, const sweep_plan& p, bool resume) : file_(std::move(file)), rows_(p.rows()) {
  std::size_t good_end = 0;
  if (resume && std::filesystem::exists(file_)) {
    const std::string text = read_all(file_);
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != text.npos; begin = end + 1) {
      const std::string_view line = std::string_view(text).substr(begin, end - begin);
      if (begin == 0 && line != first_line(p))
        throw file_error{file_, place{1, 1},
                         "these rows belong to another sweep; without --resume they are thrown away"};
      if (begin > 0 && !parse(line, p, rows_)) break;
      good_end = end + 1;
    }
  }
  errno = 0;
  // What stands behind the last whole line is cut off.
  if (good_end > 0) std::filesystem::resize_file(file_, good_end);
  out_ = std::fopen(file_.c_str(), good_end > 0 ? "ab" : "wb");
  if (out_ == nullptr) throw file_error{file_, {}, fmt::format("cannot be written: {}", std::strerror(errno))};
  if (good_end == 0) fmt::print(out_, "{}\n", first_line(p));
  std::fflush(out_);
}

row_store::~row_store() {
  if (out_ != nullptr) std::fclose(out_);
}

void row_store::add(std::size_t row, const sweep_row& cells) {
  const std::string line = as_line(row, cells);
  errno = 0;
  if (std::fwrite(line.data(), 1, line.size(), out_) != line.size() || std::fflush(out_) != 0)
    throw file_error{file_, {}, fmt::format("cannot be written: {}", std::strerror(errno))};
}

void row_store::remove() {
  std::fclose(out_);
  out_ = nullptr;
  std::remove(file_.c_str());
}

} // namespace tool
