// What holds for every registered spectral function, on every lane type and shape of the catalogue.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <saddle/registry.hpp>

#include "spectral/families.hpp"
#include "spectral/operations.hpp"

namespace test_laws {
namespace {

using namespace spectral;
using saddle::status;

/// One registered header: its line in registry.def makes the tests.
class laws : public testing::TestWithParam<std::string> {
public:
  static std::vector<operation> all() {
    std::vector<operation> r;
    for (const operation& o : registered().operations)
      if (o.header == GetParam()) r.push_back(o);
    return r;
  }
  static const operation* scalar_of(const operation& o) {
    for (const operation& s : registered().operations)
      if (s.kind == lane::scalar && s.function == o.function && s.number.digits == o.number.digits &&
          s.rows == o.rows && s.columns == o.columns)
        return &s;
    return nullptr;
  }
};

std::vector<matrix> inputs(const operation& o) {
  std::vector<matrix> r;
  for (const auto& m : families::every(o.rows, o.columns, o.number)) r.push_back(rounded(m.matrix, o.number));
  return r;
}

/// The functions of symmetric matrices promise to read the lower triangle alone.
bool reads(const operation& o, std::size_t i, std::size_t j) {
  return j <= i || o.function.rfind("symmetric_eigen", 0) != 0;
}

const double poisons[] = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                          -std::numeric_limits<double>::infinity()};

TEST_P(laws, cover_every_lane_type) {
  std::vector<std::string> functions;
  for (const operation& o : all()) functions.push_back(o.function);
  std::sort(functions.begin(), functions.end());
  functions.erase(std::unique(functions.begin(), functions.end()), functions.end());
  ASSERT_FALSE(functions.empty()) << "nothing of " << GetParam() << " is in the catalogue";
  for (const std::string& function : functions)
    for (const lane kind : {lane::scalar, lane::vector, lane::group})
      for (const bool single : {true, false}) {
        const auto here = [&](const operation& o) {
          return o.function == function && o.kind == kind && o.number.single() == single;
        };
        const auto every = all();
        EXPECT_TRUE(std::any_of(every.begin(), every.end(), here)) << function << " on lane type " << int(kind);
      }
}

TEST_P(laws, a_finite_matrix_gets_an_answer) {
  for (const operation& o : all()) {
    if (o.kind != lane::scalar) continue;
    const auto members = families::every(o.rows, o.columns, o.number);
    const auto found = compute(o, inputs(o));
    for (std::size_t m = 0; m < members.size(); ++m) {
      const status s = found[m].status;
      // Power iteration says itself when nothing stands out.
      const bool may_miss = o.function == "power_iteration" && s == status::not_converged;
      EXPECT_TRUE(s == status::ok || s == status::converged || may_miss)
          << o << ", " << members[m].name << ": " << to_string(s);
      // The polynomial of a huge matrix overflows; a verdict is then withheld, and its margin is no number.
      if (o.function == "is_schur_stable" && found[m].words.at(0) == 0) continue;
      for (const double x : found[m].numbers) EXPECT_TRUE(std::isfinite(x)) << o << ", " << members[m].name;
    }
  }
}

/// Every answer of a vector that holds nothing but copies of the matrix.
std::vector<answer> among_copies(const operation& o, const std::vector<matrix>& cases) {
  std::vector<answer> r, found(o.width);
  for (const matrix& a : cases) {
    o.compute(std::vector<matrix>(o.width, a).data(), found.data());
    r.push_back(found[0]);
  }
  return r;
}

// Every input meets every position of the vector, beside others that take longer, are NaN or infinite.
TEST_P(laws, a_lane_has_the_bits_of_the_scalar_next_to_any_neighbour) {
  for (const operation& o : all()) {
    if (o.kind == lane::scalar) continue;
    auto cases = inputs(o);
    for (std::size_t p = 0; p < std::size(poisons); ++p) {
      cases.insert(cases.begin() + static_cast<std::ptrdiff_t>(7 * p), cases.back());
      cases[7 * p].v[(p * 5) % (o.rows * o.columns) / o.columns * o.columns] = poisons[p];
    }
    const operation* scalar = scalar_of(o);
    ASSERT_NE(scalar, nullptr) << o << " has no scalar of its shape: add it in tests/spectral/CMakeLists.txt";
    const auto alone = o.keeps_subnormals ? compute(*scalar, cases) : among_copies(o, cases);
    std::vector<matrix> together(o.width);
    std::vector<answer> found(o.width);
    for (std::size_t first = 0; first < cases.size(); ++first) {
      for (std::size_t i = 0; i < o.width; ++i) together[i] = cases[(first + i) % cases.size()];
      o.compute(together.data(), found.data());
      for (std::size_t i = 0; i < o.width; ++i)
        ASSERT_TRUE(same(found[i], alone[(first + i) % cases.size()]))
            << o << ": case " << (first + i) % cases.size() << " in lane " << i;
    }
  }
}

TEST_P(laws, what_is_not_finite_is_said_wherever_it_stands) {
  for (const operation& o : all()) {
    if (o.kind != lane::scalar || o.rows * o.columns > 200) continue;
    std::mt19937_64 random(31);
    const matrix clean = rounded(families::filled(o.rows, o.columns, random, true), o.number);
    for (std::size_t i = 0; i < o.rows; ++i)
      for (std::size_t j = 0; j < o.columns; ++j)
        for (const double poison : poisons) {
          matrix a = clean;
          a(i, j) = poison;
          answer found;
          o.compute(&a, &found);
          if (!reads(o, i, j)) {
            answer expected;
            o.compute(&clean, &expected);
            EXPECT_TRUE(same(found, expected)) << o << " reads " << i << ", " << j;
            continue;
          }
          EXPECT_EQ(found.status, status::non_finite) << o << ": " << poison << " in " << i << ", " << j;
          // Verdicts are undecided, counts zero: nothing was iterated.
          for (const int word : found.words) EXPECT_EQ(word, 0) << o;
        }
  }
}

/// By which power of the matrix's scale a number grows: almost all with the first. −1: it does not follow the scale.
int degree(const operation& o, std::size_t number) {
  const std::size_t k = std::min(o.rows, o.columns);
  if (o.function == "is_schur_stable") return -1;
  if (o.function == "is_hurwitz") return 0;
  if (o.function == "symmetric_eigenvectors") return number < k;
  if (o.function == "singular_vectors") return number >= o.rows * k && number < (o.rows + 1) * k;
  return 1;
}

TEST_P(laws, powers_of_two_commute_exactly) {
  for (const operation& o : all()) {
    if (o.kind != lane::scalar) continue;
    std::mt19937_64 random(41);
    std::vector<matrix> plain;
    for (int k = 0; k < 2; ++k) plain.push_back(rounded(families::filled(o.rows, o.columns, random, k == 0), o.number));
    for (const auto& m : families::rectangular(o.rows, o.columns, 42, 3)) plain.push_back(rounded(m.matrix, o.number));
    const auto expected = compute(o, plain);
    const int far = o.number.max_exponent / 2;
    for (const int shift : {-far, -1, 17, far, o.number.max_exponent - 13}) {
      std::vector<matrix> scaled;
      for (const matrix& a : plain) scaled.push_back(shifted(a, shift));
      const auto found = compute(o, scaled);
      for (std::size_t m = 0; m < plain.size(); ++m) {
        ASSERT_EQ(found[m].numbers.size(), expected[m].numbers.size());
        for (std::size_t i = 0; i < expected[m].numbers.size(); ++i) {
          if (degree(o, i) < 0) continue;
          const double x = expected[m].numbers[i], target = std::ldexp(x, degree(o, i) * shift);
          // The promise is one between normal numbers; a bound of next to nothing is the smallest number instead of zero.
          const double least = 1024 * o.number.smallest;
          if (std::abs(x) < least || std::abs(target) < least || !(std::abs(target) <= o.number.largest)) continue;
          EXPECT_EQ(found[m].numbers[i], target)
              << o << ", input " << m << ", number " << i << ", 2^" << shift
              << " (numbers that do not grow with the matrix: say so in degree(), tests/spectral/laws.cpp)";
        }
      }
    }
  }
}

TEST_P(laws, constant_expressions_have_the_bits_of_run_time) {
  int count = 0;
  for (const constant& c : registered().constants) {
    if (c.header != GetParam()) continue;
    for (const operation& o : all())
      if (o.kind == lane::scalar && o.function == c.function && o.number.digits == c.number.digits &&
          o.rows == c.input.rows && o.columns == c.input.columns) {
        answer found;
        o.compute(&c.input, &found);
        EXPECT_TRUE(same(found, c.said)) << o;
        ++count;
      }
  }
  EXPECT_GE(count, 2) << "float and double";
}

std::vector<std::string> headers() {
  std::vector<std::string> r;
  saddle::registry::all_spectra::each([&](auto estimate) { r.emplace_back(estimate.name); });
  return r;
}

INSTANTIATE_TEST_SUITE_P(spectral, laws, testing::ValuesIn(headers()), [](const auto& p) { return p.param; });

} // namespace
} // namespace test_laws
