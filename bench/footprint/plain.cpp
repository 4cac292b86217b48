// The plain steps, compiled as a user's own code is: none of the library's flags, so the compiler fuses a * b + c where it
// likes.
#include <string_view>

#include "kernels.hpp"
#include "plain.hpp"

namespace {

template <class G, class P, class S, void (*Step)(const G&, const P&, S&)>
void called(const void* game, const void* plan, void* state) {
  Step(*static_cast<const G*>(game), *static_cast<const P*>(plan), *static_cast<S*>(state));
}

} // namespace

// Written by CMakeLists.txt: includes every file of plain/; on_game<T, N, G>(rule) is the rule's step, `called` as above.
#include "plain_steps.hpp"

template <class T, std::size_t N> kernel plain_step(const char* rule, const char* game) {
  const std::string_view name(game);
  if (name == "bilinear") return on_game<T, N, plain::bilinear<T, N>>(rule);
  if (name == "quadratic") return on_game<T, N, plain::quadratic<T, N>>(rule);
  return nullptr;
}

template kernel plain_step<SADDLE_NUMBER, 2>(const char*, const char*);
template kernel plain_step<SADDLE_NUMBER, 4>(const char*, const char*);
