#include "shipped.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <saddle/saddle.hpp>

#include "block_kernels.hpp"

namespace tool {

const std::vector<std::string_view>& dynamics_names() {
  static const auto names = [] {
    std::vector<std::string_view> r;
    saddle::registry::all_dynamics::each([&](auto rule) { r.emplace_back(rule.name); });
    return r;
  }();
  return names;
}

bool has_gamma(std::string_view rule) {
  bool r = false;
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if (rule == entry.name) r = saddle::parameters_t<Rule, saddle::point<double, 1, 1>>::count > 1;
  });
  return r;
}

const std::vector<std::pair<std::size_t, std::size_t>>& dimensions() {
  static const auto pairs = [] {
    std::vector<std::pair<std::size_t, std::size_t>> r;
    saddle::registry::all_dimensions::each([&](auto size) { r.emplace_back(size.p, size.q); });
    return r;
  }();
  return pairs;
}

std::string dimensions_text() {
  std::string r;
  for (const auto& [p, q] : dimensions()) r += fmt::format("{}{}x{}", r.empty() ? "" : ", ", p, q);
  return r;
}

#define SADDLE_QUOTE(x) #x
#define SADDLE_TEXT(x) SADDLE_QUOTE(x)
std::string_view isa() { return SADDLE_TEXT(SADDLE_ISA); }

const std::vector<std::string_view>& isas() {
  static const auto names = [] {
    std::vector<std::string_view> r = compiled_isas();
    if (std::find(r.begin(), r.end(), isa()) == r.end()) r.insert(r.begin(), isa());
    return r;
  }();
  return names;
}

} // namespace tool
