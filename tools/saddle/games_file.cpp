#include "games_file.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>
#include <system_error>
#include <unordered_map>

#include <fmt/format.h>

#include "input_text.hpp"
#include "nearest.hpp"
#include "number.hpp"
#include "shipped.hpp"

namespace tool {
namespace {

// Games of the largest shipped size take a few kilobytes each: what is larger than this is not a file of games.
constexpr size_limit largest_file{.mebibytes = 16, .remark = ": this is not a file of games"};

struct token {
  std::string_view text; ///< empty at the end of the file
  place at;
};

constexpr std::array<std::string_view, 11> keywords{"game", "bilinear", "quadratic", "A",   "B",    "C",
                                                    "a",    "b",        "start",     "eta", "gamma"};

bool is_keyword(std::string_view word) { return std::find(keywords.begin(), keywords.end(), word) != keywords.end(); }

bool starts_number(std::string_view word) {
  return !word.empty() && (std::strchr("0123456789+-.", word.front()) != nullptr);
}

class reader {
public:
  reader(std::string_view text, std::string file) : text_(text), file_(std::move(file)) { split(); }

  std::vector<game_description> games() {
    if (peek().text.empty()) fail({1, 1}, "there is no game in this file; a game begins with 'game NAME'");
    std::vector<game_description> all;
    while (!peek().text.empty()) {
      if (peek().text != "game") fail_unexpected(peek(), "a game begins with 'game NAME'");
      all.push_back(game());
    }
    return all;
  }

private:
  [[noreturn]] void fail(place at, std::string message) const { throw file_error{file_, at, std::move(message)}; }

  [[noreturn]] void fail_unexpected(const token& t, std::string_view expected) const {
    if (t.text.empty()) fail(t.at, fmt::format("the file ends here; {}", expected));
    if (starts_number(t.text))
      fail(t.at, fmt::format("a number, {}, where none belongs; {}", quoted_text(t.text), expected));
    if (is_keyword(t.text)) fail(t.at, fmt::format("'{}' does not belong here; {}", t.text, expected));
    fail(t.at, fmt::format("unknown keyword {}{}", quoted_text(t.text), did_you_mean(t.text, keywords)));
  }

  // Words are separated by spaces and line ends; '#' begins a comment.
  void split() {
    place at;
    std::size_t begin = 0;
    place begin_at;
    bool in_word = false, in_comment = false;
    const auto end_word = [&](std::size_t i) {
      if (in_word) tokens_.push_back({text_.substr(begin, i - begin), begin_at});
      in_word = false;
    };
    // A byte order mark is how some editors begin a text file.
    std::size_t i = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (; i < text_.size(); ++i) {
      auto c = static_cast<unsigned char>(text_[i]);
      // Of old lines ended so; before \n or another \r it ends none.
      if (c == '\r' && text_.find_first_of("\r\n", i + 1) != i + 1) c = '\n';
      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
        fail(at, fmt::format("byte 0x{:02X}: this is not a text file", c));
      if (c == '\n') {
        end_word(i);
        in_comment = false;
        at = {at.line + 1, 1};
        continue;
      }
      if (!in_comment && c == '#') {
        end_word(i);
        in_comment = true;
      } else if (!in_comment && (c == ' ' || c == '\t' || c == '\r')) {
        end_word(i);
      } else if (!in_comment && !in_word) {
        in_word = true;
        begin = i;
        begin_at = at;
      }
      // The second and later bytes of a UTF-8 character are 10xxxxxx.
      const bool next_continues = i + 1 < text_.size() && (static_cast<unsigned char>(text_[i + 1]) & 0xC0) == 0x80;
      if (!next_continues) ++at.column;
    }
    end_word(i);
    tokens_.push_back({{}, at});
  }

  const token& peek() const { return tokens_[next_]; }
  token take() { return tokens_[next_ + 1 < tokens_.size() ? next_++ : next_]; }

