/// Vectors and matrices of one game that lies across the lanes of SIMD registers (lane/across.hpp).
///
/// A vec of N numbers is a few registers, padded with zeros behind the last number. A product adds its terms in an order
/// that N and the number format settle, not the width of the registers: the bits are those of every instruction set with
/// a fused multiply-add, and of V = double or float. They are not the bits of a game on plain numbers, whose sums run
/// from the first term to the last in one chain; that chain is what a single game waits for. docs/one-game.md says how fast
/// it is and what bounds it.
///
/// Once a number of a game is infinite, others may turn into NaN earlier than on plain numbers (0 · ∞ in the padding).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <saddle/lane/across.hpp>
#include <saddle/linalg/mat.hpp>
#include <saddle/linalg/point.hpp>
#include <saddle/linalg/vec.hpp>

namespace saddle::inline SADDLE_ISA {

namespace detail {

/// Numbers of a cache line, which is also the widest register there is.
template <class T> inline constexpr std::size_t line = 64 / sizeof(T);

/// How a vec of N numbers lies in registers.
///
/// Up to a cache line it is padded to a power of two and cut in two registers where each then has 32 bytes, or two
/// numbers: half as many numbers have to move within a register as in one of twice the width, and movements between its
/// halves are the slow ones (4 cycles on Zen 3 and 4). Measured: 8 doubles 1.25x faster than in one register of AVX-512
/// (Zen 4), 4 doubles up to 1.13x faster than in one of AVX2, but 8 floats up to 1.18x slower (Zen 3), since twice as many
/// operations have to be issued. A longer one is padded to whole cache lines.
template <class V, std::size_t N> struct strip {
  using T = scalar_t<V>;
  static constexpr bool small = N <= line<T>;
  static constexpr std::size_t padded = small ? std::bit_ceil(N) : (N + line<T> - 1) / line<T> * line<T>;
  static constexpr std::size_t half = (padded > 4 ? 32 : 16) / sizeof(T); ///< at the least
  /// Numbers of a register on the widest machine: the order of sums refers to it.
  static constexpr std::size_t stride = small ? std::min(padded, std::max(padded / 2, half)) : line<T>;
  using lanes = at_most<V, stride>;
  static constexpr std::size_t per = width<lanes>, count = padded / per;
};

/// Calls f.template operator()<0>() … <N − 1>(): a loop whose index is a constant, as a shuffle wants it.
template <std::size_t N, class F> SADDLE_INLINE constexpr void times(F&& f) noexcept {
  [&]<std::size_t... I>(std::index_sequence<I...>) SADDLE_INLINE_LAMBDA { (f.template operator()<I>(), ...); }
  (std::make_index_sequence<N>());
}

/// Count registers.
template <class Lanes, std::size_t Count> struct registers {
  using lanes = Lanes;
  static constexpr std::size_t count = Count, per = width<Lanes>;
  Lanes part[Count];

  registers() noexcept = default;
  // Register by register: see lane/group.hpp.
  SADDLE_INLINE constexpr registers(const registers& o) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Count; ++k) part[k] = o.part[k];
  }
  SADDLE_INLINE constexpr registers& operator=(const registers& o) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Count; ++k) part[k] = o.part[k];
    return *this;
  }
  SADDLE_INLINE constexpr explicit registers(const scalar_t<Lanes>* numbers) noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Count; ++k) part[k] = load<Lanes>(numbers + k * per);
  }
  SADDLE_INLINE constexpr void put(scalar_t<Lanes>* numbers) const noexcept {
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Count; ++k) store(numbers + k * per, part[k]);
  }
  SADDLE_INLINE static constexpr registers zero() noexcept {
    registers r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Count; ++k) r.part[k] = broadcast<Lanes>(0);
    return r;
  }
  SADDLE_INLINE friend constexpr registers operator+(const registers& a, const registers& b) noexcept {
    registers r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < Count; ++k) r.part[k] = a.part[k] + b.part[k];
    return r;
  }
};

/// The numbers of `from` in registers of another number, zeros behind the last of them, or of another width: by way of
/// memory.
template <class To, class From> SADDLE_INLINE constexpr To regrouped(const From& from) noexcept {
  if constexpr (std::is_same_v<typename To::lanes, typename From::lanes>) {
    constexpr std::size_t both = std::min(To::count, From::count);
    To r = To::zero();
    SADDLE_UNROLL
    for (std::size_t k = 0; k < both; ++k) r.part[k] = from.part[k];
    return r;
  } else {
    using T = scalar_t<typename To::lanes>;
    T numbers[std::max(From::count * From::per, To::count * To::per)]{};
    from.put(numbers);
    return To(numbers);
  }
}

} // namespace detail

