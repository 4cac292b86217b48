#include "native.hpp"

namespace tool {
namespace {

// Calls f.template operator()<P, Q>() for the size, if it is one of those.
template <class F> void with_size(std::size_t p, std::size_t q, F f) {
  const auto one = [&]<std::size_t P, std::size_t Q>() {
    if (p == P && q == Q) f.template operator()<P, Q>();
  };
#define SADDLE_TOOL_SIZE(P, Q) one.template operator()<P, Q>();
  SADDLE_TOOL_SIZES
#undef SADDLE_TOOL_SIZE
}

} // namespace

template <class T> std::unique_ptr<native_kernels<T>> native_kernels_of(std::string_view rule, game_kind kind,
                                                                        std::size_t p, std::size_t q) {
  std::unique_ptr<native_kernels<T>> r;
  with_size(p, q, [&]<std::size_t P, std::size_t Q>() { r = native_size<P, Q>::template kernels<T>(rule, kind); });
  return r;
}
template std::unique_ptr<native_kernels<float>> native_kernels_of(std::string_view, game_kind, std::size_t,
                                                                  std::size_t);
template std::unique_ptr<native_kernels<double>> native_kernels_of(std::string_view, game_kind, std::size_t,
                                                                   std::size_t);

std::unique_ptr<block_kernels> own_kernels(std::string_view rule, game_kind kind, std::size_t p, std::size_t q) {
  return native_kernels_of<double>(rule, kind, p, q);
}

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
