// The scalar laws of every registered rule on every registered game, in the format SADDLE_NUMBER.
#include <saddle/saddle.hpp>

#include "dynamics/scalar_laws.hpp"
#include "firmware/check.hpp"

namespace {

namespace laws = saddle_test::scalar_laws;
using firmware::check;
using T = SADDLE_NUMBER;

void hold(const saddle_test::rule_on<T>& rule, const saddle_test::game_makers<T>& makers) {
  for (const saddle_test::played<T>& on : rule) {
    const saddle_test::game_maker<T>* const maker = makers.find(on.game, on.p, on.q);
    saddle_test::random_source random(61);
    if (on.step != nullptr) {
      laws::zero_steps_change_nothing(rule, on, *maker, random, check{"zero steps change nothing:", rule.name});
      laws::an_equilibrium_stays_where_it_is(rule, on, *maker, random,
                                             check{"an equilibrium stays where it is:", rule.name});
      laws::a_run_can_be_continued(rule, on, *maker, random, check{"a run can be continued:", rule.name});
    }
    if (on.record != nullptr)
      laws::a_trajectory_holds_every_stride_th_iterate(rule, on, *maker, random,
                                                       check{"a trajectory holds every stride-th iterate:", rule.name});
  }
  saddle_test::random_source random(62);
  laws::players_are_interchangeable(rule, random, check{"players are interchangeable:", rule.name});
  laws::a_constant_has_the_bits_of_run_time(rule, check{"a constant has the bits of run time:", rule.name});
}

saddle_test::game_makers<T> makers;
saddle_test::rule_on<T> rule;

} // namespace

int main() {
  makers.add_numbers();
  saddle::registry::all_dynamics::each([]<class Rule>(saddle::registry::rule<Rule> entry) {
    rule = {};
    saddle_test::add_numbers(saddle_test::adder<Rule, T>(rule, entry.name));
    hold(rule, makers);
  });
  return firmware::result();
}