template <class V, std::size_t N> struct vec<across<V>, N> {
  static_assert(N >= 1, "saddle::vec needs at least one element");
  using lane_type = across<V>;
  using T = scalar_t<V>;
  using strip = detail::strip<V, N>;
  using lanes = typename strip::lanes;
  using registers = detail::registers<lanes, strip::count>;
  static constexpr std::size_t size = N;
  registers in;

  vec() noexcept = default;
  SADDLE_INLINE constexpr explicit vec(const registers& r) noexcept : in(r) {}
  SADDLE_INLINE static constexpr vec zero() noexcept { return vec(registers::zero()); }

  constexpr explicit vec(const vec<T, N>& plain) noexcept {
    T numbers[strip::padded]{};
    for (std::size_t i = 0; i < N; ++i) numbers[i] = plain[i];
    in = registers(numbers);
  }
  constexpr vec<T, N> plain() const noexcept {
    T numbers[strip::padded]{};
    in.put(numbers);
    vec<T, N> r;
    for (std::size_t i = 0; i < N; ++i) r[i] = numbers[i];
    return r;
  }

  template <class I> constexpr lane_type operator[](I) const noexcept {
    static_assert(!std::is_same_v<I, I>,
                  "saddle: the numbers of a vec that lies across registers are not taken one by "
                  "one: write the game with products of mat and vec, or keep it on plain numbers");
  }

  /// A walk visits the vec as a whole: its game has one truth value.
  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept { f(x...); }

  SADDLE_INLINE friend constexpr vec operator+(const vec& a, const vec& b) noexcept { return vec(a.in + b.in); }
  SADDLE_INLINE friend constexpr vec operator-(const vec& a, const vec& b) noexcept {
    vec r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < strip::count; ++k) r.in.part[k] = a.in.part[k] - b.in.part[k];
    return r;
  }
  SADDLE_INLINE friend constexpr vec operator-(const vec& a) noexcept {
    vec r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < strip::count; ++k) r.in.part[k] = -a.in.part[k];
    return r;
  }
  SADDLE_INLINE friend constexpr vec operator*(lane_type s, const vec& a) noexcept {
    const lanes all_s = broadcast<lanes>(s.value);
    vec r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < strip::count; ++k) r.in.part[k] = all_s * a.in.part[k];
    return r;
  }
  SADDLE_INLINE friend constexpr vec fma(lane_type s, const vec& a, const vec& b) noexcept {
    const lanes all_s = broadcast<lanes>(s.value);
    vec r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < strip::count; ++k) r.in.part[k] = fma(all_s, a.in.part[k], b.in.part[k]);
    return r;
  }
  SADDLE_INLINE friend constexpr vec fnma(lane_type s, const vec& a, const vec& b) noexcept {
    const lanes all_s = broadcast<lanes>(s.value);
    vec r;
    SADDLE_UNROLL
    for (std::size_t k = 0; k < strip::count; ++k) r.in.part[k] = fnma(all_s, a.in.part[k], b.in.part[k]);
    return r;
  }
  SADDLE_INLINE friend constexpr vec select(bool m, const vec& a, const vec& b) noexcept { return m ? a : b; }
  friend constexpr bool finite(const vec& a) noexcept {
    bool r = true;
    for (std::size_t k = 0; k < strip::count; ++k) r = r && all(finite(a.in.part[k]));
    return r;
  }
  /// Σ aᵢbᵢ: term i goes to partial sum i mod `stride`, the partial sums are added by halves.
  friend constexpr lane_type dot(const vec& a, const vec& b) noexcept {
    constexpr std::size_t sums = strip::stride / strip::per;
    detail::registers<lanes, sums> s = detail::registers<lanes, sums>::zero();
    for (std::size_t k = 0; k < strip::count; ++k) s.part[k % sums] = fma(a.in.part[k], b.in.part[k], s.part[k % sums]);
    T sum[strip::stride]{};
    s.put(sum);
    for (std::size_t half = strip::stride / 2; half > 0; half /= 2)
      for (std::size_t i = 0; i < half; ++i) sum[i] = sum[i] + sum[i + half];
    return lane_type(sum[0]);
  }
};

