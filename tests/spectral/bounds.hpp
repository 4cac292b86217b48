/// The laws of a fixed-cost estimate of where the spectrum ends: spectral_radius and spectral_abscissa.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "spectral/families.hpp"
#include "spectral/formats.hpp"

namespace spectral {

/// The error bound has to hold for every matrix, defective ones included, and has to say something for random ones.
inline void the_bound_holds(const std::string& function, extreme (*reference)(const wide&), const format& f) {
  std::vector<double> widths;
  each_scalar(function, f, [&](const operation& o) {
    const auto members = families::general(o.rows, f);
    std::vector<matrix> a;
    for (const auto& m : members) a.push_back(rounded(m.matrix, f));
    const auto found = compute(o, a);
    for (std::size_t m = 0; m < a.size(); ++m) {
      ASSERT_EQ(found[m].status, saddle::status::ok) << o << ", " << members[m].name;
      const double value = found[m].numbers[0], bound = found[m].numbers[1];
      const wide exact = widened(a[m]);
      // Every eigenvalue of this one is 1, if its binomials are numbers of the format.
      const bool known =
          members[m].name.starts_with("companion") && saddle_test::frobenius(exact - members[m].matrix) == 0;
      const extreme expected = known ? extreme{1, 0} : reference(exact);
      EXPECT_LE(std::fabs(static_cast<long double>(value) - expected.value),
                static_cast<long double>(bound) + expected.uncertainty)
          << o << ", " << members[m].name << ", bound " << bound;
      const long double norm = largest_row_sum(exact);
      if (o.rows > 1 && norm > 0 && (members[m].name == "normal" || members[m].name == "uniform"))
        widths.push_back(static_cast<double>(static_cast<long double>(bound) / norm));
    }
  });
  std::sort(widths.begin(), widths.end());
  const double median = widths[widths.size() / 2];
  std::printf("%s, %s: error bound of random matrices over their norm: median %.1e, 90%% %.1e, worst %.1e\n",
              function.c_str(), f.name, median, widths[widths.size() * 9 / 10], widths.back());
  // A bound that says nothing would hold as well.
  EXPECT_LE(median, f.single() ? 2e-2 : 2e-3);
}

/// A normal matrix: what Gelfand's formula leaves after 2^squarings products is ln 2 over it, relative (to 4‖A‖_∞ for the
/// abscissa).
template <class T, class Estimate> void is_tight(const Estimate& r, T expected, int squarings) {
  const T truncation = T(10) * T(0.7) / std::ldexp(T(1), squarings);
  EXPECT_NEAR(r.value, expected, truncation + 128 * static_cast<T>(format_of<T>.epsilon));
  EXPECT_LE(r.error_bound, (format_of<T>.single() ? T(2e-3) : T(2e-8)));
  EXPECT_LE(std::fabs(r.value - expected), r.error_bound + static_cast<T>(format_of<T>.epsilon));
}

} // namespace spectral
