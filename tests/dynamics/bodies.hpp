/// What a rule is compiled to for its laws: on numbers and on every kind of lane. One source a rule includes this.
#pragma once

#include <saddle/lane/group.hpp>
#include <saddle/lane/native.hpp>

#include "dynamics/played.hpp"

namespace saddle_test {

/// A vector of games at every shape, or where a build asks for less at P > Q alone; several vectors in flight and a group
/// of numbers at small ones. What moves beside others moves alone too.
template <class Rule, class T> void add_bodies(rule_on<T>& to) {
  using vector = saddle::native_lane<T>;
  using saddle::registry::dimensions;
  const adder<Rule, T> all(to, saddle::registry::rule<Rule>::name);
  add_numbers(all);
  saddle::registry::all_games::each([&]<class Family>(Family) {
    const auto beside = [&]<std::size_t P, std::size_t Q>(dimensions<P, Q>) {
      all.template shape<Family, T, P, Q>(carrier::number);
      all.template shape<Family, vector, P, Q>(carrier::vector);
    };
    if constexpr (this_tier >= tier::host && sizeof(T) == 8) saddle::registry::all_dimensions::each(beside);
    else if constexpr (this_tier >= tier::host) {
      beside(dimensions<1, 1>{});
      beside(dimensions<1, 3>{});
    }
    beside(dimensions<3, 2>{});
    using alone = typename adder<Rule, T>::template body_of<Family, T, 3, 2>;
    using together = typename adder<Rule, T>::template body_of<Family, vector, 3, 2>;
    all.template shape<Family, T, 3, 2>(carrier::number).run_until = alone::run_until;
    all.template shape<Family, vector, 3, 2>(carrier::vector).run_until = together::run_until;

    if constexpr (this_tier >= tier::host)
      all.template shape<Family, saddle::group<vector, 2>, 1, 1>(carrier::two_vectors);
    all.template shape<Family, saddle::group<vector, 2>, 2, 1>(carrier::two_vectors);
    all.template shape<Family, saddle::group<T, 3>, 2, 1>(carrier::three_numbers);
  });
}

} // namespace saddle_test
