#include "step_choice.hpp"

#include <saddle/registry.hpp>
#include <saddle/stability/theory.hpp>

namespace tool {
namespace {

namespace theory = saddle::theory;
using theorem = std::optional<theory::bound<double>>;

theorem theorem_for(std::string_view rule, const game_description& game, const analysis& f, edition which) {
  if (game.kind == game_kind::bilinear) {
    if (rule == "optimistic") return theory::optimistic_bilinear(f.largest, f.smallest);
    if (rule == "implicit") return theory::implicit_bilinear(f.largest, f.smallest);
    // γ is free in these theorems; 1/σ₁ makes both bounds as small as they get.
    const double gamma = 1 / f.largest;
    const bool published = which == edition::published;
    if (rule == "consensus")
      return published ? theory::consensus_bilinear_published(f.largest, f.smallest, gamma)
                       : theory::consensus_bilinear(f.largest, f.smallest, gamma);
    if (rule == "predictive")
      return published ? theory::predictive_bilinear_published(f.largest, f.smallest, gamma)
                       : theory::predictive_bilinear(f.largest, f.smallest, gamma);
    return {};
  }
  if (rule == "consensus") {
    const double gamma = 1 / f.lipschitz;
    const consensus_constants g = of_consensus(game, gamma);
    if (g.mu > 0) return theory::consensus_stable(g.mu, g.lipschitz, gamma);
  }
  if (!(f.mu > 0)) return {};
  if (rule == "simultaneous") return theory::simultaneous_stable(f.mu, f.lipschitz);
  if (rule == "implicit") return theory::implicit_stable(f.mu, 1 / f.lipschitz);
  if (rule == "predictive") return theory::extragradient_stable(f.mu, f.lipschitz);
  return {};
}

saddle::facts facts_of(std::string_view rule) {
  saddle::facts r;
  saddle::registry::all_dynamics::each([&]<class Rule>(saddle::registry::rule<Rule> entry) {
    if (rule == entry.name) r = Rule::about;
  });
  return r;
}

// From what a rule says about itself, so that one without a theorem gets its steps too. A second evaluation of the field is
// a look ahead, as far as the step; a product is weighed.
theory::bound<double> cautious(std::string_view rule, const analysis& f) {
  const saddle::facts about = facts_of(rule);
  const double eta = (about.solves > 0 ? 1.0 : about.sequential ? 0.5 : 0.25) / f.lipschitz;
  return {eta, about.field_evaluations > 1 ? eta : 1 / f.lipschitz, 0, 1, theory::origin::derived};
}

} // namespace

step_choice choose_steps(std::string_view rule, const game_description& game, const analysis& facts, double tolerance,
                         edition which) {
  const theorem known = theorem_for(rule, game, facts, which);
  const theory::bound<double> b = known ? *known : cautious(rule, facts);
  step_choice r{{b.eta, b.eta}, {b.gamma, b.gamma}, {}, b.source == theory::origin::derived};
  if (known) r.iterations = theory::iterations(b, 1.0, tolerance);

  const auto take = [&](const chosen_steps& from) {
    if (from.eta) r.eta = *from.eta;
    if (from.gamma) r.gamma = *from.gamma;
    if (from.eta || from.gamma) r.iterations.reset();
  };
  take(game.steps);
  if (const auto own = game.rule_steps.find(rule); own != game.rule_steps.end()) take(own->second);
  return r;
}

} // namespace tool
