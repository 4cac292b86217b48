// The plain steps, compiled as a user's own code is: none of the library's flags, so the compiler fuses a * b + c where it
// likes.
#include "plain.hpp"

#include <string_view>

#include "kernels.hpp"

namespace {

template <class G, class P, class S, void (*Step)(const G&, const P&, S&)>
void called(const void* game, const void* plan, void* state) {
  Step(*static_cast<const G*>(game), *static_cast<const P*>(plan), *static_cast<S*>(state));
}

template <class T, std::size_t N, class G> kernel on_game(std::string_view rule) {
  using namespace plain;
  using Z = pair<T, N>;
  using one = one_step<T>;
  using two = two_steps<T>;
  if (rule == "simultaneous") return called<G, one, Z, simultaneous<G, T, N>>;
  if (rule == "alternating") return called<G, one, Z, alternating<G, T, N>>;
  if (rule == "optimistic") return called<G, one, with_memory<T, N>, optimistic<G, T, N>>;
  if (rule == "consensus") return called<G, two, Z, consensus<G, T, N>>;
  if (rule == "implicit") return called<G, resolvent<T, N>, Z, implicit<T, N>>;
  if (rule == "predictive") return called<G, two, Z, predictive<G, T, N>>;
  if (rule == "gradient_penalty") return called<G, two, Z, gradient_penalty<G, T, N>>;
  return nullptr;
}

} // namespace

template <class T, std::size_t N> kernel plain_step(const char* rule, const char* game) {
  const std::string_view name(game);
  if (name == "bilinear") return on_game<T, N, plain::bilinear<T, N>>(rule);
  if (name == "quadratic") return on_game<T, N, plain::quadratic<T, N>>(rule);
  return nullptr;
}

template kernel plain_step<SADDLE_NUMBER, 2>(const char*, const char*);
template kernel plain_step<SADDLE_NUMBER, 4>(const char*, const char*);