namespace detail {

/// A matrix for products y = M·x, cut in square blocks of at most a cache line a side. A block adds Σₖ dₖ ∘ xₖ, where
/// element i of xₖ is x[i xor k] and that of dₖ is M[i][i xor k]. A register meets itself first and its own numbers
/// swapped later, so a product begins before anything has moved; there are half as many movements as in a broadcast of
/// each number, and cheaper ones.
template <class V, std::size_t R, std::size_t C> struct swapped_diagonals {
  using T = scalar_t<V>;
  using out = strip<V, R>;
  using lanes = typename out::lanes;
  using result = registers<lanes, out::count>;
  static constexpr std::size_t block = std::min(out::padded, line<T>);
  static constexpr std::size_t down = out::padded / block, along = (C + block - 1) / block;
  static constexpr std::size_t tall = block / out::per; ///< registers of a block
  /// Blocks one above the other that are taken together: as many sums in flight as hide the latency of each.
  static constexpr std::size_t together = down > 1 ? 2 : 1;
  /// Sums of an element: two take turns, but of two terms the second waits for its movement as long as an addition takes.
  static constexpr std::size_t sums = block > 1 && along* block > 2 ? 2 : 1;
  using argument = registers<lanes, along * tall>;
  /// In the order in which they are read.
  lanes diagonal[down * along * block * tall];

  /// Which diagonal of a block comes as the term-th.
  static constexpr std::size_t diagonal_of(std::size_t term) noexcept {
    constexpr std::size_t near = std::min(out::stride, 32 / sizeof(T)), groups = block / near;
    return term % groups * near + term / groups;
  }

  /// element(i, j) of the matrix.
  template <class F> constexpr void fill(F element) noexcept {
    lanes* next = diagonal;
    for (std::size_t first = 0; first < down; first += together)
      for (std::size_t a = 0; a < along; ++a)
        for (std::size_t term = 0; term < block; ++term)
          for (std::size_t r = 0; r < std::min(together, down - first) * tall; ++r) {
            T numbers[out::per]{};
            for (std::size_t lane = 0; lane < out::per; ++lane) {
              const std::size_t i = r % tall * out::per + lane, row = (first + r / tall) * block + i;
              const std::size_t column = a * block + (i ^ diagonal_of(term));
              if (row < R && column < C) numbers[lane] = element(row, column);
            }
            *next++ = load<lanes>(numbers);
          }
  }

  /// f ± M·x into f; where f is no term (`Onto` is false), the sum starts from a product, which is a cycle shorter than a
  /// multiply-add on zero (Zen) and needs no register with the zero.
  ///
  /// An element's terms alternate between two sums, block after block of x. Those of a block that need the same movement
  /// within 32 bytes follow one another.
  template <bool Minus, bool Onto, class X> SADDLE_INLINE constexpr void sum(const X& x, result& f) const noexcept {
    if constexpr (!std::is_same_v<X, argument>) {
      sum<Minus, Onto>(regrouped<argument>(x), f);
    } else if constexpr (down <= together) {
      rows<down, Minus, Onto>(x, 0, f);
    } else {
      for (std::size_t b = 0; b + together <= down; b += together) rows_called<together, Minus, Onto>(x, b, f);
      if constexpr (down % together != 0) rows_called<down % together, Minus, Onto>(x, down / together * together, f);
    }
  }

private:
  /// Where the registers do not hold a point, its numbers are better read from where they lie than shuffled about on the
  /// stack, which is what g++ 12 does to a step of which it sees everything (n = 32: 1.1 to 1.5x slower).
  template <std::size_t Rows, bool Minus, bool Onto>
  [[gnu::noinline]] constexpr void rows_called(const argument& x, std::size_t first, result& f) const noexcept {
    rows<Rows, Minus, Onto>(x, first, f);
  }

  template <std::size_t Rows, bool Minus, bool Onto>
  SADDLE_INLINE constexpr void rows(const argument& x, std::size_t first, result& f) const noexcept {
    lanes s[sums][Rows * tall];
    if constexpr (Onto) {
      SADDLE_UNROLL
      for (std::size_t r = 0; r < Rows * tall; ++r) s[0][r] = f.part[first * tall + r];
    }
    add<Rows, true, Minus, Onto>(x, first, 0, s);
    SADDLE_UNROLL
    for (std::size_t a = 1; a < along; ++a) add<Rows, false, Minus, Onto>(x, first, a, s);
    SADDLE_UNROLL
    for (std::size_t r = 0; r < Rows * tall; ++r)
      f.part[first * tall + r] = sums == 2 ? s[0][r] + s[sums - 1][r] : s[0][r];
  }

  template <std::size_t Rows, bool First, bool Minus, bool Onto> SADDLE_INLINE constexpr void
  add(const argument& x, std::size_t first, std::size_t a, lanes (&s)[sums][Rows * tall]) const noexcept {
    const lanes* const d = diagonal + (first * along + a * Rows) * block * tall;
    times<block>([&]<std::size_t Term>() SADDLE_INLINE_LAMBDA {
      constexpr std::size_t k = diagonal_of(Term);
      constexpr bool starts = First && Term < sums && !(Onto && Term == 0);
      SADDLE_UNROLL
      for (std::size_t r = 0; r < Rows * tall; ++r) {
        const lanes m = d[Term * Rows * tall + r];
        const lanes swapped = exchange<k % out::per>(x.part[a * tall + (r % tall ^ k / out::per)]);
        lanes& sum = s[Term % sums][r];
        if constexpr (starts) sum = Minus ? -(m * swapped) : m * swapped;
        else sum = Minus ? fnma(m, swapped, sum) : fma(m, swapped, sum);
      }
    });
  }
};

} // namespace detail

