// Calls every kernel on inputs that differ and prints, for each, where its code is and how much stack it took; the
// emulator's plugin writes how many instructions each call took. `report` puts both together.
#include <saddle/saddle.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "board.hpp"
#include "estimates.hpp"
#include "kernels.hpp"
#include "plain/implicit.hpp"
#include "support/each_game.hpp"

/// What the plugin looks for. Naked: a branch back and nothing else.
extern "C" {
[[gnu::naked, gnu::noinline]] void count_begin() { asm volatile("bx lr"); }
[[gnu::naked, gnu::noinline]] void count_end() { asm volatile("bx lr"); }
}

namespace {

using T = SADDLE_NUMBER;
using saddle_test::random_source;
constexpr int inputs = 16;
/// A spectrum iterates: it is called on so many matrices, of kinds that make it iterate long.
constexpr int matrices = 1200;

/// Stack that one call takes. What it leaves untouched keeps its paint.
[[gnu::noinline]] unsigned stack_of(kernel k, const void* game, const void* plan, void* state) {
  // Twice what any kernel takes. More would cost: painting is what the emulator spends its time on.
  constexpr unsigned room = 4096;
  constexpr unsigned char paint = 0xA5;
  volatile unsigned char* top;
  asm volatile("mov %0, sp" : "=r"(top));
  for (unsigned i = 1; i <= room; ++i) *(top - i) = paint;
  count_begin();
  k(game, plan, state);
  count_end();
  unsigned depth = room;
  while (depth > 0 && *(top - depth) == paint) --depth;
  return depth;
}

struct row {
  const char *who, *name, *game;
  unsigned size;
  unsigned calls = inputs;
};

void print(const row& r, kernel k, unsigned stack) {
  const char* words[] = {r.who, " ", r.name, " ", r.game, " "};
  for (const char* w : words) board::print(w);
  const unsigned numbers[] = {r.size, static_cast<unsigned>(std::bit_cast<std::uintptr_t>(k)), stack, r.calls};
  for (const unsigned n : numbers) {
    board::print(n);
    board::print(" ");
  }
  board::print("\n");
}

bool agree = true;

/// A step of the rule on one game of N + N numbers, and the same as a plain loop.
template <class Rule, class G> struct stepped {
  using Z = typename G::point_type;
  using State = saddle::state_t<Rule, Z>;
  using P = saddle::parameters_t<Rule, Z>;
  using adapted = saddle::adapted<G>;
  static constexpr std::size_t n = Z::p;

  static auto prepared(const G& game, const P& p) {
    return saddle::detail::prepare<Rule, adapted, Z>(adapted{game}, p);
  }
  using Plan = decltype(prepared(G{}, P{}));

  static void step(const void* game, const void* plan, void* state) {
    auto& s = *static_cast<State*>(state);
    bool alive = true;
    s = saddle::detail::advance<Rule>(adapted{*static_cast<const G*>(game)}, *static_cast<const Plan*>(plan), s, alive);
  }

  static void measure(const char* rule, const char* game_name) {
    const kernel spelt_out = plain_step<T, n>(rule, game_name);
    unsigned stack = 0, plain_stack = 0;
    random_source random(71);
    G games[inputs];
    P parameters[inputs];
    State states[inputs], plain_states[inputs];
    for (int i = 0; i < inputs; ++i) {
      games[i] = saddle_test::random_game<G>(random);
      parameters[i] = saddle_test::random_parameters<P>(random);
      plain_states[i] = states[i] = saddle::start(Rule{}, games[i], saddle_test::random_point<Z>(random));
    }
    for (int i = 0; i < inputs; ++i) {
      const Plan plan = prepared(games[i], parameters[i]);
      stack = std::max(stack, stack_of(step, &games[i], &plan, &states[i]));
    }
    print({"saddle", rule, game_name, 2 * n}, step, stack);
    if (spelt_out == nullptr) return;
    for (int i = 0; i < inputs; ++i) {
      const auto plan = plain_plan(games[i], parameters[i]);
      plain_stack = std::max(plain_stack, stack_of(spelt_out, &games[i], &plan, &plain_states[i]));
      const T bound = T(32 * n) * saddle::epsilon<T> * (saddle::norm(states[i].z) + T(1));
      agree = agree && saddle::norm(states[i].z - plain_states[i].z) <= bound;
    }
    print({"plain", rule, game_name, 2 * n}, spelt_out, plain_stack);
  }

private:
  static auto plain_plan(const G& game, const P& p) {
    if constexpr (Rule::about.solves == 0) return p;
    else return factors(game, p.eta);
  }
  static plain::factor<T, n> factor(const saddle::mat<T, n, n>& a) {
    const saddle::ldlt<T, n> of(a);
    return std::bit_cast<plain::factor<T, n>>(only_numbers{of.lower, of.inverse_diagonal});
  }
  struct only_numbers {
    saddle::mat<T, n, n> lower;
    saddle::vec<T, n> inverse;
  };
  /// The Schur complement I + ηB + η² CᵀRC with R = (I + ηA)⁻¹; A = B = 0 for a bilinear game.
  static auto factors(const G& game, const typename Z::step& eta) {
    auto own = saddle::identity<T, n>(), schur = own;
    if constexpr (requires { game.A; }) {
      own = own + eta[0] * game.A;
      schur = schur + eta[1] * game.B;
    }
    const auto solved = saddle::ldlt<T, n>(own).solve(game.C);
    schur = schur + eta[0] * eta[1] * (transpose(game.C) * solved);
    return plain::resolvent<T, n>{{eta[0], eta[1]}, factor(own), factor(schur)};
  }
};

using matrix = saddle::mat<T, 4, 4>;

/// Matrices of six kinds in turn. Each but the first is known to keep eigenvalue iterations busy.
matrix matrix_of_kind(int kind, random_source& random) {
  matrix m = random.fill<matrix>(-1, 1);
  const T small = std::ldexp(T(1), random.integer(-20, -1));
  const auto each = [&m](auto f) {
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j) m(i, j) = f(i, j, m(i, j));
  };
  switch (kind) {
  case 1: { // graded: rows and columns of very different size
    int scale[4];
    for (int& s : scale) s = random.integer(-10, 10);
    each([&](std::size_t i, std::size_t j, T x) { return std::ldexp(x, scale[i] - scale[j]); });
    break;
  }
  case 2: // the Jacobian of a game that is nearly bilinear: all eigenvalues near the imaginary axis
    each([&](std::size_t i, std::size_t j, T x) { return i / 2 == j / 2 ? small * x : i < j ? x : -m(j, i); });
    break;
  case 3: // near a Jordan block: four eigenvalues close together
    each([&](std::size_t i, std::size_t j, T x) { return (i == j || i + 1 == j ? T(1) : T(0)) + small * x; });
    break;
  case 4: // near a cyclic permutation, which Francis' shifts leave as it is
    each([&](std::size_t i, std::size_t j, T x) { return ((i + 1) % 4 == j ? T(1) : T(0)) + small * x; });
    break;
  case 5: // near rank one
    each([&](std::size_t i, std::size_t j, T x) { return m(i, 0) * m(3, j) + small * x; });
    break;
  default: break;
  }
  return m;
}

