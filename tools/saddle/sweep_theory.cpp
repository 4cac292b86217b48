#include "sweep_theory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <saddle/stability/theory/kernel_gan.hpp>

namespace tool {
namespace {

saddle::theory::balanced_point<double> balanced(const sweep_plan& p, const std::vector<double>& values) {
  const auto number = [&](std::string_view name) { return value_named(p, values, name); };
  const auto steps = steps_at(p, values);
  return {steps.eta[0], steps.eta[1], number("lambda"), number("sigma"),
          number("mass1") * number("mass1") + number("mass2") * number("mass2")};
}

// The conditions of balanced_point, each as what is positive beyond it.
double undamped(const sweep_plan& p, const std::vector<double>& values) {
  const auto b = balanced(p, values);
  return b.coupling() - b.discriminator_step * b.lambda;
}
double turning(const sweep_plan& p, const std::vector<double>& values) {
  const auto b = balanced(p, values);
  return b.critical_lambda() - b.lambda;
}
// What is flat at the true point multiplies by 1 − ηd λ, which is the first to go.
double overshooting(const sweep_plan& p, const std::vector<double>& values) {
  const auto b = balanced(p, values);
  return b.discriminator_step * b.lambda - 2;
}
// Where that factor, negative, is larger than the positive one of the point: what is slowest jumps from side to side.
double jumping(const sweep_plan& p, const std::vector<double>& values) {
  const auto b = balanced(p, values);
  const double damping = b.discriminator_step * b.lambda, root = damping * damping - 4 * b.coupling();
  if (root < 0) return std::numeric_limits<double>::quiet_NaN();
  return damping - 1 - (2 - damping + std::sqrt(root)) / 2;
}
double overshooting_in_turn(const sweep_plan& p, const std::vector<double>& values) {
  const auto b = balanced(p, values);
  return b.coupling() + 2 * b.discriminator_step * b.lambda - 4;
}

// Rates that rounding keeps from 1 are no side of it.
double growing(const sweep_plan& p, const std::vector<double>& values) {
  const double excess = forecast_at(p, values).rate - 1, rounding = std::sqrt(std::numeric_limits<double>::epsilon());
  return excess > rounding ? excess : std::min(excess, -rounding);
}

bool is_balanced(const sweep_plan& p) {
  const settings<double> s = p.game.fixed();
  // Masses are numbers for the closed forms to hold all over the diagram.
  for (const values_of& v : p.quantities)
    if (v.name.starts_with("mass") && v.values.size() > 1) return false;
  return std::abs(s["mass"] - s["mass1"] - s["mass2"]) <= 1e-12 * s["mass"];
}

} // namespace

std::vector<boundary> boundaries_of(const sweep_plan& p) {
  if (p.game.what != nullptr && p.game.what->name == "kernel_gan" && is_balanced(p)) {
    if (p.rule == "simultaneous")
      return {{"λ = η_gP/σ^2", undamped},
              {"λ = 2(η_gP/η_d)^{1/2}/σ", turning},
              {"η_dλ = 2", overshooting},
              {"η_dλ - 1 = z_+", jumping}};
    if (p.rule == "alternating") return {{"η_dη_gP/σ^2 + 2η_dλ = 4", overshooting_in_turn}, {"η_dλ = 2", overshooting}};
  }
  return {{"predicted rate = 1", growing}};
}

} // namespace tool