  double number(const token& t, std::string_view what) const {
    double value = 0;
    if (const std::string wrong = read_number(t.text, value); !wrong.empty())
      fail(t.at, fmt::format("{}: {}", what, wrong));
    return value;
  }

  // Up to `most` numbers; their places go to places_.
  std::vector<double> numbers(std::string_view what, std::size_t most) {
    std::vector<double> r;
    places_.clear();
    while (r.size() < most && !peek().text.empty() && !is_keyword(peek().text)) {
      // A word that is no number at all is more likely a misspelt keyword than a misspelt number.
      if (!starts_number(peek().text) && !nearest(peek().text, keywords).empty()) break;
      places_.push_back(peek().at);
      r.push_back(number(take(), what));
    }
    return r;
  }

  std::vector<double> exactly(std::string_view what, std::size_t count, std::string_view shape) {
    std::vector<double> r = numbers(what, count);
    if (r.size() < count)
      fail(peek().at, fmt::format("{} needs {} numbers ({}), found {}", what, count, shape, r.size()));
    if (starts_number(peek().text))
      fail(peek().at,
           fmt::format("{} has {} numbers ({}), here is one more: {}", what, count, shape, quoted_text(peek().text)));
    return r;
  }

  std::size_t dimension(std::string_view kind) {
    const token t = take();
    if (!starts_number(t.text)) fail(t.at, fmt::format("'{} P Q' needs the dimensions of θ and ω", kind));
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(t.text.data(), t.text.data() + t.text.size(), value);
    const bool whole = end == t.text.data() + t.text.size();
    if (!whole || error != std::errc{})
      fail(t.at, fmt::format("{} is not a dimension; shipped are {}", quoted_text(t.text), dimensions_text()));
    if (value == 0) fail(t.at, fmt::format("a dimension is at least 1; shipped are {}", dimensions_text()));
    return value;
  }

  void kind(game_description& g) {
    const token t = take();
    if (t.text == "bilinear") g.kind = game_kind::bilinear;
    else if (t.text == "quadratic") g.kind = game_kind::quadratic;
    else fail_unexpected(t, "the first line of a game is 'bilinear P Q' or 'quadratic P Q'");
    const place at = peek().at;
    g.p = dimension(t.text);
    g.q = dimension(t.text);
    const auto& shipped = dimensions();
    if (std::find(shipped.begin(), shipped.end(), std::pair{g.p, g.q}) == shipped.end())
      fail(at, fmt::format("dimensions {}x{} are not shipped, only {}", g.p, g.q, dimensions_text()));
  }

  std::vector<double> symmetric(std::string_view what, std::size_t n) {
    std::vector<double> m = exactly(what, n * n, fmt::format("{} rows of {}", n, n));
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (m[i * n + j] != m[j * n + i])
          fail(places_[i * n + j], fmt::format("{0} is not symmetric: {0}({1},{2}) = {3} but {0}({2},{1}) = {4}", what,
                                               i + 1, j + 1, m[i * n + j], m[j * n + i]));
    return m;
  }

  // `eta 0.1`, `eta 0.1 0.2` or either with the name of a rule in front.
  void steps(game_description& g, const token& keyword) {
    chosen_steps* to = &g.steps;
    const token rule = peek();
    if (!rule.text.empty() && !starts_number(rule.text) && !is_keyword(rule.text)) {
      const auto& names = dynamics_names();
      if (std::find(names.begin(), names.end(), rule.text) == names.end()) {
        if (nearest(rule.text, names).empty()) number(rule, keyword.text);
        fail(rule.at, fmt::format("unknown dynamics {}{}", quoted_text(rule.text), did_you_mean(rule.text, names)));
      }
      if (keyword.text == "gamma" && !has_gamma(rule.text)) fail(rule.at, fmt::format("{} has no gamma", rule.text));
      to = &g.rule_steps[std::string(rule.text)];
      take();
    }
    auto& place_of = keyword.text == "eta" ? to->eta : to->gamma;
    if (place_of) fail(keyword.at, fmt::format("{} is given twice", keyword.text));
    const std::vector<double> r = numbers(keyword.text, 2);
    if (r.empty()) fail(peek().at, fmt::format("{} needs a step size, or one for θ and one for ω", keyword.text));
    if (starts_number(peek().text))
      fail(peek().at,
           fmt::format("{} takes one number or two, here is one more: {}", keyword.text, quoted_text(peek().text)));
    for (std::size_t i = 0; i < r.size(); ++i)
      if (!(r[i] > 0)) fail(places_[i], fmt::format("{} must be positive, not {}", keyword.text, r[i]));
    place_of = {r.front(), r.back()};
  }

