/// The spectral functions with their types taken away. A test then holds for every registered function, lane type and
/// shape, and is compiled once: instantiating the tests instead took minutes.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include <saddle/status.hpp>

namespace spectral {

/// What a test has to know about float or double.
struct format {
  const char* name;
  double epsilon;  ///< distance of 1 to the next number
  double smallest; ///< the smallest normal number
  double denormal; ///< the smallest number
  double largest;
  int digits, min_exponent, max_exponent;

  bool single() const { return digits == std::numeric_limits<float>::digits; }
  double round(long double x) const {
    return single() ? static_cast<double>(static_cast<float>(x)) : static_cast<double>(x);
  }
};

template <class T> inline constexpr format format_of{
    std::numeric_limits<T>::digits == std::numeric_limits<float>::digits ? "float" : "double",
    static_cast<double>(std::numeric_limits<T>::epsilon()),
    static_cast<double>(std::numeric_limits<T>::min()),
    static_cast<double>(std::numeric_limits<T>::denorm_min()),
    static_cast<double>(std::numeric_limits<T>::max()),
    std::numeric_limits<T>::digits,
    std::numeric_limits<T>::min_exponent,
    std::numeric_limits<T>::max_exponent};

/// Row-major. Every number is one of the format that it is computed in, so nothing is rounded on the way there.
struct matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> v;

  matrix() = default;
  matrix(std::size_t r, std::size_t c) : rows(r), columns(c), v(r * c) {}
  double& operator()(std::size_t i, std::size_t j) { return v[i * columns + j]; }
  double operator()(std::size_t i, std::size_t j) const { return v[i * columns + j]; }
};

/// 2ᵏ·A
inline matrix shifted(matrix a, int k) {
  for (double& x : a.v) x = std::ldexp(x, k);
  return a;
}

/// What a function says about one matrix.
struct answer {
  saddle::status status = saddle::status::ok;
  std::vector<double> numbers; ///< its numbers, in the order of its members
  std::vector<int> words;      ///< its verdicts and counts, likewise
};

enum class lane { scalar, vector, group };

/// One function on one lane type, for one shape of matrix.
struct operation {
  std::string header, function;
  format number;
  lane kind;
  std::size_t width, rows, columns;
  void (*compute)(const matrix* a, answer* r); ///< of `width` matrices
  bool keeps_subnormals;                       ///< else a lane may differ from the scalar where numbers underflow
};

inline std::ostream& operator<<(std::ostream& out, const operation& o) {
  static constexpr const char* kinds[] = {"", "vector of ", "two vectors of "};
  return out << o.function << ", " << kinds[static_cast<int>(o.kind)] << o.number.name << ", " << o.rows << 'x'
             << o.columns;
}

/// What a function said in a constant expression.
struct constant {
  std::string header, function;
  format number;
  matrix input;
  answer said;
};

struct catalogue {
  std::vector<operation> operations;
  std::vector<constant> constants;
};

/// Everything that is registered.
const catalogue& registered();

/// One answer a matrix. The lanes that are left over at the end compute the first matrix again.
std::vector<answer> compute(const operation& o, const std::vector<matrix>& all);

/// Calls f(operation) for every shape of a function on scalars of the given format.
template <class F> void each_scalar(const std::string& function, const format& number, F f) {
  for (const operation& o : registered().operations)
    if (o.kind == lane::scalar && o.function == function && o.number.digits == number.digits) f(o);
}

/// The same bits, or two NaN: their sign and payload are nobody's promise.
bool same(double a, double b);
bool same(const answer& a, const answer& b);

} // namespace spectral
