#include "native.hpp"

#include <stdexcept>

namespace tool {
namespace {

// Calls f.template operator()<P, Q>() for the size, if it is one of those.
template <class F> bool with_size(std::size_t p, std::size_t q, F f) {
  bool found = false;
  const auto one = [&]<std::size_t P, std::size_t Q>() {
    if (p != P || q != Q) return;
    found = true;
    f.template operator()<P, Q>();
  };
#define SADDLE_TOOL_SIZE(P, Q) one.template operator()<P, Q>();
  SADDLE_TOOL_SIZES
#undef SADDLE_TOOL_SIZE
  return found;
}

void require(bool found) {
  if (!found) throw std::logic_error("there are no kernels of this size");
}

} // namespace

bool has_native(std::size_t p, std::size_t q) {
  return with_size(p, q, []<std::size_t, std::size_t>() {});
}

std::unique_ptr<block_kernels> own_kernels(std::string_view rule, game_kind kind, std::size_t p, std::size_t q) {
  std::unique_ptr<block_kernels> r;
  with_size(p, q, [&]<std::size_t P, std::size_t Q>() { r = native_size<P, Q>::kernels(rule, kind); });
  return r;
}

template <class T> step_times native_times(std::string_view rule, const native_game& game, double eta) {
  step_times r;
  require(with_size(game.p, game.q, [&]<std::size_t P, std::size_t Q>() {
    r = native_size<P, Q>::template times<T>(rule, game, eta);
  }));
  return r;
}
template step_times native_times<float>(std::string_view, const native_game&, double);
template step_times native_times<double>(std::string_view, const native_game&, double);

native_game native_form(const game_description& d) {
  native_game r{d.kind, d.p, d.q, {}, d.start};
  const auto add = [&](const std::vector<double>& numbers) {
    for (const double x : numbers) r.numbers.push_back({nullptr, x});
  };
  if (d.kind == game_kind::bilinear) {
    add(d.C);
  } else {
    for (const auto* numbers : {&d.A, &d.B, &d.C, &d.a, &d.b}) add(*numbers);
  }
  return r;
}

std::optional<native_game> native_form(const settings<along_row>& s) {
  if (s.described != nullptr) return native_form(*s.described);
  // Near the equilibrium at zero, as models.cpp puts every game of the catalogue.
  const std::vector<double> start{0.1, 0.1 / 2};
  if (s.what->name == "bilinear") return native_game{game_kind::bilinear, 1, 1, {s["sigma"]}, start};
  if (s.what->name == "quadratic")
    return native_game{game_kind::quadratic, 1, 1, {s["a"], s["b"], s["sigma"], {}, {}}, start};
  return {};
}

} // namespace tool