/// Kept for both players: each reads it the way its own numbers lie.
template <class V, std::size_t R, std::size_t C> struct mat<across<V>, R, C> {
  static_assert(R >= 1 && C >= 1, "saddle::mat needs at least one row and one column");
  using lane_type = across<V>;
  using T = scalar_t<V>;
  static constexpr std::size_t rows = R, columns = C;
  detail::swapped_diagonals<V, R, C> forward;  ///< M
  detail::swapped_diagonals<V, C, R> backward; ///< −Mᵀ, the form that the field of a game has

  mat() noexcept = default;
  constexpr explicit mat(const mat<T, R, C>& plain) noexcept {
    forward.fill([&](std::size_t i, std::size_t j) { return plain(i, j); });
    backward.fill([&](std::size_t i, std::size_t j) { return -plain(j, i); });
  }

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept { f(x...); }
};

/// f + (Cω, −Cᵀθ)
template <class V, std::size_t P, std::size_t Q> SADDLE_INLINE constexpr point<across<V>, P, Q>
coupled(const mat<across<V>, P, Q>& C, const point<across<V>, P, Q>& z, point<across<V>, P, Q> f) noexcept {
  C.forward.template sum<false, true>(z.omega.in, f.theta.in);
  C.backward.template sum<false, true>(z.theta.in, f.omega.in);
  return f;
}

/// (Cω, −Cᵀθ)
template <class V, std::size_t P, std::size_t Q> SADDLE_INLINE constexpr point<across<V>, P, Q>
coupled(const mat<across<V>, P, Q>& C, const point<across<V>, P, Q>& z) noexcept {
  point<across<V>, P, Q> f;
  C.forward.template sum<false, false>(z.omega.in, f.theta.in);
  C.backward.template sum<false, false>(z.theta.in, f.omega.in);
  return f;
}

template <class V, std::size_t R, std::size_t C> SADDLE_INLINE constexpr vec<across<V>, R>
fma(const mat<across<V>, R, C>& a, const vec<across<V>, C>& x, vec<across<V>, R> b) noexcept {
  a.forward.template sum<false, true>(x.in, b.in);
  return b;
}

template <class V, std::size_t R, std::size_t C> SADDLE_INLINE constexpr vec<across<V>, R>
operator*(const mat<across<V>, R, C>& a, const vec<across<V>, C>& x) noexcept {
  vec<across<V>, R> r;
  a.forward.template sum<false, false>(x.in, r.in);
  return r;
}

template <class V, std::size_t R, std::size_t C> SADDLE_INLINE constexpr vec<across<V>, C>
transposed_product(const mat<across<V>, R, C>& a, const vec<across<V>, R>& x) noexcept {
  vec<across<V>, C> r;
  a.backward.template sum<true, false>(x.in, r.in);
  return r;
}

/// The value of plain numbers `x` (a game, a point, parameters, a state) across vectors of V.
template <class V, class X> constexpr auto laid_across(const X& x) noexcept {
  typename X::template rebind<across<V>> r;
  walk([](auto& out, const auto& in) { out = std::remove_cvref_t<decltype(out)>(in); }, r, x);
  return r;
}

/// The value in plain numbers of one that lies across vectors.
template <class X> constexpr auto narrow(const X& x) noexcept {
  typename X::template rebind<scalar_t<typename X::lane_type>> r;
  walk(
      [](const auto& in, auto& out) {
        if constexpr (requires { in.plain(); }) out = in.plain();
        else out = in.value;
      },
      x, r);
  return r;
}

} // namespace saddle::inline SADDLE_ISA
