#include "game_choice.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "nearest.hpp"
#include "number.hpp"
#include "shipped.hpp"

namespace tool {
namespace {

constexpr std::size_t most_values = 65536;

double number(const std::string& name, std::string_view text) {
  double value = 0;
  if (const std::string wrong = read_number(text, value); !wrong.empty())
    throw usage_error{fmt::format("{}: {}", name, wrong)};
  return value;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> r;
  while (true) {
    const std::size_t at = text.find(separator);
    r.push_back(text.substr(0, at));
    if (at == text.npos) return r;
    text.remove_prefix(at + 1);
  }
}

values_of range(const std::string& name, const std::string& text) {
  const auto parts = split(text, ':');
  if (parts.size() > 4 || parts.size() < 3 || (parts.size() == 4 && parts[3] != "log" && parts[3] != "lin"))
    throw usage_error{
        fmt::format("{}: {} is no range; one is FROM:TO:COUNT or FROM:TO:COUNT:log", name, quoted_text(text))};
  values_of r{name, {}, true, parts.size() == 4 && parts[3] == "log", text};
  const double from = number(name, parts[0]), to = number(name, parts[1]), count = number(name, parts[2]);
  if (!(count >= 2) || count > static_cast<double>(most_values) || count != std::floor(count))
    throw usage_error{fmt::format("{}: a range has 2 to {} values, not {}", name, most_values, quoted_text(parts[2]))};
  if (!(from < to)) throw usage_error{fmt::format("{}: the range {} does not rise", name, quoted_text(text))};
  if (r.logarithmic && !(from > 0))
    throw usage_error{fmt::format("{}: a logarithmic range begins above zero, not at {}", name, quoted_text(parts[0]))};
  const auto n = static_cast<std::size_t>(count);
  for (std::size_t k = 0; k < n; ++k) {
    const auto done = static_cast<double>(k), left = static_cast<double>(n - 1 - k), all = done + left;
    // The ends are the numbers that were written.
    r.values.push_back(k == 0          ? from
                       : k + 1 == n    ? to
                       : r.logarithmic ? from * std::pow(to / from, done / all)
                                       : (left * from + done * to) / all);
    // Ends as far apart as numbers go.
    if (!std::isfinite(r.values.back()))
      r.values.back() =
          r.logarithmic ? std::pow(from, left / all) * std::pow(to, done / all) : left / all * from + done / all * to;
  }
  return r;
}

// Names of step sizes among the parameters of a game: the generator is θ, the discriminator is ω.
std::string* step_named(rule_options& o, std::string_view name) {
  if (name == "eta") return &o.eta;
  if (name == "eta_theta" || name == "eta_g") return &o.eta_theta;
  if (name == "eta_omega" || name == "eta_d") return &o.eta_omega;
  if (name == "gamma") return &o.gamma;
  if (name == "gamma_theta") return &o.gamma_theta;
  if (name == "gamma_omega") return &o.gamma_omega;
  return nullptr;
}

int loss_named(std::string_view text) {
  const std::vector<std::string_view> known{"saturating", "non_saturating", "wasserstein"};
  const auto at = std::find(known.begin(), known.end(), text);
  if (at == known.end())
    throw usage_error{fmt::format("unknown loss {}{}", quoted_text(text), did_you_mean(text, known))};
  return static_cast<int>(at - known.begin());
}

// FILE or FILE:GAME.
chosen_game from_file(const std::vector<std::string>& words) {
  const std::string& text = words[0];
  if (words.size() > 1)
    throw usage_error{
        fmt::format("--game: a game from a file has no parameters to set, here is {}", quoted_text(words[1]))};
  const std::size_t colon = text.rfind(':');
  const std::string file = text.substr(0, colon), wanted = colon == text.npos ? "" : text.substr(colon + 1);
  const auto games = read_games(file);
  std::vector<std::string_view> names;
  for (const auto& g : games) {
    names.push_back(g.name);
    if (wanted.empty() || g.name == wanted) {
      chosen_game r;
      r.file = file;
      r.described = std::make_shared<const game_description>(g);
      return r;
    }
  }
  throw usage_error{fmt::format("there is no game {} in {}{}", quoted_text(wanted), file, did_you_mean(wanted, names))};
}

double only_value(const values_of& v) {
  if (v.values.size() != 1) throw usage_error{fmt::format("{}: one number is needed here", v.name)};
  return v.values[0];
}

} // namespace

values_of parse_values(const std::string& name, const std::string& text) {
  if (text.find(':') != text.npos) return range(name, text);
  values_of r{name, {}, false, false, text};
  for (const std::string_view part : split(text, ',')) r.values.push_back(number(name, part));
  return r;
}

std::string chosen_game::label() const {
  if (described) return described->name;
  std::string r(what->name);
  if (what->has_loss && loss != 0) r += loss == 1 ? " loss=non_saturating" : " loss=wasserstein";
  for (const values_of& v : given)
    if (v.values.size() == 1) r += fmt::format(" {}={:g}", v.name, v.values[0]);
  return r;
}

settings<double> chosen_game::fixed() const {
  settings<double> s;
  s.what = what;
  s.loss = loss;
  s.described = described.get();
  if (what == nullptr) return s;
  for (const parameter& p : what->parameters) {
    s.values.push_back(p.value);
    for (const values_of& v : given)
      if (v.name == p.name && v.values.size() == 1) s.values.back() = v.values[0];
  }
  return s;
}

chosen_game choose_game(const std::vector<std::string>& words, rule_options& steps) {
  const std::string& name = words[0];
  chosen_game r;
  r.what = find_family(name);
  if (r.what == nullptr) {
    // A name with a dot, a slash or a colon is a file's.
    if (name.find_first_of("./:") != name.npos) return from_file(words);
    std::vector<std::string_view> known;
    for (const family& f : families()) known.push_back(f.name);
    throw usage_error{fmt::format("unknown game {}{}", quoted_text(name), did_you_mean(name, known))};
  }
  for (std::size_t k = 1; k < words.size(); ++k) {
    const std::size_t sign = words[k].find('=');
    if (sign == words[k].npos) throw usage_error{fmt::format("--game: {} is not NAME=VALUE", quoted_text(words[k]))};
    const std::string parameter_name = words[k].substr(0, sign), value = words[k].substr(sign + 1);
    if (std::string* step = step_named(steps, parameter_name)) {
      if (!step->empty()) throw usage_error{fmt::format("{} is given twice", parameter_name)};
      *step = value;
      continue;
    }
    if (parameter_name == "loss" && r.what->has_loss) {
      r.loss = loss_named(value);
      continue;
    }
    std::vector<std::string_view> known;
    for (const parameter& p : r.what->parameters) known.push_back(p.name);
    if (std::find(known.begin(), known.end(), parameter_name) == known.end())
      throw usage_error{fmt::format("{} has no parameter {}{}", name, quoted_text(parameter_name),
                                    did_you_mean(parameter_name, known))};
    for (const values_of& v : r.given)
      if (v.name == parameter_name) throw usage_error{fmt::format("{} is given twice", parameter_name)};
    r.given.push_back(parse_values(parameter_name, value));
  }
  return r;
}

void require_dynamics(const std::string& name) {
  const auto& known = dynamics_names();
  if (std::find(known.begin(), known.end(), name) == known.end())
    throw usage_error{fmt::format("unknown dynamics {}{}", quoted_text(name), did_you_mean(name, known))};
}

rule_steps<double> steps_of(const std::string& rule, const rule_options& o) {
  const auto value = [](const char* name, const std::string& own, const std::string& common) {
    const std::string& text = own.empty() ? common : own;
    if (text.empty()) throw usage_error{fmt::format("{} is missing", name)};
    const double x = only_value(parse_values(name, text));
    if (!(x > 0)) throw usage_error{fmt::format("{} must be positive, not {:g}", name, x)};
    return x;
  };
  rule_steps<double> r{};
  const double theta = value("--eta", o.eta_theta, o.eta), omega = value("--eta", o.eta_omega, o.eta);
  r.eta = {theta, omega, o.eta.empty() ? theta : value("--eta", o.eta, "")};
  if (has_gamma(rule)) {
    const double first = value("--gamma", o.gamma_theta, o.gamma), second = value("--gamma", o.gamma_omega, o.gamma);
    r.gamma = {first, second, o.gamma.empty() ? first : value("--gamma", o.gamma, "")};
  } else if (!o.gamma.empty() || !o.gamma_theta.empty() || !o.gamma_omega.empty()) {
    throw usage_error{fmt::format("{} has no gamma", rule)};
  }
  return r;
}

linear_game linearised(const any_shape<double>& game) {
  return std::visit([](const auto& g) { return g->linearised(); }, game);
}

std::vector<std::string> coordinate_names(const chosen_game& game, const std::vector<std::size_t>& sizes) {
  if (game.what != nullptr && !game.what->coordinates.empty())
    return {game.what->coordinates.begin(), game.what->coordinates.end()};
  std::vector<std::string> r;
  for (std::size_t player = 0; player < sizes.size(); ++player)
    for (std::size_t k = 0; k < sizes[player]; ++k)
      r.push_back(fmt::format("{}{}", player == 0 ? "theta" : "omega", k + 1));
  return r;
}

} // namespace tool
