/// The oracle: dense linear algebra in long double with plain loops, slow and readable, and independent of the library.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace saddle_test {

using real = long double;
using column = std::vector<real>;

/// Row-major rows × columns.
class dense {
public:
  dense(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), v_(rows * columns, 0) {}

  static dense identity(std::size_t n) {
    dense r(n, n);
    for (std::size_t i = 0; i < n; ++i) r(i, i) = 1;
    return r;
  }
  template <class M> static dense from(const M& m) {
    dense r(M::rows, M::columns);
    for (std::size_t i = 0; i < M::rows; ++i)
      for (std::size_t j = 0; j < M::columns; ++j) r(i, j) = m(i, j);
    return r;
  }

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  real& operator()(std::size_t i, std::size_t j) { return v_[i * columns_ + j]; }
  real operator()(std::size_t i, std::size_t j) const { return v_[i * columns_ + j]; }

  dense transposed() const {
    dense r(columns_, rows_);
    for (std::size_t i = 0; i < rows_; ++i)
      for (std::size_t j = 0; j < columns_; ++j) r(j, i) = (*this)(i, j);
    return r;
  }
  friend dense operator*(const dense& a, const dense& b) {
    dense r(a.rows_, b.columns_);
    for (std::size_t i = 0; i < a.rows_; ++i)
      for (std::size_t j = 0; j < b.columns_; ++j)
        for (std::size_t k = 0; k < a.columns_; ++k) r(i, j) += a(i, k) * b(k, j);
    return r;
  }
  friend column operator*(const dense& a, const column& x) {
    column r(a.rows_, 0);
    for (std::size_t i = 0; i < a.rows_; ++i)
      for (std::size_t j = 0; j < a.columns_; ++j) r[i] += a(i, j) * x[j];
    return r;
  }
  friend dense operator+(dense a, const dense& b) {
    for (std::size_t i = 0; i < a.v_.size(); ++i) a.v_[i] += b.v_[i];
    return a;
  }
  friend dense operator-(dense a, const dense& b) {
    for (std::size_t i = 0; i < a.v_.size(); ++i) a.v_[i] -= b.v_[i];
    return a;
  }
  friend dense operator*(real s, dense a) {
    for (real& x : a.v_) x *= s;
    return a;
  }

  /// The part from (row, col) on, of the given size; and its counterpart.
  dense block(std::size_t row, std::size_t col, std::size_t rows, std::size_t columns) const {
    dense r(rows, columns);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j) r(i, j) = (*this)(row + i, col + j);
    return r;
  }
  void put(std::size_t row, std::size_t col, const dense& part) {
    for (std::size_t i = 0; i < part.rows_; ++i)
      for (std::size_t j = 0; j < part.columns_; ++j) (*this)(row + i, col + j) = part(i, j);
  }

private:
  std::size_t rows_, columns_;
  std::vector<real> v_;
};

/// A⁻¹ by Gauss–Jordan elimination with row pivoting.
inline dense inverse(dense a) {
  const std::size_t n = a.rows();
  dense r = dense::identity(n);
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::fabs(a(i, k)) > std::fabs(a(pivot, k))) pivot = i;
    for (std::size_t j = 0; j < n; ++j) {
      std::swap(a(k, j), a(pivot, j));
      std::swap(r(k, j), r(pivot, j));
    }
    const real scale = 1 / a(k, k);
    for (std::size_t j = 0; j < n; ++j) {
      a(k, j) *= scale;
      r(k, j) *= scale;
    }
    for (std::size_t i = 0; i < n; ++i) {
      const real m = a(i, k);
      if (i == k || m == 0) continue;
      for (std::size_t j = 0; j < n; ++j) {
        a(i, j) -= m * a(k, j);
        r(i, j) -= m * r(k, j);
      }
    }
  }
  return r;
}

