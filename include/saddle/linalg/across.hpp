/// Vectors and matrices of one game that lies across the lanes of SIMD registers (lane/across.hpp).
///
/// A vec of N numbers is a few registers, padded with zeros behind the last number. A product adds its terms in an order
/// that N and the number format settle, not the width of the registers: the bits are those of every instruction set with
/// a fused multiply-add, and of V = double or float. They are not the bits of a game on plain numbers, whose sums run
/// from the first term to the last in one chain; that chain is what a single game waits for.
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
/// Up to two cache lines it is padded to a power of two and cut in two registers where they exist: half as many numbers
/// have to move within a register as in one of twice the width, and movements between its halves are the slow ones
/// (4 cycles on Zen 4, 1 within 16 bytes). Measured on 8 doubles: 1.25x faster than in one register.
template <class V, std::size_t N> struct strip {
  using T = scalar_t<V>;
  static constexpr bool small = N <= 2 * line<T>;
  static constexpr std::size_t padded = small ? std::bit_ceil(N) : (N + line<T> - 1) / line<T> * line<T>;
  /// Numbers of a register on the widest machine: the order of sums refers to it.
  static constexpr std::size_t stride = small ? std::min(padded, std::max(padded / 2, 16 / sizeof(T))) : line<T>;
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

/// The numbers of `from` from the first-th on in registers of another number or width: by way of memory.
template <class To, std::size_t First, class From> SADDLE_INLINE constexpr To regrouped(const From& from) noexcept {
  if constexpr (std::is_same_v<To, From> && First == 0) {
    return from;
  } else {
    using T = scalar_t<typename To::lanes>;
    constexpr std::size_t have = From::count * From::per, need = First + To::count * To::per;
    T numbers[std::max(have, need)]{};
    from.put(numbers);
    return To(numbers + First);
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

/// A matrix for products with vecs of at most two cache lines: y = Σₖ dₖ ∘ xₖ, where element i of xₖ is x[i xor k] and
/// that of dₖ is M[i][i xor k]. A register meets itself first and its own numbers swapped later, so a product begins
/// before anything has moved; there are half as many movements as in a broadcast of each number, and cheaper ones.
template <class V, std::size_t R, std::size_t C> struct swapped_diagonals {
  using T = scalar_t<V>;
  using out = strip<V, R>;
  using registers = detail::registers<typename out::lanes, out::count>;
  /// x is taken in pieces of the size of y.
  static constexpr std::size_t pieces = (C + out::padded - 1) / out::padded, terms = pieces * out::padded;
  registers diagonal[terms];

  /// element(i, j) of the matrix.
  template <class F> constexpr void fill(F element) noexcept {
    for (std::size_t t = 0; t < terms; ++t) {
      T numbers[out::padded]{};
      for (std::size_t i = 0; i < R; ++i) {
        const std::size_t j = t / out::padded * out::padded + (i ^ t % out::padded);
        if (j < C) numbers[i] = element(i, j);
      }
      diagonal[t] = registers(numbers);
    }
  }

  /// f + M·x, or f − M·x. Terms alternate between two sums; within a piece, those that need the same movement follow
  /// one another.
  template <bool Minus, class X> SADDLE_INLINE constexpr registers add(const X& x, const registers& f) const noexcept {
    constexpr std::size_t blocks = out::padded / out::stride;
    registers s[2] = {f, registers::zero()};
    times<pieces>([&]<std::size_t Piece>() SADDLE_INLINE_LAMBDA {
      const registers y = regrouped<registers, Piece * out::padded>(x);
      times<out::padded>([&]<std::size_t Term>() SADDLE_INLINE_LAMBDA {
        constexpr std::size_t k = Term % blocks * out::stride + Term / blocks, t = Piece * out::padded + k;
        SADDLE_UNROLL
        for (std::size_t r = 0; r < out::count; ++r) {
          const auto swapped = exchange<k % out::per>(y.part[r ^ (k / out::per)]);
          auto& sum = s[Term % 2].part[r];
          sum = Minus ? fnma(diagonal[t].part[r], swapped, sum) : fma(diagonal[t].part[r], swapped, sum);
        }
      });
    });
    return s[0] + s[1];
  }
};

/// A larger matrix: rows, each element loaded once for both products, M·x as dot products and Mᵀ·y as a sum of rows.
template <class V, std::size_t R, std::size_t C> struct matrix_rows {
  using T = scalar_t<V>;
  using lanes = at_most<V, line<T>>;
  static constexpr std::size_t per = width<lanes>, sums = line<T> / per;
  static constexpr std::size_t padded_rows = (R + line<T> - 1) / line<T> * line<T>;
  static constexpr std::size_t count = (C + line<T> - 1) / line<T> * sums;
  using down = registers<lanes, padded_rows / per>;
  using along = registers<lanes, count>;
  along row[padded_rows];

  template <class F> constexpr void fill(F element) noexcept {
    for (std::size_t i = 0; i < padded_rows; ++i) {
      T numbers[count * per]{};
      for (std::size_t j = 0; i < R && j < C; ++j) numbers[j] = element(i, j);
      row[i] = along(numbers);
    }
  }

  /// f + M·x into f, g + Mᵀ·y or g − Mᵀ·y into g. What the caller does not use of the two, the compiler drops.
  ///
  /// M·x: term j to partial sum j mod line, the partial sums added by halves. Mᵀ·y: even rows and odd rows.
  template <bool Minus>
  SADDLE_INLINE constexpr void add(const along& x, down& f, const down& y, along& g) const noexcept {
    T each_y[padded_rows]{};
    y.put(each_y);
    along odd = along::zero();
    SADDLE_UNROLL
    for (std::size_t block = 0; block < padded_rows / per; ++block) {
      lanes sum[per];
      times<per>([&]<std::size_t I>() SADDLE_INLINE_LAMBDA {
        const std::size_t i = block * per + I;
        const lanes factor = broadcast<lanes>(each_y[i]);
        lanes s[sums];
        SADDLE_UNROLL
        for (std::size_t k = 0; k < count; ++k) {
          const lanes m = row[i].part[k];
          s[k % sums] = k < sums ? m * x.part[k] : fma(m, x.part[k], s[k % sums]);
          auto& into = (per > 1 ? I : i) % 2 == 0 ? g.part[k] : odd.part[k];
          into = Minus ? fnma(m, factor, into) : fma(m, factor, into);
        }
        SADDLE_UNROLL
        for (std::size_t half = sums / 2; half > 0; half /= 2) {
          SADDLE_UNROLL
          for (std::size_t k = 0; k < half; ++k) s[k] = s[k] + s[k + half];
        }
        sum[I] = s[0];
      });
      const auto halve = [&]<std::size_t Half>() SADDLE_INLINE_LAMBDA {
        if constexpr (2 * Half <= per)
          times<Half>([&]<std::size_t I>() SADDLE_INLINE_LAMBDA { sum[I] = fold<Half>(sum[I], sum[I + Half]); });
      };
      halve.template operator()<8>();
      halve.template operator()<4>();
      halve.template operator()<2>();
      halve.template operator()<1>();
      f.part[block] = f.part[block] + sum[0];
    }
    g = g + odd;
  }
};

} // namespace detail

template <class V, std::size_t R, std::size_t C> struct mat<across<V>, R, C> {
  static_assert(R >= 1 && C >= 1, "saddle::mat needs at least one row and one column");
  using lane_type = across<V>;
  using T = scalar_t<V>;
  static constexpr std::size_t rows = R, columns = C;
  static constexpr bool small = detail::strip<V, R>::small && detail::strip<V, C>::small;

  struct both_ways {
    detail::swapped_diagonals<V, R, C> forward;
    detail::swapped_diagonals<V, C, R> backward;
  };
  std::conditional_t<small, both_ways, detail::matrix_rows<V, R, C>> in;

  mat() noexcept = default;
  constexpr explicit mat(const mat<T, R, C>& plain) noexcept {
    if constexpr (small) {
      in.forward.fill([&](std::size_t i, std::size_t j) { return plain(i, j); });
      in.backward.fill([&](std::size_t i, std::size_t j) { return plain(j, i); });
    } else {
      in.fill([&](std::size_t i, std::size_t j) { return plain(i, j); });
    }
  }

  template <class F, class... X> SADDLE_INLINE static constexpr void each(F& f, X&... x) noexcept { f(x...); }

  /// f + M·x into f and g ± Mᵀ·y into g, in one pass.
  template <bool Minus> SADDLE_INLINE constexpr void add(const vec<across<V>, C>& x, vec<across<V>, R>& f,
                                                         const vec<across<V>, R>& y,
                                                         vec<across<V>, C>& g) const noexcept {
    if constexpr (small) {
      f.in = in.forward.template add<false>(x.in, f.in);
      g.in = in.backward.template add<Minus>(y.in, g.in);
    } else {
      using rows_of = detail::matrix_rows<V, R, C>;
      using down = typename rows_of::down;
      using along = typename rows_of::along;
      down wide_f = detail::regrouped<down, 0>(f.in);
      along wide_g = detail::regrouped<along, 0>(g.in);
      in.template add<Minus>(detail::regrouped<along, 0>(x.in), wide_f, detail::regrouped<down, 0>(y.in), wide_g);
      f.in = detail::regrouped<typename vec<across<V>, R>::registers, 0>(wide_f);
      g.in = detail::regrouped<typename vec<across<V>, C>::registers, 0>(wide_g);
    }
  }
};

/// f + (Cω, −Cᵀθ)
template <class V, std::size_t P, std::size_t Q> SADDLE_INLINE constexpr point<across<V>, P, Q>
coupled(const mat<across<V>, P, Q>& C, const point<across<V>, P, Q>& z, point<across<V>, P, Q> f) noexcept {
  C.template add<true>(z.omega, f.theta, z.theta, f.omega);
  return f;
}

template <class V, std::size_t R, std::size_t C> SADDLE_INLINE constexpr vec<across<V>, R>
fma(const mat<across<V>, R, C>& a, const vec<across<V>, C>& x, vec<across<V>, R> b) noexcept {
  auto unused = zeros<across<V>, C>();
  a.template add<false>(x, b, zeros<across<V>, R>(), unused);
  return b;
}

template <class V, std::size_t R, std::size_t C> SADDLE_INLINE constexpr vec<across<V>, R>
operator*(const mat<across<V>, R, C>& a, const vec<across<V>, C>& x) noexcept {
  return fma(a, x, zeros<across<V>, R>());
}

template <class V, std::size_t R, std::size_t C> SADDLE_INLINE constexpr vec<across<V>, C>
transposed_product(const mat<across<V>, R, C>& a, const vec<across<V>, R>& x) noexcept {
  auto unused = zeros<across<V>, R>();
  auto r = zeros<across<V>, C>();
  a.template add<false>(zeros<across<V>, C>(), unused, x, r);
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