  game_description game() {
    const token keyword = take(), name = take();
    // On the line of its 'game' any word is a name; further on it is the next keyword.
    if (name.text.empty() || (is_keyword(name.text) && name.at.line != keyword.at.line))
      fail(name.at, "'game' needs a name");
    game_description g;
    g.name = name.text;
    g.where = name.at;
    const auto [other, is_new] = lines_.try_emplace(name.text, name.at.line);
    if (!is_new) fail(name.at, fmt::format("the game {} is already on line {}", quoted_text(g.name), other->second));
    kind(g);
    fields(g);
    if (g.C.empty()) fail(peek().at, fmt::format("the game {} ends here and has no C", quoted_text(g.name)));
    complete(g);
    return g;
  }

  void fields(game_description& g) {
    while (!peek().text.empty() && peek().text != "game") {
      const token t = take();
      const auto once = [&](const std::vector<double>& field) {
        if (!field.empty()) fail(t.at, fmt::format("{} is given twice", t.text));
      };
      const auto quadratic_only = [&] {
        if (g.kind == game_kind::bilinear)
          fail(t.at, fmt::format("a bilinear game has no {}, only C; write 'quadratic {} {}'", t.text, g.p, g.q));
      };
      if (t.text == "C") {
        once(g.C);
        g.C = exactly("C", g.p * g.q, fmt::format("{} rows of {}", g.p, g.q));
      } else if (t.text == "A" || t.text == "B") {
        quadratic_only();
        auto& field = t.text == "A" ? g.A : g.B;
        once(field);
        field = symmetric(t.text, t.text == "A" ? g.p : g.q);
      } else if (t.text == "a" || t.text == "b") {
        quadratic_only();
        auto& field = t.text == "a" ? g.a : g.b;
        once(field);
        field = exactly(t.text, t.text == "a" ? g.p : g.q, t.text == "a" ? "as many as θ" : "as many as ω");
      } else if (t.text == "start") {
        once(g.start);
        g.start = exactly("start", g.p + g.q, fmt::format("{} of θ and {} of ω", g.p, g.q));
      } else if (t.text == "eta" || t.text == "gamma") {
        steps(g, t);
      } else {
        fail_unexpected(t, "a game has C, A, B, a, b, start, eta and gamma");
      }
    }
  }

  // What a file may leave out.
  static void complete(game_description& g) {
    g.A.resize(g.p * g.p);
    g.B.resize(g.q * g.q);
    g.a.resize(g.p);
    g.b.resize(g.q);
    if (g.start.empty())
      for (std::size_t i = 0; i < g.p + g.q; ++i) g.start.push_back(1.0 / static_cast<double>(i + 1));
  }

  std::string_view text_;
  std::string file_;
  std::vector<token> tokens_;
  std::size_t next_ = 0;
  std::vector<place> places_;
  std::unordered_map<std::string_view, std::size_t> lines_; ///< of the names so far
};

} // namespace

std::string to_string(const file_error& e) {
  if (!e.at) return fmt::format("{}: {}", e.file, e.message);
  return fmt::format("{}:{}:{}: {}", e.file, e.at->line, e.at->column, e.message);
}

std::vector<game_description> read_games(std::istream& in, const std::string& name) {
  return reader(read_all(in, name, largest_file), name).games();
}

std::vector<game_description> read_games(const std::string& file) {
  return reader(read_all(file, largest_file), display_name(file)).games();
}

} // namespace tool
