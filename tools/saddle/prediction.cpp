#include "prediction.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <Eigen/Dense>

namespace tool {
namespace {

using matrix = Eigen::MatrixXd;
using vector = Eigen::VectorXd;
using row_major = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

matrix read(const std::vector<double>& from, std::size_t rows, std::size_t columns) {
  return Eigen::Map<const row_major>(from.data(), index(rows), index(columns));
}

vector read(const std::vector<double>& from) { return Eigen::Map<const vector>(from.data(), index(from.size())); }

// A product of every pair of types that Eigen has for expressions takes seconds to compile: these are of plain ones.
matrix transposed(const matrix& m) { return m.transpose(); }
matrix product(const matrix& a, const matrix& b) { return a * b; }
vector product(const matrix& a, const vector& b) { return a * b; }

matrix pile(const matrix& top, const matrix& low) {
  matrix m(top.rows() + low.rows(), top.cols());
  m.topRows(top.rows()) = top;
  m.bottomRows(low.rows()) = low;
  return m;
}

matrix stack(const matrix& top_left, const matrix& top_right, const matrix& low_left, const matrix& low_right) {
  return pile(transposed(pile(transposed(top_left), transposed(top_right))),
              transposed(pile(transposed(low_left), transposed(low_right))));
}

// Below this share of the largest, a singular value is rounding of the decimal numbers in a file.
double rank_threshold(const matrix& m) {
  return 16 * static_cast<double>(std::max(m.rows(), m.cols())) * std::numeric_limits<double>::epsilon();
}

// The three blocks of a quadratic game: M = [A C; −Cᵀ B].
struct blocks {
  matrix A, B, C;

  explicit blocks(const game_description& g) : A(read(g.A, g.p, g.p)), B(read(g.B, g.q, g.q)), C(read(g.C, g.p, g.q)) {}
  blocks(matrix a, matrix b, matrix c) : A(std::move(a)), B(std::move(b)), C(std::move(c)) {}

  matrix jacobian() const { return stack(A, C, -transposed(C), B); }
};

// Orthonormal columns that span the row space of m.
matrix row_space(const matrix& m) {
  const Eigen::JacobiSVD<matrix> svd(m, Eigen::ComputeFullV);
  const vector& s = svd.singularValues();
  const double limit = s.size() > 0 ? s(0) * rank_threshold(m) : 0;
  const Eigen::Index rank = (s.array() > limit).count();
  return svd.matrixV().leftCols(rank);
}

// Where D ⪰ 0 the null space of M is that of D and K both, so it is a product of one subspace of θ and one of ω, and
// the game restricted to their complements is a smaller game without null directions.
struct reduction {
  matrix theta, omega; ///< orthonormal columns: the directions of each player that move
  blocks game;

  explicit reduction(const blocks& g)
      : reduction(g, row_space(pile(g.A, transposed(g.C))), row_space(pile(g.B, g.C))) {}

private:
  reduction(const blocks& g, matrix t, matrix o)
      : theta(std::move(t)), omega(std::move(o)),
        game(between(theta, g.A, theta), between(omega, g.B, omega), between(theta, g.C, omega)) {}

  static matrix between(const matrix& left, const matrix& m, const matrix& right) {
    return product(product(transposed(left), m), right);
  }
};

double smallest_eigenvalue(const matrix& symmetric) {
  return Eigen::SelfAdjointEigenSolver<matrix>(symmetric, Eigen::EigenvaluesOnly).eigenvalues()(0);
}

double largest_singular_value(const matrix& m) { return Eigen::JacobiSVD<matrix>(m).singularValues()(0); }

matrix symmetric_part(const matrix& m) { return (m + transposed(m)) / 2; }

} // namespace

analysis analyse(const game_description& game) {
  const blocks all(game);
  const matrix M = all.jacobian();
  const double size = M.cwiseAbs().maxCoeff();
  if (size == 0) throw not_comparable{"every point is an equilibrium: all matrices are zero"};

  const reduction part(all);
  const matrix moving = part.game.jacobian();
  const Eigen::JacobiSVD<matrix> svd(moving);
  const vector& s = svd.singularValues();
  if (s(s.size() - 1) <= s(0) * rank_threshold(moving))
    throw not_comparable{"the Jacobian is singular and A or B is not positive semidefinite: where a run ends depends "
                         "on the rule"};

  analysis r;
  r.lipschitz = s(0);
  r.mu = smallest_eigenvalue(symmetric_part(moving));
  // λmin of a bilinear game's D is zero; what rounding makes of it must not look like a curvature.
  if (std::abs(r.mu) <= size * rank_threshold(M)) r.mu = 0;
  r.null_directions = static_cast<std::size_t>(M.rows() - moving.rows());

  const vector sigma = Eigen::JacobiSVD<matrix>(all.C).singularValues();
  for (Eigen::Index i = 0; i < sigma.size(); ++i)
    if (sigma(i) > sigma(0) * rank_threshold(all.C)) r.smallest = sigma(i);
  r.largest = sigma(0);

  const matrix V = stack(part.theta, matrix::Zero(part.theta.rows(), part.omega.cols()),
                         matrix::Zero(part.omega.rows(), part.theta.cols()), part.omega);
  const matrix projector = product(V, transposed(V)); // which is symmetric
  const vector slope = pile(read(game.a), read(game.b));
  if (vector(slope - product(projector, slope)).norm() > slope.norm() * rank_threshold(M))
    throw not_comparable{"there is no equilibrium: a or b has a component that no matrix balances"};

  const vector start = read(game.start);
  const vector within = moving.partialPivLu().solve(product(transposed(V), slope)), equilibrium = product(-V, within);
  const vector target = equilibrium + start - product(projector, start);
  r.distance = (start - target).norm();
  if (r.distance <= start.norm() * rank_threshold(M))
    throw not_comparable{"the start is an equilibrium: there is nothing to watch"};
  r.target.assign(target.data(), target.data() + target.size());
  r.moving.assign(projector.data(), projector.data() + projector.size());
  return r;
}

consensus_constants of_consensus(const game_description& game, double gamma) {
  const matrix M = reduction(blocks(game)).game.jacobian();
  const matrix G = M + gamma * product(transposed(M), M);
  return {smallest_eigenvalue(symmetric_part(G)), largest_singular_value(G)};
}

} // namespace tool
