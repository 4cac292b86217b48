/// The laws of a verdict on where all eigenvalues are: is_schur_stable and is_hurwitz.
#pragma once

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include <saddle/spectral/detail/estimate.hpp>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace spectral {

/// What a verdict is about.
struct region {
  const char* function;
  extreme (*distance)(const wide&);   ///< of the spectrum from the boundary, positive inside
  matrix (*pair_at)(double distance); ///< a block with a complex pair so far inside
  long double inner;                  ///< a real eigenvalue well inside
};

/// [c, s; −s, c]: the pair c ± s·i.
inline matrix pair(double c, double s) {
  matrix r(2, 2);
  r.v = {c, s, -s, c};
  return r;
}

/// yes and no are certified, so they are never wrong; and they are not withheld far from the boundary.
inline void verdicts_are_right_and_not_withheld(const region& where, const format& f) {
  using saddle::verdict;
  int yes = 0, no = 0, undecided = 0, clear = 0, withheld = 0;
  each_scalar(where.function, f, [&](const operation& o) {
    const auto members = families::general(o.rows, f);
    std::vector<matrix> a;
    for (const auto& m : members) a.push_back(rounded(m.matrix, f));
    const auto found = compute(o, a);
    for (std::size_t m = 0; m < a.size(); ++m) {
      ASSERT_EQ(found[m].status, saddle::status::ok) << o << ", " << members[m].name;
      const auto said = static_cast<verdict>(found[m].words.at(0));
      const double margin = found[m].numbers[0], error = found[m].numbers[1];
      const wide exact = widened(a[m]);
      const extreme distance = where.distance(exact);
      if (said == verdict::yes) {
        EXPECT_GT(distance.value, -distance.uncertainty) << o << ", " << members[m].name;
        EXPECT_GT(margin, error) << o << ", " << members[m].name;
      }
      if (said == verdict::no) {
        EXPECT_LT(distance.value, distance.uncertainty) << o << ", " << members[m].name;
        EXPECT_LT(margin, -error) << o << ", " << members[m].name;
      }
      const std::string& name = members[m].name;
      const bool plain = name == "normal" || name == "uniform" || name == "contraction" || name == "left of the axis";
      if (plain && std::fabs(distance.value) > 0.02L * saddle_test::frobenius(exact)) {
        ++clear;
        withheld += said == verdict::undecided;
      }
      ++(said == verdict::yes ? yes : said == verdict::no ? no : undecided);
    }
  });
  std::printf("%s, %s: %d yes, %d no, %d undecided; of %d clear random cases %d undecided\n", where.function, f.name,
              yes, no, undecided, clear, withheld);
  // A fiftieth of the norm away from the boundary; float has few digits to show that with.
  EXPECT_LE(withheld, clear / (f.single() ? 50 : 500));
  EXPECT_GT(yes, 100);
  EXPECT_GT(no, 100);
}

/// Matrices whose eigenvalues are known: an orthogonal similarity of blocks, moved through the boundary.
inline void decides_near_the_boundary(const region& where, const format& f) {
  using saddle::verdict;
  each_scalar(where.function, f, [&](const operation& o) {
    if (o.rows < 2) return;
    std::mt19937_64 random(5);
    const wide q = families::orthonormal(o.rows, o.rows, random);
    for (const double distance : {1e-1, 1e-2, -1e-2, -1e-1}) {
      wide d = where.inner * wide::identity(o.rows);
      d.put(0, 0, widened(where.pair_at(distance)));
      const auto found = compute(o, {rounded(q * d * q.transposed(), f)})[0];
      EXPECT_EQ(static_cast<verdict>(found.words.at(0)), distance > 0 ? verdict::yes : verdict::no)
          << o << ", distance " << distance << ", margin " << found.numbers[0] << " ± " << found.numbers[1];
    }
  });
}

/// Eigenvalues ±i, on the axis and on the unit circle, dyadic, so that the matrix is exact.
inline void the_boundary_itself_is_undecided(const region& where, const format& f) {
  each_scalar(where.function, f, [&](const operation& o) {
    if (o.rows < 2) return;
    matrix a(o.rows, o.rows);
    for (std::size_t i = 0; i + 1 < o.rows; i += 2) {
      a(i, i + 1) = -1;
      a(i + 1, i) = 1;
    }
    if (o.rows % 2 == 1) a(o.rows - 1, o.rows - 1) = -0.5; // inside either way
    EXPECT_EQ(compute(o, {a})[0].words.at(0), static_cast<int>(saddle::verdict::undecided)) << o;
  });
}

} // namespace spectral