/// A spectrum of matrices 4 × 4. Its work depends on the matrix.
template <class Function> void measure_spectrum(const char* name, Function) {
  using R = decltype(Function{}(matrix{}));
  const kernel k = [](const void* m, const void*, void* r) {
    *static_cast<R*>(r) = Function{}(*static_cast<const matrix*>(m));
  };
  random_source random(72);
  unsigned stack = 0;
  for (int i = 0; i < matrices; ++i) {
    const matrix m = matrix_of_kind(i % 6, random);
    R r;
    // The deepest call is the same for all: to paint the stack for each would take longer than the rest.
    if (i < inputs) {
      stack = std::max(stack, stack_of(k, &m, nullptr, &r));
      continue;
    }
    count_begin();
    k(&m, nullptr, &r);
    count_end();
  }
  print({"saddle", name, "matrix", 4, matrices}, k, stack);
}

void nothing(const void*, const void*, void*) {}

} // namespace

int main() {
  for (int i = 0; i < inputs; ++i) static_cast<void>(stack_of(nothing, nullptr, nullptr, nullptr));
  print({"saddle", "nothing", "none", 0}, nothing, 0);
  saddle::registry::all_dynamics::each([]<class Rule>(saddle::registry::rule<Rule> entry) {
    saddle_test::each_game([&]<class Family>(const char* game) {
      stepped<Rule, typename Family::template of<T, 2, 2>>::measure(entry.name, game);
      stepped<Rule, typename Family::template of<T, 4, 4>>::measure(entry.name, game);
    });
  });
  each_estimate([](const char* name, auto function) { measure_spectrum(name, function); });
  if (!agree) board::print("a plain step and the library's disagree\n");
  return agree ? 0 : 1;
}
