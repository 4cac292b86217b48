// The exchange format of the Matrix Market (Boisvert, Pozo, Remington 1996): array and coordinate, real and integer,
// general, symmetric and skew-symmetric.
#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "input_text.hpp"
#include "matrix_file.hpp"
#include "nearest.hpp"
#include "number.hpp"

namespace tool {
namespace {

constexpr std::string_view banner = "matrixmarket";

std::string lower(std::string_view text) {
  std::string r(text);
  for (char& c : r)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return r;
}

enum class symmetry { general, symmetric, skew };

class market_reader {
public:
  market_reader(std::string_view contents, const std::string& name) : in_(contents, name) {}

  std::vector<matrix> all() {
    std::vector<matrix> r;
    while ((more_ = in_.next()) && !looks_like_banner(in_.line())) {}
    while (more_) r.push_back(one());
    return r;
  }

private:
  // Goes to the next line that holds words. false at the end, and at the banner of the next matrix.
  bool advance() {
    while ((more_ = in_.next())) {
      if (looks_like_banner(in_.line())) return false;
      if (!in_.words("%").empty()) return true;
    }
    return false;
  }

  // One of the words that the banner may hold at some place.
  template <std::size_t N>
  std::size_t choice(const word& w, const std::array<std::string_view, N>& known, std::size_t supported) const {
    const auto at = static_cast<std::size_t>(std::find(known.begin(), known.end(), lower(w.text)) - known.begin());
    if (at == N)
      in_.fail(w.at, fmt::format("the banner does not know {}{}", quoted_text(w.text), did_you_mean(w.text, known)));
    if (at >= supported) in_.fail(w.at, fmt::format("{} matrices are not read", known[at]));
    return at;
  }

  std::size_t count(const word& w, std::size_t most, std::string_view what) const {
    const double value = in_.number(w);
    if (!(value >= 1) || value != static_cast<double>(static_cast<std::size_t>(std::min(value, 1e9))))
      in_.fail(w.at, fmt::format("{} is no number of {}", quoted_text(w.text), what));
    if (value > static_cast<double>(most))
      in_.fail(w.at, fmt::format("{} {}: there are at most {}", static_cast<std::uint64_t>(value), what, most));
    return static_cast<std::size_t>(value);
  }

  matrix one() {
    std::vector<word> head = in_.words("");
    if (head.front().text.find_first_not_of('%') == std::string_view::npos) { // apart from its name
      const std::size_t percents = head.front().text.size();
      head.erase(head.begin());
      if (percents > 2) head.clear();
    }
    const std::string name = head.empty() ? "" : lower(head.front().text);
    if (head.size() != 5 || (name != banner && !(name[0] == '%' && name.substr(name[1] == '%' ? 2 : 1) == banner)))
      in_.fail(in_.end(),
               "a banner is '%%MatrixMarket matrix', then array or coordinate, real or integer, and general, "
               "symmetric or skew-symmetric");
    choice(head[1], std::array<std::string_view, 2>{"matrix", "vector"}, 1);
    const bool array = choice(head[2], std::array<std::string_view, 2>{"array", "coordinate"}, 2) == 0;
    choice(head[3],
           std::array<std::string_view, 6>{"real", "double", "integer", "unsigned-integer", "complex", "pattern"}, 4);
    const auto kind = static_cast<symmetry>(
        choice(head[4], std::array<std::string_view, 4>{"general", "symmetric", "skew-symmetric", "hermitian"}, 3));

    if (!advance()) in_.fail(in_.end(), "the line with the sizes is missing");
    const std::vector<word> sizes = in_.words("%");
    if (sizes.size() != (array ? 2u : 3u))
      in_.fail(sizes.front().at, array ? "sizes are 'ROWS COLUMNS'" : "sizes are 'ROWS COLUMNS ENTRIES'");
    matrix m{count(sizes[0], largest_matrix, "rows"), count(sizes[1], largest_matrix, "columns"), {}, sizes[0].at};
    if (kind != symmetry::general && m.rows != m.columns)
      in_.fail(sizes[1].at, fmt::format("a symmetric matrix is square, not {} by {}", m.rows, m.columns));
    m.values.resize(m.rows * m.columns);
    if (array) fill_columns(m, kind);
    else fill_entries(m, kind, entries(sizes[2], m));
    return m;
  }

  std::size_t entries(const word& w, const matrix& m) const {
    return w.text == "0" ? 0 : count(w, m.rows * m.columns, "entries");
  }