/// Orthonormal eigenvectors (columns) and eigenvalues of a symmetric matrix, descending: cyclic Jacobi rotations.
struct eigensystem {
  column values;
  dense vectors;
};
inline eigensystem symmetric_eigen(dense a) {
  const std::size_t n = a.rows();
  dense v = dense::identity(n);
  // Quadratic convergence, once the large elements are in order: strongly graded matrices take some more sweeps.
  bool moving = true;
  for (int sweep = 0; sweep < 60 && moving; ++sweep) {
    moving = false;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        const real both = std::sqrt(std::fabs(a(p, p))) * std::sqrt(std::fabs(a(q, q)));
        if (std::fabs(a(p, q)) <= std::numeric_limits<real>::epsilon() / 8 * both) continue;
        moving = true;
        const real angle = std::atan2(2 * a(p, q), a(q, q) - a(p, p)) / 2;
        const real c = std::cos(angle), s = std::sin(angle);
        for (std::size_t k = 0; k < n; ++k) {
          const real x = a(k, p), y = a(k, q), vx = v(k, p), vy = v(k, q);
          a(k, p) = c * x - s * y;
          a(k, q) = s * x + c * y;
          v(k, p) = c * vx - s * vy;
          v(k, q) = s * vx + c * vy;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const real x = a(p, k), y = a(q, k);
          a(p, k) = c * x - s * y;
          a(q, k) = s * x + c * y;
        }
        a(p, q) = a(q, p) = 0;
      }
  }
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return a(i, i) > a(j, j); });
  eigensystem r{column(n), dense(n, n)};
  for (std::size_t k = 0; k < n; ++k) {
    r.values[k] = a(order[k], order[k]);
    for (std::size_t i = 0; i < n; ++i) r.vectors(i, k) = v(i, order[k]);
  }
  return r;
}

/// Squares of the singular values of A, descending; those that rounding leaves of a zero are dropped.
inline column squared_singular_values(const dense& a) {
  const bool wide = a.columns() > a.rows();
  column r = symmetric_eigen(wide ? a * a.transposed() : a.transposed() * a).values;
  const real least = r[0] * static_cast<real>(r.size()) * 1e3L * std::numeric_limits<real>::epsilon();
  while (!r.empty() && r.back() <= least) r.pop_back();
  return r;
}

inline real norm(const column& x) {
  real s = 0;
  for (real v : x) s += v * v;
  return std::sqrt(s);
}
inline real frobenius(const dense& a) {
  real s = 0;
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < a.columns(); ++j) s += a(i, j) * a(i, j);
  return std::sqrt(s);
}
/// ‖A‖₂, the largest singular value.
inline real spectral_norm(const dense& a) {
  return std::sqrt(std::max<real>(0, symmetric_eigen(a.transposed() * a).values[0]));
}

inline column operator+(column a, const column& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}
inline column operator-(column a, const column& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

/// The elements of a point (or any vector with size and []) as a column.
template <class X> column as_column(const X& x) {
  column r(X::size);
  for (std::size_t i = 0; i < X::size; ++i) r[i] = x[i];
  return r;
}

/// Orthogonal projection of z = (θ, ω) onto the null space of K = [0 C; −Cᵀ 0], where a bilinear game's iterates end.
inline column null_projection(const dense& c, const column& z) {
  const std::size_t p = c.rows();
  column r = z;
  const auto remove = [&](const dense& gram, std::size_t first) {
    const eigensystem e = symmetric_eigen(gram);
    const real least = e.values[0] * static_cast<real>(gram.rows()) * 1e3L * std::numeric_limits<real>::epsilon();
    for (std::size_t k = 0; k < gram.rows(); ++k) {
      if (e.values[k] <= least) continue;
      real along = 0;
      for (std::size_t i = 0; i < gram.rows(); ++i) along += e.vectors(i, k) * z[first + i];
      for (std::size_t i = 0; i < gram.rows(); ++i) r[first + i] -= along * e.vectors(i, k);
    }
  };
  remove(c * c.transposed(), 0);
  remove(c.transposed() * c, p);
  return r;
}

} // namespace saddle_test
