#include "json.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include <nlohmann/json.hpp>

namespace tool {
namespace {

// As the library writes numbers and strings. A name may be in any encoding: what is no UTF-8 becomes U+FFFD.
std::string written(const nlohmann::json& x) {
  return x.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

json::json(bool x) : scalar_(x ? "true" : "false") {}
json::json(double x) : scalar_(written(x)) {}
json::json(std::uint64_t x) : scalar_(std::to_string(x)) {}
json::json(std::string_view x) : scalar_(written(x)) {}

json json::object(std::initializer_list<std::pair<const char*, json>> members) {
  json r(kind::object);
  for (const auto& [name, value] : members) r.add(name, value);
  return r;
}

void json::add(std::string name, json value) {
  names_.push_back(std::move(name));
  items_.push_back(std::move(value));
}

std::string json::text(bool by_name) const {
  std::string r;
  write(r, 0, by_name);
  return r;
}

void json::write(std::string& to, std::size_t column, bool by_name) const {
  if (kind_ == kind::scalar) {
    to += scalar_;
    return;
  }
  const std::string_view brackets = kind_ == kind::array ? "[]" : "{}";
  to += brackets[0];
  std::vector<std::size_t> order(items_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (by_name && kind_ == kind::object)
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return names_[a] < names_[b]; });
  const char* before = "\n";
  for (const std::size_t k : order) {
    to += before;
    before = ",\n";
    to.append(column + 2, ' ');
    if (kind_ == kind::object) to += written(names_[k]) + ": ";
    items_[k].write(to, column + 2, by_name);
  }
  if (!items_.empty()) {
    to += '\n';
    to.append(column, ' ');
  }
  to += brackets[1];
}

} // namespace tool
