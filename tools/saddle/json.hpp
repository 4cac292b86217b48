/// JSON to be printed: a small tree of its own, because every unit that includes the library behind it takes several times
/// as long to compile.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

class json {
public:
  json() = default; ///< null
  json(bool x);
  json(double x); ///< null where it is not finite: JSON knows no infinity
  json(std::uint64_t x);
  json(std::string_view x);
  json(const std::string& x) : json(std::string_view(x)) {}
  json(const char* x) : json(std::string_view(x)) {}
  template <class T> json(const std::optional<T>& x) {
    if (x) *this = json(*x);
  }

  static json array() { return json(kind::array); }
  static json object(std::initializer_list<std::pair<const char*, json>> members);
  template <class Items> static json array_of(const Items& items) {
    json r = array();
    for (const auto& x : items) r.push_back(x);
    return r;
  }

  void push_back(json item) { items_.push_back(std::move(item)); } ///< to an array
  void add(std::string name, json value);                          ///< to an object

  /// Two columns further right a level. Members are in the order in which they came, or in that of their names.
  std::string text(bool by_name = false) const;

private:
  enum class kind : unsigned char { scalar, array, object };
  explicit json(kind k) : kind_(k) {}
  void write(std::string& to, std::size_t column, bool by_name) const;

  kind kind_ = kind::scalar;
  std::string scalar_ = "null";    ///< as it is written
  std::vector<json> items_;        ///< of an array, or the values of an object
  std::vector<std::string> names_; ///< of the values of an object
};

} // namespace tool
