// Iterates of fixed games, known to forty digits: tests/data/iterates/, a file a rule; games.json says what the fields are.
#include <fstream>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include <saddle/engine/run.hpp>
#include <saddle/saddle.hpp>

#include "support/lanes.hpp"
#include "support/reference.hpp"

namespace saddle_test::test_iterates {
namespace {

using nlohmann::json;

/// The file of a rule, or of the games; null where there is none.
json data(const std::string& name) {
  std::ifstream file(SADDLE_TEST_DATA "/iterates/" + name + ".json");
  return file ? json::parse(file) : json();
}

template <class X> X rows(const json& from) {
  X x;
  std::size_t place = 0;
  const json flat = from.flatten();
  EXPECT_EQ(flat.size(), saddle::lane_count<X>());
  // Flattened keys are sorted as text, which is the order of rows and columns up to ten of each.
  auto number = flat.begin();
  saddle::walk(
      [&](auto& each) {
        each = (number++)->template get<std::remove_cvref_t<decltype(each)>>();
        ++place;
      },
      x);
  EXPECT_EQ(place, flat.size());
  return x;
}

template <class Rule, class G>
void follows(const G& game, const typename G::point_type& start, const json& parameters, const json& run) {
  using T = typename G::lane_type;
  using Z = typename G::point_type;
  saddle::parameters_t<Rule, Z> p;
  p.eta = rows<typename Z::step>(parameters.at("eta"));
  if constexpr (requires { p.gamma; }) p.gamma = rows<typename Z::step>(parameters.at("gamma"));

  real largest = norm(as_column(start));
  const std::pair<unsigned, const char*> known[] = {{1, "x1"}, {2, "x2"}, {25, "x25"}};
  for (const auto& [k, name] : known) {
    const Z expected = rows<Z>(run.at(name));
    largest = std::max(largest, norm(as_column(expected)));
    const Z z = saddle::run(Rule{}, game, p, start, k).z();
    // The largest norm of a power of these matrices is below 4; each step rounds a few sums of n terms.
    const real bound = k * 4 * 4 * static_cast<real>(Z::size) * saddle::epsilon<T> * largest;
    EXPECT_LE(norm(as_column(z) - as_column(expected)), bound) << "after " << k << " steps";
  }
}

template <class T, std::size_t P, std::size_t Q> void games_of_size(const char* size) {
  static const json games = data("games");
  const json& entry = games.at(size);
  const auto c = rows<saddle::mat<T, P, Q>>(entry.at("C"));
  const auto start = rows<saddle::point<T, P, Q>>(entry.at("x0"));
  const saddle::games::quadratic<T, P, Q> quadratic{rows<saddle::mat<T, P, P>>(entry.at("A")),
                                                    rows<saddle::mat<T, Q, Q>>(entry.at("B")), c, saddle::zeros<T, P>(),
                                                    saddle::zeros<T, Q>()};
  const saddle::games::bilinear<T, P, Q> bilinear{c};
  int known = 0;
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> rule) {
    const json of_rule = data(rule.name);
    if (of_rule.is_null()) return;
    SCOPED_TRACE(testing::Message() << size << ' ' << rule.name);
    ++known;
    const json& runs = of_rule.at("runs").at(size);
    follows<Rule>(quadratic, start, of_rule.at("steps"), runs.at("quadratic"));
    follows<Rule>(bilinear, start, of_rule.at("steps"), runs.at("bilinear"));
  });
  EXPECT_GT(known, 0);
}

template <class T> class iterates : public ::testing::Test {};
TYPED_TEST_SUITE(iterates, scalars);

TYPED_TEST(iterates, agree_with_high_precision_arithmetic) {
  games_of_size<TypeParam, 1, 1>("1x1");
  games_of_size<TypeParam, 2, 2>("2x2");
  games_of_size<TypeParam, 3, 2>("3x2");
  games_of_size<TypeParam, 4, 4>("4x4");
}

} // namespace
} // namespace saddle_test::test_iterates