  [[noreturn]] void truncated(std::size_t found, std::size_t needed, std::string_view what) const {
    in_.fail(in_.end(), fmt::format("the matrix ends here with {} of {} {}", found, needed, what));
  }

  void set(matrix& m, symmetry kind, std::size_t i, std::size_t k, const word& number) const {
    const double value = in_.number(number);
    if (kind == symmetry::skew && i == k && value != 0)
      in_.fail(number.at, fmt::format("{} on the diagonal of a skew-symmetric matrix, which is zero", value));
    m.values[i * m.columns + k] = value;
    if (kind != symmetry::general && i != k) m.values[k * m.columns + i] = kind == symmetry::skew ? -value : value;
  }

  // Column by column; of a symmetric matrix what is on and below the diagonal, of a skew one what is below, and the zeros
  // on it or not.
  void fill_columns(matrix& m, symmetry kind) {
    std::vector<word> numbers;
    const std::size_t n = m.rows, below = n * (n - 1) / 2,
                      needed = kind == symmetry::general     ? n * m.columns
                               : kind == symmetry::symmetric ? below + n
                                                             : below,
                      most = kind == symmetry::skew ? below + n : needed;
    while (advance())
      for (const word& w : in_.words("%")) {
        if (numbers.size() == most) in_.fail(w.at, fmt::format("one number more than {}", most));
        numbers.push_back(w);
      }
    if (numbers.size() < needed) truncated(numbers.size(), needed, "numbers");
    if (numbers.size() != most && numbers.size() != needed) truncated(numbers.size(), most, "numbers");
    const bool diagonal = numbers.size() > below;
    auto next = numbers.begin();
    for (std::size_t k = 0; k < m.columns; ++k)
      for (std::size_t i = kind == symmetry::general ? 0 : diagonal ? k : k + 1; i < m.rows; ++i)
        set(m, kind, i, k, *next++);
  }

  void fill_entries(matrix& m, symmetry kind, std::size_t needed) {
    std::vector<bool> given(m.values.size());
    std::size_t found = 0;
    while (advance()) {
      const std::vector<word> entry = in_.words("%");
      if (found == needed) in_.fail(entry[0].at, fmt::format("one entry more than {}", needed));
      if (entry.size() != 3) in_.fail(entry[0].at, "an entry is 'ROW COLUMN VALUE'");
      const std::size_t i = count(entry[0], m.rows, "rows") - 1, k = count(entry[1], m.columns, "columns") - 1;
      if (kind != symmetry::general && i < k)
        in_.fail(entry[0].at, "a symmetric matrix has entries on and below its diagonal only");
      if (given[i * m.columns + k]) in_.fail(entry[0].at, fmt::format("entry ({}, {}) is given twice", i + 1, k + 1));
      given[i * m.columns + k] = true;
      set(m, kind, i, k, entry[2]);
      ++found;
    }
    if (found < needed) truncated(found, needed, "entries");
  }

  line_reader in_;
  bool more_ = false;
};

} // namespace

// The sign of a comment, the name in letters of any size, parted or with letters wrong, and a word that only a banner has:
// a comment may speak of the Matrix Market too.
bool looks_like_banner(std::string_view line) {
  constexpr std::string_view around = " \t%#-_";
  const std::size_t begin = line.find_first_not_of(around), sign = line.find_first_of("%#");
  if (begin == line.npos || sign > begin) return false;
  std::string letters;
  for (std::size_t i = begin; i < line.size() && letters.size() < banner.size(); ++i)
    if (around.find(line[i]) == around.npos) letters += line[i];
  const std::string_view first = line.substr(begin, std::min(line.find_first_of(" \t", begin), line.size()) - begin);
  const bool misspelt = first.size() < 2 * banner.size() && !nearest(first, std::array{banner}).empty();
  if (lower(letters) != banner && !misspelt) return false;
  if (line[begin - 1] == '%' && lower(line.substr(begin, banner.size())) == banner) return true;
  constexpr std::array<std::string_view, 6> of_banners{"array",     "coordinate",     "general",
                                                       "symmetric", "skew-symmetric", "hermitian"};
  line_reader words(line, "");
  words.next();
  const std::vector<word> all = words.words("");
  return std::any_of(all.begin(), all.end(), [&](const word& w) {
    return std::find(of_banners.begin(), of_banners.end(), lower(w.text)) != of_banners.end();
  });
}

std::vector<matrix> parse_matrix_market(std::string_view contents, const std::string& name) {
  return market_reader(contents, name).all();
}

} // namespace tool
