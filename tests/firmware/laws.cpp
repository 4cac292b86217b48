// The scalar laws of every registered rule on every registered game, in the format SADDLE_NUMBER.
#include <saddle/saddle.hpp>

#include "dynamics/scalar_laws.hpp"
#include "firmware/check.hpp"

namespace {

namespace laws = saddle_test::scalar_laws;
using firmware::check;
using T = SADDLE_NUMBER;

template <class Rule, class G> void on_a_game(const char* rule) {
  saddle_test::random_source random(61);
  laws::zero_steps_change_nothing<Rule, G>(random, check{"zero steps change nothing:", rule});
  laws::an_equilibrium_stays_where_it_is<Rule, G>(random, check{"an equilibrium stays where it is:", rule});
  laws::a_run_can_be_continued<Rule, G>(random, check{"a run can be continued:", rule});
}

/// The smallest shape, and one with P > Q, which no exchange of sizes survives.
template <class Rule> void on_games(const char* rule) {
  saddle_test::each_game([&]<class Family>(const char*) {
    on_a_game<Rule, typename Family::template of<T, 1, 1>>(rule);
    on_a_game<Rule, typename Family::template of<T, 3, 2>>(rule);
  });
  saddle_test::random_source random(62);
  laws::a_trajectory_holds_every_stride_th_iterate<Rule, saddle::games::quadratic<T, 2, 1>>(
      random, check{"a trajectory holds every stride-th iterate:", rule});
  laws::players_are_interchangeable<Rule, T>(random, check{"players are interchangeable:", rule});
  laws::a_constant_has_the_bits_of_run_time<Rule, T>(check{"a constant has the bits of run time:", rule});
}

} // namespace

int main() {
  saddle::registry::all_dynamics::each(
      []<class Rule>(saddle::registry::rule<Rule> entry) { on_games<Rule>(entry.name); });
  return firmware::result();
}
